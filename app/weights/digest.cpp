// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/digest.h"

#include "app/weights/fetch_error.h"
#include "trainer/base/kept_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include <openssl/evp.h>

namespace nabiz::app {

using trainer::message;

namespace {

constexpr std::size_t kPiece = 1 << 20;

[[noreturn]] void fail(const std::filesystem::path& file, const char* why)
{
    throw FetchError(message(NABIZ_TEXT("Message", "%1 cannot be read: %2."), file.string(), why));
}

class Hash {
public:
    explicit Hash(const EVP_MD* kind)
        : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), kind, nullptr) != 1)
            throw std::bad_alloc();
    }

    void add(const char* bytes, std::size_t count) { EVP_DigestUpdate(m_context.get(), bytes, count); }

    std::string hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes {};
        unsigned size = 0;
        EVP_DigestFinal_ex(m_context.get(), bytes.data(), &size);
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text += "0123456789abcdef"[bytes[i] >> 4];
            text += "0123456789abcdef"[bytes[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

} // namespace

DigestKind digestKind(const std::string& digest)
{
    return digest.size() == 64 ? DigestKind::Sha256 : DigestKind::GitBlob;
}

bool isDigest(const std::string& text)
{
    return (text.size() == 64 || text.size() == 40)
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string fileDigest(const std::filesystem::path& file, DigestKind kind, const std::function<void()>& interrupted)
{
    if (trainer::isDatabase(file))
        fail(file, "it is the database");
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream)
        fail(file, error ? error.message().c_str() : "it could not be opened");
    Hash hash(kind == DigestKind::Sha256 ? EVP_sha256() : EVP_sha1());
    if (kind == DigestKind::GitBlob) {
        const std::string header = "blob " + std::to_string(size);
        hash.add(header.c_str(), header.size() + 1); // with the NUL
    }
    std::vector<char> piece(kPiece);
    while (stream) {
        if (interrupted)
            interrupted();
        stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash.add(piece.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (!stream.eof())
        fail(file, "the disk gives an error");
    return hash.hex();
}

} // namespace nabiz::app
