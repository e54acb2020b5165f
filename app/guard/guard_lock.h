// SPDX-License-Identifier: GPL-3.0-or-later
// One guard a database: a lock on a small file beside it, never on the database itself, which goes with its process.
// Any thread.
#pragma once

#include <filesystem>

namespace nabiz::app {

class GuardLock {
public:
    // Throws std::system_error when the file cannot be made.
    explicit GuardLock(const std::filesystem::path& database);
    ~GuardLock();
    GuardLock(const GuardLock&) = delete;
    GuardLock& operator=(const GuardLock&) = delete;

    // False: another process has it.
    bool isHeld() const { return m_isHeld; }
    // Whether some process guards this database now.
    static bool isTaken(const std::filesystem::path& database);

private:
    int m_file = -1;
    bool m_isHeld = false;
};

} // namespace nabiz::app
