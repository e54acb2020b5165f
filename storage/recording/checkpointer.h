// SPDX-License-Identifier: GPL-3.0-or-later
// Copies the log into the database every five seconds, by a connection and on a thread of its own: the only one that
// waits for the disk itself, so that a slow one never keeps points from being committed. committed() and makeRoom() are
// the writer's; the rest may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

class Checkpointer {
public:
    explicit Checkpointer(const std::filesystem::path& file);
    // Takes all to the disk. The writer's connection must be closed.
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    // So many pages stand in the log. While points come the log goes on growing: to begin it anew waits for the disk,
    // too.
    void committed(int pages, bool recording);
    // Waits for the disk where the log has become too long.
    void makeRoom();
    // What is committed goes to the disk soon.
    void soon();
    // The disk is full: begins the log anew as soon as possible, which needs no room.
    void shrink();

private:
    void loop();
    int usualLimit(bool isSlow) const; // in pages, by the room there is
    void pass();
    void pin();

    std::unique_ptr<SQLite::Database> m_database;
    std::mutex m_work; // held during a pass; guards the connections
    std::unique_ptr<SQLite::Database> m_pins[2]; // the first may have a reading transaction open, which keeps the log
    bool m_pinned = false;
    const std::filesystem::path m_folder;

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    int m_pages = 0; // in the log
    int m_copied = 0; // of these into the database
    int m_limit; // of the pages
    bool m_recording = false;
    bool m_wanted = false;
    bool m_release = false; // the next pass copies all and lets the log begin anew
    bool m_ending = false;
    long m_passes = 0;

    std::thread m_thread; // last: it uses all of the above
};

} // namespace nabiz::storage
