// SPDX-License-Identifier: GPL-3.0-or-later
// The only connection that writes, with the thread that takes its log to the disk (checkpointer.h), and the file by
// which one sees whether it is still the one that was opened.
// The writer's thread; made on any.
#pragma once

#include "storage/records/storage_error.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

namespace SQLite {
class Database;
class Exception;
} // namespace SQLite

namespace nabiz::storage {

class Checkpointer;

class WritingConnection {
public:
    // `patience`: how long a lock of another program is waited for, asked while it is. Throws StorageError.
    WritingConnection(std::filesystem::path file, std::function<std::chrono::milliseconds()> patience);
    ~WritingConnection();
    WritingConnection(const WritingConnection&) = delete;
    WritingConnection& operator=(const WritingConnection&) = delete;

    const std::filesystem::path& file() const { return m_file; }
    SQLite::Database& database() { return *m_database; }
    std::pair<std::uint64_t, std::uint64_t> identity() const { return m_identity; } // of the file
    // It is no longer in its folder: what SQLite would go on writing is lost with it.
    bool isGone() const;
    // All of it into a new file, wherever the one that is open is. Throws StorageError where there is one.
    void copyTo(const std::filesystem::path& file);

    // Before a transaction: throws StorageError{Missing} when the file is gone, and waits where the log is too long.
    void makeRoom();
    // `durable`: it goes to the disk itself soon. `recording`: more is coming.
    void committed(bool recording, bool durable);
    // The disk is full.
    void shrink();
    StorageError translated(const SQLite::Exception& error) const;

private:
    int waitForLock(int tries);

    const std::filesystem::path m_file;
    const std::function<std::chrono::milliseconds()> m_patience;
    std::unique_ptr<Checkpointer> m_checkpointer; // ends after the connection
    std::unique_ptr<SQLite::Database> m_database;
    std::pair<std::uint64_t, std::uint64_t> m_identity {};
    std::chrono::steady_clock::time_point m_lockedSince {};
    int m_pages = 0; // in the log, after the last commit
};

} // namespace nabiz::storage
