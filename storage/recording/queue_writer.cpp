// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/queue_writer.h"
#include "storage/reading/queue_reader.h"
#include "storage/recording/run_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace nabiz::storage {

QueueWriter::QueueWriter(SQLite::Database& database, RunWriter& runs)
    : m_database(database)
    , m_runs(runs)
{
}

QueueState QueueWriter::state() const
{
    return readQueue(m_database);
}

void QueueWriter::set(const std::vector<RunId>& runs)
{
    m_database.exec("DELETE FROM queue");
    SQLite::Statement insert(m_database, "INSERT INTO queue (run, position) VALUES (?, ?)");
    for (std::size_t i = 0; i < runs.size(); ++i) {
        insert.reset();
        insert.bind(1, runs[i]);
        insert.bind(2, static_cast<std::int64_t>(i));
        insert.exec();
    }
}

void QueueWriter::put(RunId run, std::size_t position)
{
    auto runs = state().waiting;
    std::erase(runs, run);
    runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(std::min(position, runs.size())), run);
    set(runs);
    SQLite::Statement free(m_database,
        "UPDATE run SET status = 'queued', failure = '', started = iif(id IN (SELECT run FROM segment), started, NULL),"
        " ended = NULL, host = '', boot = '', pid = 0, process_start = 0 WHERE id = ?"
        " AND status IN "
            + liveStates());
    free.bind(1, run);
    free.exec();
}

bool QueueWriter::move(RunId run, std::size_t position)
{
    auto runs = state().waiting;
    if (std::erase(runs, run) == 0)
        return false;
    runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(std::min(position, runs.size())), run);
    set(runs);
    return true;
}

void QueueWriter::setPaused(bool paused)
{
    SQLite::Statement update(m_database, "UPDATE queue_state SET paused = ?");
    update.bind(1, paused ? 1 : 0);
    update.exec();
}

QueueTake QueueWriter::take(const std::string& group)
{
    using enum QueueTake::Outcome;
    const QueueState state = this->state();
    if (state.isPaused)
        return { Paused };
    if (state.served && (state.server.pid != m_process.pid || state.server.start != m_process.start))
        return { Elsewhere, *state.served };
    const auto first
        = std::ranges::find_if(state.waiting, [&](RunId run) { return group.empty() || this->group(run) == group; });
    if (first == state.waiting.end())
        return { Empty };
    leave(*first);
    m_runs.setStatus(*first, RunStatus::Preparing, {}, now());
    SQLite::Statement taken(m_database, "UPDATE queue_state SET tries = iif(run IS ?1, tries + 1, 1), run = ?1");
    taken.bind(1, *first);
    taken.exec();
    return { Taken, *first, hasTrained(*first) };
}

bool QueueWriter::takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches)
{
    SQLite::Statement ended(m_database,
        "SELECT 1 FROM run WHERE id = ? AND source = 'nabiz' AND deleted IS NULL"
        " AND status IN ('finished', 'stopped', 'failed', 'diverged', 'interrupted')");
    ended.bind(1, run);
    if (!ended.executeStep())
        return false;
    leave(run);
    SQLite::Statement own(m_database, "UPDATE queue_state SET run = NULL WHERE run = ?");
    own.bind(1, run);
    own.exec();
    m_runs.setStatus(run, RunStatus::Preparing, {}, now());
    for (const auto& parameter : declared) {
        SQLite::Statement declare(m_database,
            "INSERT INTO run_param (run, key, declared, applied) VALUES (?, ?, ?, '')"
            " ON CONFLICT (run, key) DO UPDATE SET declared = excluded.declared");
        declare.bind(1, run);
        declare.bind(2, parameter.key);
        declare.bind(3, parameter.declared);
        declare.exec();
    }
    SQLite::Statement plan(m_database, "UPDATE run SET planned_batches = ? WHERE id = ?");
    plan.bind(1, plannedBatches);
    plan.bind(2, run);
    plan.exec();
    return true;
}

bool QueueWriter::remove(RunId run)
{
    if (!leave(run))
        return false;
    m_runs.setStatus(run, RunStatus::Stopped, {}, now());
    if (!hasTrained(run))
        m_runs.putInTrash(run);
    return true;
}

bool QueueWriter::leave(RunId run)
{
    SQLite::Statement statement(m_database, "DELETE FROM queue WHERE run = ?");
    statement.bind(1, run);
    return statement.exec() > 0;
}

bool QueueWriter::hasTrained(RunId run) const
{
    SQLite::Statement statement(m_database, "SELECT 1 FROM segment WHERE run = ?");
    statement.bind(1, run);
    return statement.executeStep();
}

std::string QueueWriter::group(RunId run) const
{
    SQLite::Statement statement(m_database, "SELECT run_group FROM run WHERE id = ?");
    statement.bind(1, run);
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string();
}

} // namespace nabiz::storage
