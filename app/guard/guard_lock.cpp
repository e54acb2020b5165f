// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guard/guard_lock.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

std::string fileOf(const std::filesystem::path& database)
{
    return database.string() + "-guard";
}

} // namespace

GuardLock::GuardLock(const std::filesystem::path& database)
{
    std::error_code there; // what cannot be made, opening says
    std::filesystem::create_directories(database.parent_path(), there);
    m_file = open(fileOf(database).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_file < 0)
        throw std::system_error(errno, std::generic_category(), "'" + fileOf(database) + "' cannot be made");
    m_isHeld = flock(m_file, LOCK_EX | LOCK_NB) == 0;
}

GuardLock::~GuardLock()
{
    if (m_file >= 0)
        close(m_file);
}

bool GuardLock::isTaken(const std::filesystem::path& database)
{
    const int file = open(fileOf(database).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool isTaken = flock(file, LOCK_SH | LOCK_NB) != 0;
    close(file);
    return isTaken;
}

} // namespace nabiz::app
