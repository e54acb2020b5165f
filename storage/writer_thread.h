// SPDX-License-Identifier: GPL-3.0-or-later
// The recorder's thread: takes what has come from streams and callers, writes it in one transaction, hands it on. What could
// not be written stays and is tried again. Only post(), wait() and the making and ending may be used from other threads.
#pragma once

#include "storage/point_writer.h"
#include "storage/recorder.h"
#include "storage/run_writer.h"
#include "storage/storage_error.h"

#include <chrono>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <thread>

#include <sys/types.h>

namespace nabiz::storage {

class WriterThread {
public:
    struct Command {
        // Inside the transaction; once more when that has failed.
        std::function<void(RunWriter&)> run;
        // After the transaction.
        std::function<void()> committed;
        bool urgent = true;  // at once, not with the next interval
        bool durable = false; // on the disk itself, so that a power cut does not undo it
        // Somebody waits: they are told at once when it fails, and it is not tried again.
        std::shared_ptr<std::promise<void>> done;
        std::exception_ptr error;
    };

    WriterThread(std::filesystem::path file, RecorderOptions options);
    ~WriterThread();

    void post(Command command);
    // Returns when the command is committed. Throws what it has thrown.
    void wait(Command command);

    // The rest on the writer's thread, in commands.
    std::map<RunId, StreamState>& streams() { return m_streams; }
    std::shared_ptr<WriterSignal> signal() const { return m_signal; }
    void report(const std::string& failure);
    // Says in the run's log how long its producer waited, once it does so no more.
    void tellWait(StreamState& state);

private:
    using Clock = std::chrono::steady_clock;

    void loop();
    bool sleep(); // false: the recorder ends
    bool hasWork() const;
    bool cycle();
    void write();
    void writeRows();
    void runCommand(Command& command);
    void handOn();
    void fail(const StorageError& error);
    void postPyramids(const std::vector<RunId>& runs);
    void checkFile() const;
    void end();

    const std::filesystem::path m_file;
    const RecorderOptions m_options;
    const std::shared_ptr<WriterSignal> m_signal = std::make_shared<WriterSignal>();

    std::deque<Command> m_commands; // guarded by m_signal->mutex
    bool m_ending = false;          // guarded by m_signal->mutex

    // The writer's thread alone.
    std::unique_ptr<SQLite::Database> m_database;
    std::unique_ptr<RunWriter> m_runs;
    std::unique_ptr<PointWriter> m_points;
    std::map<RunId, StreamState> m_streams;
    std::vector<Command> m_work;
    Clock::time_point m_next {};
    Clock::time_point m_durable {}; // when all was last on the disk itself
    bool m_pendingSync = false;     // commits since then
    bool m_failing = false;
    std::vector<RunId> m_told; // whose wait is told in this transaction
    std::pair<dev_t, ino_t> m_identity {};

    std::thread m_thread; // last: it uses all of the above
};

} // namespace nabiz::storage
