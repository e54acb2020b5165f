// SPDX-License-Identifier: GPL-3.0-or-later
// The queue: runs that belong to no process until one takes them. All of it within the writer's transaction, which is
// begun IMMEDIATE: of two programs on one database only one takes a run.
#include "storage/recording/run_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace nabiz::storage {

std::vector<RunId> RunWriter::queue() const
{
    std::vector<RunId> runs;
    SQLite::Statement query(m_database, "SELECT run FROM queue ORDER BY position, run");
    while (query.executeStep())
        runs.push_back(query.getColumn(0).getInt64());
    return runs;
}

void RunWriter::setQueue(const std::vector<RunId>& runs)
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

void RunWriter::putInQueue(RunId run, std::size_t position)
{
    auto runs = queue();
    std::erase(runs, run);
    runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(std::min(position, runs.size())), run);
    setQueue(runs);
    SQLite::Statement free(m_database,
        "UPDATE run SET status = 'queued', failure = '', started = NULL, ended = NULL, host = '', boot = '', pid = 0,"
        " process_start = 0 WHERE id = ?");
    free.bind(1, run);
    free.exec();
}

bool RunWriter::moveInQueue(RunId run, std::size_t position)
{
    auto runs = queue();
    if (std::erase(runs, run) == 0)
        return false;
    runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(std::min(position, runs.size())), run);
    setQueue(runs);
    return true;
}

std::optional<RunId> RunWriter::takeFromQueue()
{
    const auto runs = queue();
    if (runs.empty())
        return std::nullopt;
    leaveQueue(runs.front());
    setStatus(runs.front(), RunStatus::Preparing, {}, now());
    return runs.front();
}

bool RunWriter::takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches)
{
    SQLite::Statement ended(m_database,
        "SELECT 1 FROM run WHERE id = ? AND source = 'nabiz' AND deleted IS NULL"
        " AND status IN ('finished', 'stopped', 'failed', 'diverged', 'interrupted')");
    ended.bind(1, run);
    if (!ended.executeStep())
        return false;
    setStatus(run, RunStatus::Preparing, {}, now());
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

bool RunWriter::removeFromQueue(RunId run)
{
    if (!leaveQueue(run))
        return false;
    setStatus(run, RunStatus::Stopped, {}, now());
    putInTrash(run);
    return true;
}

bool RunWriter::leaveQueue(RunId run)
{
    SQLite::Statement statement(m_database, "DELETE FROM queue WHERE run = ?");
    statement.bind(1, run);
    return statement.exec() > 0;
}

} // namespace nabiz::storage
