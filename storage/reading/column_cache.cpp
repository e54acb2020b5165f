// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/column_cache.h"

#include "storage/records/process_identity.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr char kMagic[8] = { 'n', 'a', 'b', 'i', 'z', 'c', 'o', 'l' };
constexpr std::uint32_t kVersion = 1;
constexpr std::uintmax_t kMostBytes = 8'000'000'000; // of all such files
constexpr std::uintmax_t kLeftFree = 1'000'000'000; // of the disk
constexpr const char* kEnding = ".columns";

ColumnHeader headerOf(const ColumnKey& key, ColumnHeader wanted)
{
    std::copy(std::begin(kMagic), std::end(kMagic), wanted.magic);
    wanted.version = kVersion;
    wanted.key = key.value();
    const std::string boot = ProcessIdentity::current().boot;
    boot.copy(wanted.boot, sizeof wanted.boot - 1);
    return wanted;
}

std::size_t sizeOf(const ColumnHeader& header)
{
    return kColumnsBegin + static_cast<std::size_t>((header.count + header.second) * header.width);
}

std::string hex(std::uint64_t value)
{
    std::string text(16, '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at, value /= 16)
        *at = "0123456789abcdef"[value % 16];
    return text;
}

// Why it is not the one that is wanted; empty: it is.
std::string whyNot(const ColumnHeader& found, const ColumnHeader& wanted)
{
    if (std::memcmp(found.magic, wanted.magic, sizeof found.magic) != 0)
        return "it is no file of columns";
    if (found.version != wanted.version)
        return "it is of another version";
    if (std::memcmp(found.boot, wanted.boot, sizeof found.boot) != 0)
        return "the machine has started anew since";
    const bool isIt = found.key == wanted.key && found.count == wanted.count && found.second == wanted.second
        && found.width == wanted.width;
    return isIt ? "" : "it is of another state of the run";
}

std::optional<ColumnBytes> opened(const fs::path& file, const ColumnHeader& wanted, std::string& why)
{
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error)
        return std::nullopt;
    const auto bytes = MappedFile::open(file, sizeOf(wanted));
    if (!bytes) {
        why = size == sizeOf(wanted) ? "it cannot be read" : "it was cut or is of another size";
        return std::nullopt;
    }
    ColumnBytes columns { {}, bytes };
    std::memcpy(&columns.header, bytes->data(), sizeof columns.header);
    why = whyNot(columns.header, wanted);
    if (!why.empty())
        return std::nullopt;
    ::utimensat(AT_FDCWD, file.c_str(), nullptr, 0); // used now
    return columns;
}

// The oldest go until there is room for so many bytes more.
bool makeRoom(const fs::path& folder, std::uintmax_t bytes)
{
    struct Old {
        fs::file_time_type used;
        fs::path path;
        std::uintmax_t bytes;
    };
    std::vector<Old> all;
    std::uintmax_t sum = bytes;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code gone;
        const Old old { entry->last_write_time(gone), entry->path(), entry->file_size(gone) };
        if (gone)
            continue;
        sum += old.bytes;
        all.push_back(old);
    }
    std::ranges::sort(all, {}, &Old::used);
    for (auto old = all.begin(); old != all.end() && sum > kMostBytes; ++old) {
        if (fs::remove(old->path, error))
            sum -= old->bytes;
    }
    const auto space = fs::space(folder, error);
    return !error && sum <= kMostBytes && space.available > bytes + kLeftFree;
}

bool made(const fs::path& file, ColumnHeader header,
    const std::function<bool(ColumnWriting& writing, ColumnHeader& header)>& fill)
{
    const fs::path aside = file.string() + "." + std::to_string(::getpid());
    const int descriptor = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    ColumnWriting writing(descriptor);
    bool isWhole = false;
    try {
        isWhole = ::lseek(descriptor, static_cast<off_t>(kColumnsBegin), SEEK_SET) >= 0 && fill(writing, header)
            && writing.written() + kColumnsBegin == sizeOf(header) && writing.writeHeader(header);
    } catch (...) {
        ::close(descriptor);
        ::unlink(aside.c_str());
        throw;
    }
    isWhole = ::close(descriptor) == 0 && isWhole;
    isWhole = isWhole && ::rename(aside.c_str(), file.c_str()) == 0;
    if (!isWhole)
        ::unlink(aside.c_str());
    return isWhole;
}

} // namespace

fs::path columnFolder()
{
    const auto environment = [](const char* name) -> fs::path {
        const char* value = std::getenv(name);
        return value ? value : "";
    };
    if (const auto cache = environment("XDG_CACHE_HOME"); cache.is_absolute())
        return cache / "nabiz" / "columns";
    const auto home = environment("HOME");
    return home.empty() ? fs::path() : home / ".cache" / "nabiz" / "columns";
}

void ColumnKey::add(std::string_view bytes)
{
    for (const char byte : bytes)
        m_value = (m_value ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    add(static_cast<std::int64_t>(bytes.size()));
}

void ColumnKey::add(std::int64_t number)
{
    for (int i = 0; i < 8; ++i, number >>= 8)
        m_value = (m_value ^ static_cast<std::uint64_t>(number & 0xff)) * 1099511628211U;
}

bool ColumnWriting::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
        m_written += static_cast<std::uint64_t>(count);
    }
    return true;
}

bool ColumnWriting::writeHeader(const ColumnHeader& header)
{
    return ::pwrite(m_descriptor, &header, sizeof header, 0) == static_cast<ssize_t>(sizeof header);
}

std::optional<ColumnBytes> cachedColumns(const ColumnKey& key, const ColumnHeader& wanted, std::string& note,
    const std::function<bool(ColumnWriting& writing, ColumnHeader& header)>& fill)
{
    const fs::path folder = columnFolder();
    if (folder.empty())
        return std::nullopt;
    const ColumnHeader header = headerOf(key, wanted);
    const fs::path file = folder / (hex(key.value()) + kEnding);
    std::string why;
    if (auto columns = opened(file, header, why))
        return columns;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !makeRoom(folder, sizeOf(header)) || !made(file, header, fill))
        return std::nullopt;
    if (!why.empty())
        note = file.string() + " is made anew: " + why;
    return opened(file, header, why);
}

} // namespace nabiz::storage
