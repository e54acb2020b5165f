// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/text_files.h"

#include "trainer/base/kept_files.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/gzip.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace nabiz::trainer {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 256 * 1024; // between two looks at the stop token

[[noreturn]] void failRead(const fs::path& path, const std::string& reason)
{
    throw TrainError(TrainErrorKind::Data,
        message(
            NABIZ_TEXT("Message", "%1 cannot be read: %2. Mend that, or choose another text."), path.string(), reason));
}

std::string reasonOf(int error)
{
    return std::error_code(error, std::generic_category()).message();
}

bool hasSuffix(const fs::path& path, std::initializer_list<std::string_view> suffixes)
{
    std::string suffix = path.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(suffixes.begin(), suffixes.end(), suffix) != suffixes.end();
}

constexpr std::size_t kNamed = 12; // of the files in one note

// What macOS puts into archives and onto foreign disks beside the files themselves.
bool isOfMac(const std::string& name)
{
    return name == "__MACOSX" || name.starts_with("._");
}

bool isTarName(const fs::path& path)
{
    const bool packed = hasSuffix(path, { ".gz", ".xz", ".bz2", ".zst" });
    return hasSuffix(path, { ".tar", ".tgz", ".txz", ".tbz2" }) || (packed && hasSuffix(path.stem(), { ".tar" }));
}

// By what stands in it: the files of a tar begin with a block that says so.
bool isTar(std::span<const std::uint8_t> bytes)
{
    constexpr std::string_view sign = "ustar";
    return bytes.size() >= 512 && std::equal(sign.begin(), sign.end(), bytes.begin() + 257);
}

Message tarNote(const std::vector<std::string>& names)
{
    return message(NABIZ_TEXT("Message", "Left out, as archives that are to be unpacked first: %1"), namesText(names));
}

class Folder {
public:
    Folder(fs::path root, std::stop_token stop, std::vector<Message>& notes)
        : m_root(std::move(root))
        , m_stop(std::move(stop))
        , m_notes(notes)
    {
    }

    void walk() { walk(m_root); }

    // What is not read is told by name, a note a kind.
    void tellLeftOut()
    {
        if (!m_hidden.empty())
            m_notes.push_back(
                message(NABIZ_TEXT("Message", "Left out, as hidden or macOS's own: %1"), namesText(m_hidden)));
        if (!m_archives.empty())
            m_notes.push_back(tarNote(m_archives));
        if (!m_others.empty())
            m_notes.push_back(
                message(NABIZ_TEXT("Message", "Left out, as neither .txt nor .gz: %1"), namesText(m_others)));
    }

    std::vector<fs::path> files;

private:
    void walk(const fs::path& folder)
    {
        throwIfStopped(m_stop);
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (error)
            failRead(folder, error.message());
        if (!m_seen.insert(real.string()).second)
            return;
        for (const fs::path& path : entries(folder))
            visit(path);
    }

    static std::vector<fs::path> entries(const fs::path& folder)
    {
        std::error_code error;
        std::vector<fs::path> paths;
        for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
            paths.push_back(it->path());
        if (error)
            failRead(folder, error.message());
        std::sort(
            paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        return paths;
    }

    void visit(const fs::path& path)
    {
        throwIfStopped(m_stop);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        const std::string name = path.filename().string(), place = path.lexically_relative(m_root).string();
        if (name.starts_with('.') || isOfMac(name)) {
            m_hidden.push_back(place);
        } else if (fs::is_directory(status)) {
            walk(path);
        } else if (isTarName(path)) {
            m_archives.push_back(place);
        } else if (!hasSuffix(path, { ".txt", ".gz" })) {
            m_others.push_back(place);
        } else {
            if (status.type() == fs::file_type::not_found)
                m_notes.push_back(
                    message(NABIZ_TEXT("Message", "%1 is a link that leads nowhere; it is left out."), path.string()));
            else if (!fs::is_regular_file(status))
                m_notes.push_back(
                    message(NABIZ_TEXT("Message", "%1 is no regular file; it is left out."), path.string()));
            else if (m_seen.insert(fs::canonical(path, error).string()).second)
                files.push_back(path);
        }
    }

    const fs::path m_root;
    std::stop_token m_stop;
    std::vector<Message>& m_notes;
    std::vector<std::string> m_hidden, m_archives, m_others;
    std::set<std::string> m_seen; // canonical paths of files and folders
};

struct Descriptor {
    explicit Descriptor(const fs::path& path)
        : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (number < 0)
            failRead(path, reasonOf(errno));
    }
    ~Descriptor() { ::close(number); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    const int number;
};

[[noreturn]] void failDamaged(const fs::path& path)
{
    throw TrainError(TrainErrorKind::Data,
        message(NABIZ_TEXT("Message",
                    "%1 is damaged or cut short: it does not unpack to its end. Replace it "
                    "by a whole copy, or take it out of the folder."),
            path.string()));
}

void readFile(const fs::path& path, const std::stop_token& stop, std::vector<std::uint8_t>& out)
{
    const Descriptor file(path);
    struct stat status { };
    if (::fstat(file.number, &status) != 0)
        failRead(path, reasonOf(errno));
    if (!S_ISREG(status.st_mode))
        failRead(path, "it is no regular file");

    std::vector<std::uint8_t> piece(kPiece);
    std::unique_ptr<Gunzip> gunzip = hasSuffix(path, { ".gz" }) ? std::make_unique<Gunzip>() : nullptr;
    bool first = true;
    for (;;) {
        throwIfStopped(stop);
        const ssize_t count = ::read(file.number, piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            failRead(path, reasonOf(errno));
        if (count == 0)
            break;
        const std::span<const std::uint8_t> got(piece.data(), static_cast<std::size_t>(count));
        // By content too, since published texts are packed under any name.
        if (first && got.size() >= 3 && got[0] == 0x1f && got[1] == 0x8b && got[2] == 8 && !gunzip)
            gunzip = std::make_unique<Gunzip>();
        first = false;
        if (!gunzip)
            out.insert(out.end(), got.begin(), got.end());
        else if (!gunzip->add(got, out))
            failDamaged(path);
    }
    if (gunzip && !gunzip->finished())
        failDamaged(path);
}

std::string hex(XXH128_hash_t hash)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

class Fingerprint {
public:
    Fingerprint()
        : m_state(XXH3_createState(), &XXH3_freeState)
    {
        if (!m_state)
            throw std::bad_alloc();
        XXH3_128bits_reset(m_state.get());
    }

    // Name and length stand before the contents, so that no other set of files gives the same sequence.
    void add(const std::string& name, std::span<const std::uint8_t> contents)
    {
        std::array<std::uint8_t, 8> length {};
        for (std::size_t i = 0; i < length.size(); ++i)
            length[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(contents.size()) >> (8 * i));
        XXH3_128bits_update(m_state.get(), name.c_str(), name.size() + 1);
        XXH3_128bits_update(m_state.get(), length.data(), length.size());
        XXH3_128bits_update(m_state.get(), contents.data(), contents.size());
    }

    std::string digest() const { return hex(XXH3_128bits_digest(m_state.get())); }

private:
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> m_state;
};

} // namespace

std::string namesText(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kNamed ? text + ", … (" + std::to_string(names.size()) + ")" : text;
}

std::string fingerprint(std::span<const std::uint8_t> bytes)
{
    return hex(XXH3_128bits(bytes.data(), bytes.size()));
}

std::vector<fs::path> listTextFiles(const fs::path& folder, std::stop_token stop, std::vector<Message>& notes)
{
    Folder walker(folder, std::move(stop), notes);
    walker.walk();
    walker.tellLeftOut();
    return std::move(walker.files);
}

TextFiles readTextFiles(const fs::path& path, std::string_view key, std::stop_token stop)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw TrainError(TrainErrorKind::Data,
            message(NABIZ_TEXT("Message",
                        "%1 does not exist. Set %2 to a text file or a folder of .txt or "
                        ".gz files."),
                path.string(), key));
    if (error)
        failRead(path, error.message());

    TextFiles text;
    const bool isFolder = fs::is_directory(status);
    const std::vector<fs::path> files
        = isFolder ? listTextFiles(path, stop, text.notes) : std::vector<fs::path> { path };
    if (files.empty())
        throw TrainError(TrainErrorKind::Data,
            message(NABIZ_TEXT("Message",
                        "The folder %1 holds no .txt or .gz file. Set %2 to a folder that "
                        "does, or to one file."),
                path.string(), key));
    Fingerprint print;
    std::vector<std::string> archives;
    for (const fs::path& file : files) {
        if (isDatabase(file))
            failRead(file, "it is the database");
        const std::size_t before = text.bytes.size();
        if (!text.bytes.empty() && text.bytes.back() != '\n')
            text.bytes.push_back('\n');
        const std::size_t begin = text.bytes.size();
        readFile(file, stop, text.bytes);
        const std::span<const std::uint8_t> contents = std::span(text.bytes).subspan(begin);
        const std::string name = isFolder ? file.lexically_relative(path).generic_string() : file.filename().string();
        if (isTar(contents)) {
            archives.push_back(name);
            text.bytes.resize(before);
            continue;
        }
        text.names.push_back(name);
        text.contentBytes += static_cast<std::int64_t>(contents.size());
        print.add(name, contents);
    }
    if (text.names.empty())
        throw TrainError(TrainErrorKind::Data,
            message(
                NABIZ_TEXT("Message", "%1 is a tar archive. Unpack it, and set %2 to the folder that then is there."),
                files.front().string(), key));
    if (!archives.empty())
        text.notes.push_back(tarNote(archives));
    if (text.contentBytes == 0)
        throw TrainError(TrainErrorKind::Data,
            message(
                NABIZ_TEXT("Message", "%1 is empty. Set %2 to a text of at least one sample."), path.string(), key));
    text.files = static_cast<std::int64_t>(text.names.size());
    if (isFolder)
        text.notes.push_back(message(NABIZ_TEXT("Message", "Read from %1: %2"), path.string(), namesText(text.names)));
    text.hash = print.digest();
    text.commit = gitCommit(path);
    return text;
}

} // namespace nabiz::trainer
