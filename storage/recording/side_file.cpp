// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/side_file.h"
#include "storage/recording/side_lines.h"
#include "storage/records/process_identity.h"
#include "storage/records/storage_error.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* kInfix = "-unwritten-";

std::string uniqueEnd()
{
    static std::atomic<int> made { 0 };
    const auto process = ProcessIdentity::current();
    return kInfix + std::to_string(process.pid) + '-' + std::to_string(process.start) + '-' + std::to_string(++made);
}

bool writeAll(int descriptor, const std::string& text)
{
    for (std::size_t done = 0; done < text.size();) {
        const auto count = ::write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += static_cast<std::size_t>(count);
    }
    return ::fsync(descriptor) == 0;
}

// 0, or why not. A file that is cut short goes again.
int tryPlace(const fs::path& file, const std::string& text)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return errno;
    ::flock(descriptor, LOCK_EX);
    const int error = writeAll(descriptor, text) ? 0 : errno;
    if (error)
        ::unlink(file.c_str());
    ::close(descriptor);
    return error;
}

} // namespace

fs::path stateFolder()
{
    const auto environment = [](const char* name) -> fs::path {
        const char* value = std::getenv(name);
        return value ? value : "";
    };
    if (const auto state = environment("XDG_STATE_HOME"); state.is_absolute())
        return state / "nabiz";
    const auto home = environment("HOME");
    return home.empty() ? fs::path() : home / ".local" / "state" / "nabiz";
}

std::int64_t SideContent::batches() const
{
    std::int64_t count = 0;
    for (const SideRows& stream : streams) {
        auto last = stream.stored;
        for (const auto seq : stream.seqs)
            count += std::exchange(last, seq) != seq;
    }
    return count;
}

fs::path writeSideFile(const fs::path& database, const SideContent& content)
{
    const std::string text = toLines(content);
    const std::string end = uniqueEnd();
    const fs::path beside = resolved(database).string() + end;
    int error = tryPlace(beside, text);
    if (error == 0)
        return beside;
    if (const fs::path folder = stateFolder(); !folder.empty()) {
        std::error_code made;
        fs::create_directories(folder, made);
        const fs::path place = folder / ("nabiz" + end); // short: the database's name may be as long as names can be
        error = made ? made.value() : tryPlace(place, text);
        if (error == 0)
            return place;
    }
    throw StorageError(
        error == ENOSPC || error == EFBIG || error == EDQUOT ? StorageErrorKind::Full : StorageErrorKind::Io,
        beside.string(), std::strerror(error));
}

std::vector<fs::path> findSideFiles(const fs::path& database)
{
    std::vector<fs::path> found;
    const auto look = [&found](const fs::path& folder, const std::string& begin) {
        std::error_code error; // a folder that cannot be looked into holds none for us
        for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end; !error && entry != end;
             entry.increment(error)) {
            const std::string name = entry->path().filename().string();
            if (name.starts_with(begin) && name.find(kInfix) != std::string::npos)
                found.push_back(entry->path());
        }
    };
    look(database.parent_path(), database.filename().string() + kInfix);
    look(stateFolder(), {}); // under whatever name the database had
    std::sort(found.begin(), found.end());
    return found;
}

bool isOf(const SideContent& content, const fs::path& side, const fs::path& database)
{
    if (content.runs.empty())
        return false;
    std::error_code error;
    return fs::equivalent(side.parent_path(), database.parent_path(), error) || content.database == database.string()
        || std::pair(content.device, content.inode) == fileIdentity(database);
}

std::optional<SideFile> SideFile::open(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return std::nullopt;
    SideFile opened(file, descriptor);
    struct stat open { };
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor, &open) != 0 || open.st_nlink == 0)
        return std::nullopt; // or it was taken in while we waited for it
    return opened;
}

SideFile::SideFile(fs::path path, int descriptor)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
{
}

SideFile::SideFile(SideFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

SideFile::~SideFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

SideContent SideFile::read() const
{
    std::string text;
    char buffer[1 << 16];
    for (;;) {
        const auto count = ::pread(m_descriptor, buffer, sizeof buffer, static_cast<off_t>(text.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        text.append(buffer, static_cast<std::size_t>(count));
    }
    return fromLines(text);
}

void SideFile::remove()
{
    std::error_code ignored; // it is marked as taken in: what is left of it does nothing
    fs::remove(m_path, ignored);
}

fs::path resolved(const fs::path& file)
{
    std::error_code error;
    auto path = fs::weakly_canonical(file, error);
    return error ? fs::absolute(file).lexically_normal() : path;
}

std::pair<std::uint64_t, std::uint64_t> fileIdentity(const fs::path& file)
{
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return { status.st_dev, status.st_ino };
}

} // namespace nabiz::storage
