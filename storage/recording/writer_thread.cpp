// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/writer_thread.h"
#include "storage/reading/orphans.h"
#include "storage/reading/pyramid.h"
#include "storage/recording/derived.h"
#include "storage/recording/take_in.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/Savepoint.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace nabiz::storage {

WriterThread::WriterThread(std::filesystem::path file, RecorderOptions options)
    : m_options(std::move(options))
    , m_trouble(m_options.trouble)
{
    takeIn(file); // what cannot be brought in now waits for the next who opens it
    open(file);
    const auto missing = std::make_shared<std::vector<RunId>>();
    const auto fill = [missing, checkpoints = checkpointsOf(file)](Writers& to) {
        sweepPartialCheckpoints(to.database, checkpoints);
        writeMissingSummaries(to.database);
        *missing = runsWithoutPyramid(to.database);
    };
    // A transaction each: what is recorded meanwhile waits no longer than one takes.
    const auto filled = [this, missing] {
        for (const RunId run : *missing)
            post({ .run = [run](Writers& to) { writeMissingPyramid(to.database, run); }, .urgent = false });
    };
    m_commands.push_back({ .run = fill, .committed = filled, .urgent = false });
    m_thread = std::thread([this] { loop(); });
}

// What was open before goes on being so when this throws.
void WriterThread::open(const std::filesystem::path& file)
{
    auto connection = std::make_unique<WritingConnection>(file, [this] { return patience(); });
    std::unique_ptr<Writers> writers;
    std::unique_ptr<PointWriter> points;
    try {
        for (const RunId run : interruptOrphans(connection->database()))
            m_interrupted.push_back(run);
        writers = std::make_unique<Writers>(connection->database());
        points = std::make_unique<PointWriter>(connection->database());
    } catch (const SQLite::Exception& error) {
        throw connection->translated(error);
    }
    m_points = std::move(points);
    m_writers = std::move(writers);
    m_connection = std::move(connection);
}

WriterThread::~WriterThread()
{
    {
        const std::lock_guard lock(m_signal->mutex);
        m_ending = true;
    }
    m_hurry = true;
    m_signal->changed.notify_all();
    m_thread.join();
}

void WriterThread::post(Command command)
{
    const bool urgent = command.urgent;
    {
        const std::lock_guard lock(m_signal->mutex);
        m_commands.push_back(std::move(command));
        m_signal->urgent |= urgent;
    }
    m_signal->changed.notify_all();
}

void WriterThread::wait(Command command)
{
    command.done = std::make_shared<std::promise<void>>();
    auto future = command.done->get_future();
    post(std::move(command));
    future.get();
}

void WriterThread::loop()
{
    while (sleep()) {
        m_next = Clock::now() + m_options.interval;
        runAlone();
        cycle();
    }
    runAlone();
    end();
}

// Until the interval is over, something urgent comes, or, when nothing is being recorded, until anything comes.
bool WriterThread::sleep()
{
    std::unique_lock lock(m_signal->mutex);
    const auto woken = [this] { return m_ending || m_signal->urgent; };
    while (!woken()) {
        const bool busy = !m_streams.empty() || !m_work.empty() || !m_commands.empty() || m_trouble.isFailing();
        if (busy) {
            if (!m_signal->changed.wait_until(lock, m_next, woken))
                break;
        } else {
            m_signal->changed.wait(lock);
        }
    }
    m_signal->urgent = false;
    for (Command& command : m_commands) {
        if (const auto closed = m_streams.find(command.closes); closed != m_streams.end())
            closed->second.closing = true;
        m_work.push_back(std::move(command));
    }
    m_commands.clear();
    return !m_ending;
}

void WriterThread::runAlone()
{
    const auto alone
        = std::stable_partition(m_work.begin(), m_work.end(), [](const Command& command) { return !command.alone; });
    std::vector<Command> commands(std::make_move_iterator(alone), std::make_move_iterator(m_work.end()));
    m_work.erase(alone, m_work.end());
    for (const Command& command : commands) {
        try {
            command.alone();
            command.done->set_value();
        } catch (const SQLite::Exception& error) {
            command.done->set_exception(std::make_exception_ptr(m_connection->translated(error)));
        } catch (...) { // whoever waits is told
            command.done->set_exception(std::current_exception());
        }
    }
}

bool WriterThread::cycle()
{
    // While the disk fails, the queues hold what comes: they are what limits the memory. What has ended is all of it.
    bool hasWork = !m_work.empty() || m_trouble.isFailing(); // to see whether it still does
    for (auto& [run, state] : m_streams) {
        if (!m_trouble.isFailing() || state.rows().empty() || state.closing)
            state.take();
        hasWork |= !state.rows().empty();
    }
    if (!hasWork) {
        m_trouble.tellOver();
        return true;
    }
    try {
        m_connection->makeRoom();
        write();
    } catch (const SQLite::Exception& error) {
        fail(m_connection->translated(error));
        return false;
    } catch (const StorageError& error) {
        fail(error);
        return false;
    }
    m_hastened = false;
    const bool recovers = m_trouble.succeeded(m_written);
    handOn();
    // What waited in the queues comes with the next cycle.
    if (!recovers || m_streams.empty())
        m_trouble.tellOver();
    if (recovers && std::exchange(m_isAside, false))
        takeIn(m_connection->file());
    return true;
}

void WriterThread::write()
{
    const bool durable
        = std::any_of(m_work.begin(), m_work.end(), [](const Command& command) { return command.durable; });
    SQLite::Transaction transaction(m_connection->database(), SQLite::TransactionBehavior::IMMEDIATE);
    writeRows();
    for (auto& command : m_work)
        runCommand(command);
    transaction.commit();
    const bool recording
        = std::any_of(m_streams.begin(), m_streams.end(), [](const auto& stream) { return !stream.second.closing; });
    m_connection->committed(recording, durable);
}

void WriterThread::writeRows()
{
    m_written = 0;
    for (auto& [run, state] : m_streams) {
        state.begin();
        if (state.rows().empty() || state.deleted)
            continue;
        // Another process may have deleted the run.
        state.deleted = !m_writers->runs.exists(run);
        if (!state.deleted)
            m_written += m_points->write(state);
        state.tellWait(m_writers->runs);
    }
}

// A command that is wrong in itself must not hold up the others; a disk that fails holds up all.
void WriterThread::runCommand(Command& command)
{
    command.error = nullptr;
    SQLite::Savepoint savepoint(m_connection->database(), "command");
    try {
        if (command.edit)
            apply(*command.edit, m_writers->runs);
        if (command.run)
            command.run(*m_writers);
        savepoint.release();
    } catch (const SQLite::Exception& error) {
        const auto translated = m_connection->translated(error);
        if (error.getErrorCode() != SQLITE_CONSTRAINT && mayPass(translated.kind()))
            throw;
        command.error = std::make_exception_ptr(translated);
    } catch (const std::exception&) {
        command.error = std::current_exception();
    }
}

void WriterThread::handOn()
{
    for (auto& [run, state] : m_streams) {
        if (!state.rows().empty() && !state.deleted && m_options.committed)
            m_options.committed(run, state.rows());
        state.markCommitted();
    }
    const auto work = std::exchange(m_work, {});
    for (const auto& command : work) {
        if (!command.error && command.committed)
            command.committed();
        if (command.done) {
            if (command.error)
                command.done->set_exception(command.error);
            else
                command.done->set_value();
        } else if (command.error) {
            try {
                std::rethrow_exception(command.error);
            } catch (const std::exception& error) {
                m_trouble.tell({ TroubleKind::Edit, error.what() });
            }
        }
    }
}

} // namespace nabiz::storage
