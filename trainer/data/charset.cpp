// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/charset.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/utf8.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <iconv.h>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kLooked = 1 << 20; // bytes by which a text is recognised
constexpr std::size_t kPiece = 1 << 20; // bytes between two looks at the stop token
constexpr std::string_view kTurkishLetters
    = "\xc7\xd0\xd6\xdc\xdd\xde\xe7\xf0\xf6\xfc\xfd\xfe"; // Ç Ğ Ö Ü İ Ş ç ğ ö ü ı ş
constexpr std::string_view kCommonSigns = "\x91\x92\x93\x94\x96\x97\x85\xa0\xab\xbb\xb0\xe2\xee\xfb"; // ’ “ … â î û
constexpr std::string_view kUnassigned = "\x81\x8d\x8e\x8f\x90\x9d\x9e";

constexpr std::array<std::uint8_t, 3> kMark { 0xef, 0xbb, 0xbf };

bool has(std::string_view set, std::uint8_t byte)
{
    return set.find(static_cast<char>(byte)) != std::string_view::npos;
}

bool isControl(std::uint8_t byte)
{
    return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7f;
}

// A character may be cut off at the end of what is looked at.
bool isUtf8(std::span<const std::uint8_t> bytes)
{
    Utf8Reader reader(bytes);
    std::size_t place = 0;
    while (const auto character = reader.next()) {
        if (!character->valid)
            return bytes.size() - place < 4 && bytes.size() == kLooked;
        place += static_cast<std::size_t>(character->bytes);
    }
    return true;
}

// Of every four bytes one is zero and that beside it small: no character is beyond 0x10ffff.
Charset utf32By(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() < 8 || bytes.size() % 4 != 0)
        return Charset::Unknown;
    bool isLittle = true, isBig = true;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        isLittle = isLittle && bytes[i + 3] == 0 && bytes[i + 2] <= 0x10;
        isBig = isBig && bytes[i] == 0 && bytes[i + 1] <= 0x10;
    }
    if (isLittle == isBig)
        return Charset::Unknown;
    return isLittle ? Charset::Utf32Little : Charset::Utf32Big;
}

// Most letters of a European text in UTF-16 have a zero on the same side.
Charset utf16By(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
        return Charset::Utf16Little;
    if (bytes.size() >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
        return Charset::Utf16Big;
    std::array<std::size_t, 2> zeros {};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
    const std::size_t many = bytes.size() / 2 * 7 / 10, few = bytes.size() / 2 / 20;
    if (many > 0 && zeros[1] > many && zeros[0] <= few)
        return Charset::Utf16Little;
    return many > 0 && zeros[0] > many && zeros[1] <= few ? Charset::Utf16Big : Charset::Unknown;
}

bool isWindows1254(std::span<const std::uint8_t> bytes)
{
    std::size_t turkish = 0, signs = 0, high = 0;
    for (const std::uint8_t byte : bytes) {
        if (isControl(byte) || has(kUnassigned, byte))
            return false;
        if (byte < 0x80)
            continue;
        ++high;
        turkish += has(kTurkishLetters, byte) ? 1 : 0;
        signs += has(kCommonSigns, byte) ? 1 : 0;
    }
    return turkish * 2 > high && (turkish + signs) * 10 >= high * 9 && high * 2 < bytes.size();
}

const char* iconvName(Charset charset)
{
    switch (charset) {
    case Charset::Utf16Little:
        return "UTF-16LE";
    case Charset::Utf16Big:
        return "UTF-16BE";
    case Charset::Utf32Little:
        return "UTF-32LE";
    case Charset::Utf32Big:
        return "UTF-32BE";
    default:
        return "CP1254";
    }
}

struct Converter {
    explicit Converter(Charset charset)
        : handle(::iconv_open("UTF-8", iconvName(charset)))
    {
        if (handle == reinterpret_cast<iconv_t>(-1))
            throw TrainError(TrainErrorKind::Library,
                message(
                    NABIZ_TEXT("Message", "This system cannot convert texts from %1: convert them to UTF-8 elsewhere."),
                    charsetName(charset)));
    }
    ~Converter() { ::iconv_close(handle); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    const iconv_t handle;
};

} // namespace

Charset recognisedCharset(std::span<const std::uint8_t> bytes)
{
    bytes = bytes.first(std::min(bytes.size(), kLooked));
    if (const Charset wide = utf32By(bytes); wide != Charset::Unknown)
        return wide;
    if (const Charset wide = utf16By(bytes); wide != Charset::Unknown)
        return wide;
    if (isUtf8(bytes))
        return Charset::Utf8;
    return isWindows1254(bytes) ? Charset::Windows1254 : Charset::Unknown;
}

std::string_view charsetName(Charset charset)
{
    switch (charset) {
    case Charset::Utf8:
        return "UTF-8";
    case Charset::Windows1254:
        return "Windows-1254";
    case Charset::Utf16Little:
    case Charset::Utf16Big:
        return "UTF-16";
    case Charset::Utf32Little:
    case Charset::Utf32Big:
        return "UTF-32";
    case Charset::Unknown:
        break;
    }
    return "?";
}

bool beginsWithMark(std::span<const std::uint8_t> utf8)
{
    return utf8.size() >= kMark.size() && std::equal(kMark.begin(), kMark.end(), utf8.begin());
}

void convertToUtf8(Charset charset, std::vector<std::uint8_t>& bytes, std::size_t begin, const std::string& path,
    const std::stop_token& stop)
{
    const Converter converter(charset);
    std::vector<std::uint8_t> source(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end());
    bytes.resize(begin);
    char* in = reinterpret_cast<char*>(source.data());
    std::size_t left = source.size();
    std::vector<char> piece(kPiece);
    while (left > 0) {
        throwIfStopped(stop);
        char* out = piece.data();
        std::size_t room = piece.size();
        const std::size_t result = ::iconv(converter.handle, &in, &left, &out, &room);
        const int error = errno;
        bytes.insert(bytes.end(), piece.data(), out);
        if (result == static_cast<std::size_t>(-1) && error != E2BIG)
            throw TrainError(TrainErrorKind::Data,
                message(
                    NABIZ_TEXT("Message",
                        "%1 is not %2: its byte %3 begins nothing that this has. Set data.charset to another, or to as_is."),
                    path, charsetName(charset), std::to_string(source.size() - left)));
    }
    if (beginsWithMark(std::span<const std::uint8_t>(bytes).subspan(begin)))
        bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
            bytes.begin() + static_cast<std::ptrdiff_t>(begin + kMark.size()));
}

} // namespace nabiz::trainer
