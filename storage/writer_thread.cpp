// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/writer_thread.h"
#include "storage/database.h"
#include "storage/migrations.h"
#include "storage/orphans.h"

#include <SQLiteCpp/Savepoint.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>

#include <sys/stat.h>

// Marks a sentence for lupdate, as trainer/config/message.h does for the trainer.
#define NABIZ_TEXT(context, literal) literal

namespace nabiz::storage {

namespace {

constexpr std::chrono::seconds kDurableEvery { 5 };
constexpr std::chrono::seconds kLastTries { 2 };

std::pair<dev_t, ino_t> identity(const std::filesystem::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return { status.st_dev, status.st_ino };
}

} // namespace

WriterThread::WriterThread(std::filesystem::path file, RecorderOptions options)
    : m_file(std::move(file))
    , m_options(std::move(options))
    , m_database(openForWriting(m_file))
{
    try {
        interruptOrphans(*m_database);
        m_runs = std::make_unique<RunWriter>(*m_database);
        m_points = std::make_unique<PointWriter>(*m_database);
    } catch (const SQLite::Exception& error) {
        throw storageError(error, m_file, m_database.get());
    }
    m_identity = identity(m_file);
    m_durable = Clock::now();
    const auto missing = std::make_shared<std::vector<RunId>>();
    const auto fill = [missing](RunWriter& runs) {
        runs.writeMissingSummaries();
        *missing = runs.runsWithoutPyramid();
    };
    m_commands.push_back({ .run = fill, .committed = [this, missing] { postPyramids(*missing); }, .urgent = false });
    m_thread = std::thread([this] { loop(); });
}

WriterThread::~WriterThread()
{
    {
        const std::lock_guard lock(m_signal->mutex);
        m_ending = true;
    }
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
        cycle();
        m_next = Clock::now() + m_options.interval;
    }
    end();
}

// Until the interval is over, something urgent comes, or, when nothing is being recorded, until anything comes.
bool WriterThread::sleep()
{
    std::unique_lock lock(m_signal->mutex);
    const auto woken = [this] { return m_ending || m_signal->urgent; };
    while (!woken()) {
        const bool busy = !m_streams.empty() || !m_work.empty() || !m_commands.empty();
        if (busy) {
            if (!m_signal->changed.wait_until(lock, m_next, woken))
                break;
        } else if (m_pendingSync) {
            if (m_signal->changed.wait_until(lock, m_durable + kDurableEvery) == std::cv_status::timeout)
                break;
        } else {
            m_signal->changed.wait(lock);
        }
    }
    m_signal->urgent = false;
    std::move(m_commands.begin(), m_commands.end(), std::back_inserter(m_work));
    m_commands.clear();
    return !m_ending;
}

bool WriterThread::hasWork() const
{
    for (const auto& [run, state] : m_streams) {
        if (!state.rows().empty())
            return true;
    }
    return !m_work.empty() || (m_pendingSync && Clock::now() >= m_durable + kDurableEvery);
}

bool WriterThread::cycle()
{
    // While the disk fails, the queues hold what comes: they are what limits the memory.
    for (auto& [run, state] : m_streams) {
        if (!m_failing || state.rows().empty())
            state.take();
    }
    if (!hasWork())
        return true;
    try {
        checkFile();
        write();
    } catch (const SQLite::Exception& error) {
        fail(storageError(error, m_file, m_database.get()));
        return false;
    } catch (const StorageError& error) {
        fail(error);
        return false;
    }
    if (std::exchange(m_failing, false) && m_options.failed)
        m_options.failed({});
    handOn();
    return true;
}

// SQLite would go on writing into a file that is no longer in its folder.
void WriterThread::checkFile() const
{
    if (identity(m_file) != m_identity)
        throw StorageError(StorageErrorKind::Missing, m_file.string(), "it was moved, deleted or replaced while in use");
}

void WriterThread::write()
{
    bool durable = Clock::now() >= m_durable + kDurableEvery;
    for (const auto& command : m_work)
        durable |= command.durable;
    m_database->exec(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    m_told.clear();
    writeRows();
    for (auto& command : m_work)
        runCommand(command);
    // A commit that changes nothing would not reach the disk, nor take earlier ones there.
    if (durable)
        m_database->exec("PRAGMA user_version = " + std::to_string(schemaVersion()));
    transaction.commit();
    m_pendingSync = !durable;
    if (durable)
        m_durable = Clock::now();
}

void WriterThread::writeRows()
{
    for (auto& [run, state] : m_streams) {
        if (state.rows().empty() || state.deleted)
            continue;
        // Another process may have deleted the run.
        state.deleted = !m_runs->exists(run);
        if (!state.deleted)
            m_points->write(state);
        if (!state.waits)
            tellWait(state);
    }
}

void WriterThread::tellWait(StreamState& state)
{
    if (state.waited <= 0 || std::find(m_told.begin(), m_told.end(), state.run) != m_told.end())
        return;
    char figure[32];
    std::snprintf(figure, sizeof figure, "%.2f", state.waited);
    Event event;
    event.kind = "warning";
    event.message = NABIZ_TEXT("Message", "Training waited %1 s for the disk. Nothing was lost.");
    event.arguments = { figure };
    event.text = "Training waited " + event.arguments.front() + " s for the disk. Nothing was lost.";
    m_runs->addEvent(state.run, event);
    m_told.push_back(state.run);
}

// A command that is wrong in itself must not hold up the others; a disk that fails holds up all.
void WriterThread::runCommand(Command& command)
{
    command.error = nullptr;
    SQLite::Savepoint savepoint(*m_database, "command");
    try {
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
                report(error.what());
            }
        }
    }
}

void WriterThread::report(const std::string& failure)
{
    if (m_options.failed)
        m_options.failed(failure);
}

void WriterThread::fail(const StorageError& error)
{
    if (!std::exchange(m_failing, true))
        report(error.what());
    std::vector<Command> kept;
    for (auto& command : m_work) {
        if (command.done)
            command.done->set_exception(std::make_exception_ptr(error));
        else
            kept.push_back(std::move(command));
    }
    m_work = std::move(kept);
}

// The last rows. On a disk that fails they are tried for a while, then given up.
void WriterThread::end()
{
    const auto deadline = Clock::now() + kLastTries;
    m_durable = {}; // all of it on the disk itself
    while (!cycle() && Clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::size_t lost = 0;
    for (auto& [run, state] : m_streams) {
        lost += state.rows().size();
        state.stream->abandon();
    }
    if (lost > 0)
        report(std::to_string(lost) + " recorded batches could not be written to '" + m_file.string() + "'.");
}

} // namespace nabiz::storage
