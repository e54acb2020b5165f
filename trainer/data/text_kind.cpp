// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/text_kind.h"

#include <algorithm>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

bool beginsWith(std::span<const std::uint8_t> bytes, std::size_t at, std::string_view sign)
{
    return bytes.size() >= at + sign.size()
        && std::equal(sign.begin(), sign.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
            [](char wanted, std::uint8_t byte) { return static_cast<std::uint8_t>(wanted) == byte; });
}

struct Sign {
    std::string_view bytes;
    std::string_view kind;
};

using namespace std::string_view_literals;

constexpr Sign kSigns[] = { { "%PDF-"sv, "PDF" }, { "PK\3\4"sv, "ZIP" }, { "\x1f\x8b"sv, "gzip" },
    { "\xfd\x37zXZ\0"sv, "xz" }, { "\x28\xb5\x2f\xfd"sv, "Zstandard" }, { "7z\xbc\xaf\x27\x1c"sv, "7-Zip" },
    { "Rar!\x1a\x07"sv, "RAR" }, { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "Office" }, { "\x89PNG\r\n\x1a\n"sv, "PNG" },
    { "\xff\xd8\xff"sv, "JPEG" }, { "GIF87a"sv, "GIF" }, { "GIF89a"sv, "GIF" }, { "\x7f\x45LF"sv, "ELF" },
    { "SQLite format 3\0"sv, "SQLite" }, { "GGUF"sv, "GGUF" } };

} // namespace

bool hasSuffix(const fs::path& path, std::initializer_list<std::string_view> suffixes)
{
    std::string suffix = path.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(suffixes.begin(), suffixes.end(), suffix) != suffixes.end();
}

std::optional<TextKind> textKind(const fs::path& path)
{
    const bool isPacked = hasSuffix(path, { ".gz" });
    const fs::path name = isPacked ? path.stem() : path.filename();
    if (hasSuffix(name, { ".jsonl", ".ndjson" }))
        return TextKind::JsonLines;
    if (hasSuffix(name, { ".md", ".markdown" }))
        return TextKind::Markdown;
    return isPacked || hasSuffix(name, { ".txt" }) ? std::optional(TextKind::Plain) : std::nullopt;
}

bool isHiddenName(const std::string& name)
{
    return name.starts_with('.') || name == "__MACOSX";
}

bool isCheckpointFolder(const std::string& name)
{
    constexpr std::string_view step = "checkpoint-";
    const bool isStep = name.starts_with(step) && name.size() > step.size()
        && std::all_of(name.begin() + step.size(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isStep || name == "checkpoints" || name.ends_with("-checkpoints");
}

bool isTarName(const fs::path& path)
{
    const bool packed = hasSuffix(path, { ".gz", ".xz", ".bz2", ".zst" });
    return hasSuffix(path, { ".tar", ".tgz", ".txz", ".tbz2" }) || (packed && hasSuffix(path.stem(), { ".tar" }));
}

bool isTar(std::span<const std::uint8_t> bytes)
{
    return bytes.size() >= 512 && beginsWith(bytes, 257, "ustar");
}

bool isParquetName(const fs::path& path)
{
    return hasSuffix(path, { ".parquet" });
}

bool isParquet(std::span<const std::uint8_t> bytes)
{
    return beginsWith(bytes, 0, "PAR1");
}

std::string_view foreignKind(std::span<const std::uint8_t> bytes)
{
    for (const Sign& sign : kSigns) {
        if (beginsWith(bytes, 0, sign.bytes))
            return sign.kind;
    }
    return {};
}

} // namespace nabiz::trainer
