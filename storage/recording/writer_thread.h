// SPDX-License-Identifier: GPL-3.0-or-later
// The recorder's thread: takes what has come from streams and callers, writes it in one transaction, hands it on. What
// could not be written stays and is tried again. Only post(), wait() and the making and ending may be used from other
// threads.
#pragma once

#include "storage/recording/point_writer.h"
#include "storage/recording/recorder.h"
#include "storage/recording/run_edit.h"
#include "storage/recording/writers.h"
#include "storage/recording/writing_connection.h"
#include "storage/recording/writing_trouble.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <thread>

namespace nabiz::storage {

class WriterThread {
public:
    struct Command {
        // Inside the transaction, the edit first; once more when that has failed.
        std::optional<RunEdit> edit = {};
        std::function<void(Writers&)> run = {};
        // After the transaction.
        std::function<void()> committed = {};
        bool urgent = true; // at once, not with the next interval
        bool durable = false; // on the disk itself soon, so that a power cut does not undo it
        RunId closes = 0; // nothing comes any more of this run: all is taken first
        // Instead of all that: by itself, outside of a transaction.
        std::function<void()> alone = {};
        // Somebody waits: they are told at once when it fails, and it is not tried again.
        std::shared_ptr<std::promise<void>> done = {};
        std::exception_ptr error = {};
    };

    WriterThread(std::filesystem::path file, RecorderOptions options);
    ~WriterThread();

    void post(Command command);
    // All of this run is taken, whatever the disk does, and no lock is waited for long.
    void hasten(RunId run);
    // Returns when the command is committed. Throws what it has thrown.
    void wait(Command command);
    const std::vector<RunId>& interrupted() const { return m_interrupted; }
    const WritingTrouble& trouble() const { return m_trouble; }

    // The rest on the writer's thread, in commands.
    std::map<RunId, StreamState>& streams() { return m_streams; }
    std::shared_ptr<WriterSignal> signal() const { return m_signal; }
    void moveTo(const std::filesystem::path& file);
    std::optional<Trouble> secure();

private:
    using Clock = std::chrono::steady_clock;

    void open(const std::filesystem::path& file);
    std::chrono::milliseconds patience() const; // with a lock
    void loop();
    bool sleep(); // false: the recorder ends
    void runAlone();
    bool cycle();
    void write();
    void writeRows();
    void runCommand(Command& command);
    void handOn();
    void fail(const StorageError& error);
    std::optional<Trouble> setAside();
    bool rescue();
    void end();

    std::vector<RunId> m_interrupted;
    const RecorderOptions m_options;
    const std::shared_ptr<WriterSignal> m_signal = std::make_shared<WriterSignal>();
    WritingTrouble m_trouble;

    std::deque<Command> m_commands; // guarded by m_signal->mutex
    bool m_ending = false; // guarded by m_signal->mutex
    std::atomic<bool> m_hurry = false; // no lock is waited for any more: the recorder ends
    std::atomic<bool> m_hastened = false; // nor until something is committed

    // The writer's thread alone.
    std::unique_ptr<WritingConnection> m_connection; // ends after what writes by it
    std::unique_ptr<Writers> m_writers;
    std::unique_ptr<PointWriter> m_points;
    std::map<RunId, StreamState> m_streams;
    std::vector<Command> m_work;
    Clock::time_point m_next {};
    std::int64_t m_written = 0; // batches of this transaction
    bool m_isAside = false; // something of ours lies beside

    std::thread m_thread; // last: it uses all of the above
};

} // namespace nabiz::storage
