// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/output_file.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBuffer = 1 << 16;

// 1 for /dev/stdout, /dev/fd/1 and /proc/self/fd/1: what a shell has opened is written on from where it stands.
std::optional<int> descriptorOf(const fs::path& path)
{
    const std::string name = path.lexically_normal().string();
    if (name == "/dev/stdout")
        return STDOUT_FILENO;
    if (name == "/dev/stderr")
        return STDERR_FILENO;
    for (const std::string_view folder : { "/dev/fd/", "/proc/self/fd/" }) {
        int number = -1;
        const char* const end = name.data() + name.size();
        if (name.starts_with(folder)
            && std::from_chars(name.data() + folder.size(), end, number) == std::from_chars_result { end, std::errc() })
            return number;
    }
    return std::nullopt;
}

} // namespace

OutputFile::OutputFile(const fs::path& path, Replaceable what)
    : m_path(path)
    , m_what(what)
{
    refuseKept(path, what);
    try {
        open();
    } catch (const TrainError&) {
        discard();
        throw;
    }
}

OutputFile::~OutputFile()
{
    discard();
}

void OutputFile::discard()
{
    if (m_file >= 0)
        ::close(m_file);
    if (!m_aside.empty())
        ::unlink(m_aside.c_str());
}

void OutputFile::open()
{
    if (const auto descriptor = descriptorOf(m_path)) {
        m_file = ::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0);
        if (m_file < 0)
            fail(errno);
        return;
    }
    m_target = linkedTarget(m_path);
    struct stat facts { };
    const bool there = ::stat(m_target.c_str(), &facts) == 0;
    if (!there && errno != ENOENT)
        fail(errno);
    if (there && S_ISDIR(facts.st_mode))
        fail(EISDIR);
    if (there && ::faccessat(AT_FDCWD, m_target.c_str(), W_OK, AT_EACCESS) != 0)
        fail(errno); // a file protected from writing is not to be replaced either
    if (there && !S_ISREG(facts.st_mode)) {
        m_file = ::open(m_target.c_str(), O_WRONLY | O_CLOEXEC);
        if (m_file < 0)
            fail(errno);
        return;
    }
    openAside(m_target);
    // The owner can be kept by root alone; a file without its old owner keeps no rights meant for that one's group.
    if (there && (facts.st_uid != ::geteuid() || facts.st_gid != ::getegid())
        && ::fchown(m_file, facts.st_uid, facts.st_gid) != 0)
        facts.st_mode &= ~static_cast<mode_t>(S_IRWXG);
    if (there && ::fchmod(m_file, facts.st_mode & 0777) != 0)
        fail(errno);
}

void OutputFile::openAside(const fs::path& target)
{
    static std::atomic<unsigned> number { 0 };
    const fs::path folder = target.parent_path();
    for (;;) {
        // Not made from the target's name, which may be as long as a name can be.
        const fs::path aside
            = folder / ("nabiz-" + std::to_string(::getpid()) + '-' + std::to_string(number++) + ".part");
        m_file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (m_file >= 0) {
            m_aside = aside;
            return;
        }
        if (errno != EEXIST)
            fail(errno);
    }
}

void OutputFile::fail(int error) const
{
    throw unwritable(m_path, std::error_code(error, std::generic_category()));
}

bool OutputFile::isTerminal() const
{
    return ::isatty(m_file) == 1;
}

void OutputFile::write(std::string_view bytes)
{
    if (m_buffer.size() + bytes.size() > kBuffer)
        flush();
    if (bytes.size() > kBuffer)
        writeAll(bytes);
    else
        m_buffer += bytes;
}

void OutputFile::flush()
{
    const std::string bytes = std::exchange(m_buffer, {});
    writeAll(bytes);
}

void OutputFile::writeAll(std::string_view bytes)
{
    while (!bytes.empty()) {
        constexpr std::size_t kMost = 1 << 30; // one call writes no more than 2 GB
        const ssize_t count = ::write(m_file, bytes.data(), std::min(bytes.size(), kMost));
        if (count < 0 && errno != EINTR)
            fail(errno);
        bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
}

void OutputFile::commit(Sync sync)
{
    flush();
    if (!isStream() && sync == Sync::Now && ::fsync(m_file) != 0)
        fail(errno);
    if (::close(std::exchange(m_file, -1)) != 0) // a late failure to write is told here
        fail(errno);
    if (isStream())
        return;
    refuseKept(m_path, m_what); // what lies there may be another file by now
    if (::rename(m_aside.c_str(), m_target.c_str()) != 0)
        fail(errno);
    m_aside.clear();
    if (sync == Sync::Now)
        syncFolder(m_target.parent_path());
}

void syncFile(const fs::path& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const int error = file < 0 || ::fsync(file) != 0 ? errno : 0;
    if (file >= 0)
        ::close(file);
    if (error != 0)
        throw unwritable(path, std::error_code(error, std::generic_category()));
}

void syncFolder(const fs::path& path)
{
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool failed = folder >= 0 && ::fsync(folder) != 0 && errno == EIO;
    if (folder >= 0)
        ::close(folder);
    if (failed)
        throw unwritable(path, std::error_code(EIO, std::generic_category()));
}

void writeFile(const fs::path& path, std::string_view bytes, Replaceable what)
{
    OutputFile file(path, what);
    file.write(bytes);
    file.commit();
}

} // namespace nabiz::trainer
