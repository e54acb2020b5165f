// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/writer_thread.h"
#include "storage/reading/orphans.h"
#include "storage/recording/side_file.h"
#include "storage/recording/take_in.h"
#include "storage/records/message_text.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/Savepoint.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

namespace nabiz::storage {

WriterThread::WriterThread(std::filesystem::path file, RecorderOptions options)
    : m_file(std::move(file))
    , m_options(std::move(options))
{
    takeIn(m_file); // what cannot be brought in now waits for the next who opens it
    open(openForWriting(m_file));
    const auto missing = std::make_shared<std::vector<RunId>>();
    const auto fill = [this, missing](RunWriter& runs) {
        sweepPartialCheckpoints(*m_database, checkpointsOf(m_file));
        runs.writeMissingSummaries();
        *missing = runs.runsWithoutPyramid();
    };
    m_commands.push_back({ .run = fill, .committed = [this, missing] { postPyramids(*missing); }, .urgent = false });
    m_thread = std::thread([this] { loop(); });
}

void WriterThread::open(std::unique_ptr<SQLite::Database> database)
{
    std::unique_ptr<RunWriter> runs;
    std::unique_ptr<PointWriter> points;
    try {
        for (const RunId run : interruptOrphans(*database))
            m_interrupted.push_back(run);
        runs = std::make_unique<RunWriter>(*database);
        points = std::make_unique<PointWriter>(*database);
    } catch (const SQLite::Exception& error) {
        throw storageError(error, m_file, database.get());
    }
    auto checkpointer = std::make_unique<Checkpointer>(m_file);
    auto* const handle = database->getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_hook(
        handle,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<WriterThread*>(self)->m_pages = pages;
            return SQLITE_OK;
        },
        this);
    sqlite3_busy_handler(
        handle, [](void* self, int tries) { return static_cast<WriterThread*>(self)->waitForLock(tries); }, this);
    m_points = std::move(points);
    m_runs = std::move(runs);
    m_database = std::move(database);
    m_checkpointer = std::move(checkpointer);
    m_identity = fileIdentity(m_file);
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

// A transaction each: what is recorded meanwhile waits no longer than one takes. The last runs first.
void WriterThread::postPyramids(const std::vector<RunId>& runs)
{
    for (const auto run : runs)
        post({ .run = [run](RunWriter& runs) { runs.writeMissingPyramid(run); }, .urgent = false });
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
        const bool busy = !m_streams.empty() || !m_work.empty() || !m_commands.empty() || m_failing;
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
            command.done->set_exception(std::make_exception_ptr(storageError(error, m_file, m_database.get())));
        } catch (...) { // whoever waits is told
            command.done->set_exception(std::current_exception());
        }
    }
}

bool WriterThread::hasWork() const
{
    for (const auto& [run, state] : m_streams) {
        if (!state.rows().empty())
            return true;
    }
    return !m_work.empty() || m_failing; // to see whether it still does
}

bool WriterThread::cycle()
{
    // While the disk fails, the queues hold what comes: they are what limits the memory. What has ended is all of it.
    for (auto& [run, state] : m_streams) {
        if (!m_failing || state.rows().empty() || state.closing)
            state.take();
    }
    if (!hasWork()) {
        tellOver();
        return true;
    }
    try {
        checkFile();
        m_checkpointer->makeRoom();
        write();
    } catch (const SQLite::Exception& error) {
        fail(storageError(error, m_file, m_database.get()));
        return false;
    } catch (const StorageError& error) {
        fail(error);
        return false;
    }
    m_hastened = false;
    const bool recovers = std::exchange(m_failing, false);
    if (recovers) {
        const std::lock_guard lock(m_signal->mutex);
        m_lastError.reset();
    }
    if (recovers && m_failureTold)
        m_late = 0;
    if (m_late)
        *m_late += m_written;
    handOn();
    // What waited in the queues comes with the next cycle.
    if (!recovers || m_streams.empty())
        tellOver();
    if (recovers && std::exchange(m_isAside, false))
        takeIn(m_file);
    return true;
}

void WriterThread::write()
{
    const bool durable
        = std::any_of(m_work.begin(), m_work.end(), [](const Command& command) { return command.durable; });
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    m_told.clear();
    writeRows();
    for (auto& command : m_work)
        runCommand(command);
    transaction.commit();
    const bool recording
        = std::any_of(m_streams.begin(), m_streams.end(), [](const auto& stream) { return !stream.second.closing; });
    m_checkpointer->committed(m_pages, recording);
    if (durable)
        m_checkpointer->soon();
}

void WriterThread::writeRows()
{
    m_written = 0;
    for (auto& [run, state] : m_streams) {
        if (state.rows().empty() || state.deleted)
            continue;
        // Another process may have deleted the run.
        state.deleted = !m_runs->exists(run);
        if (!state.deleted)
            m_written += m_points->write(state);
        if (!state.waits)
            tellWait(state);
    }
}

void WriterThread::tellWait(StreamState& state)
{
    if (state.waited <= 0 || std::find(m_told.begin(), m_told.end(), state.run) != m_told.end())
        return;
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), state.waited, std::chars_format::fixed, 2).ptr;
    Event event;
    event.kind = "warning";
    event.message = NABIZ_TEXT("Message", "Training waited %1 s for the disk. Nothing was lost.");
    event.arguments = { std::string(digits.begin(), end) };
    event.text = filled(event.message, event.arguments);
    m_runs->addEvent(state.run, event);
    m_told.push_back(state.run);
}

// A command that is wrong in itself must not hold up the others; a disk that fails holds up all.
void WriterThread::runCommand(Command& command)
{
    command.error = nullptr;
    SQLite::Savepoint savepoint(*m_database, "command");
    try {
        if (command.edit)
            apply(*command.edit, *m_runs);
        if (command.run)
            command.run(*m_runs);
        savepoint.release();
    } catch (const SQLite::Exception& error) {
        const auto translated = storageError(error, m_file, m_database.get());
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
    for (const auto run : m_told)
        m_streams.at(run).waited = 0;
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
                tell({ TroubleKind::Edit, error.what() });
            }
        }
    }
}

} // namespace nabiz::storage
