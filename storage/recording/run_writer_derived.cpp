// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that are derived from a run's points: its summary, and what its long curves are opened from.
#include "storage/reading/pyramid.h"
#include "storage/reading/summary.h"
#include "storage/recording/import_writer.h"
#include "storage/recording/run_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace nabiz::storage {

ImportedOutcome RunWriter::keepImported(const ImportedRun& run, const NameChoice& freeName)
{
    return ImportWriter(m_database, *this).keep(run, freeName);
}

void RunWriter::refreshSummary(RunId run)
{
    SQLite::Statement query(m_database, "SELECT status FROM run WHERE id = ?");
    query.bind(1, run);
    if (!query.executeStep())
        return;
    const auto status = runStatus(query.getColumn(0).getString());
    if (status && !isLive(*status)) {
        BatchIndex index;
        index.load(m_database, run);
        storeSummary(m_database, run, computeSummary(m_database, run, index));
    } else {
        dropSummary(run);
    }
}

void RunWriter::dropSummary(RunId run)
{
    SQLite::Statement statement(m_database, "DELETE FROM summary WHERE run = ?");
    statement.bind(1, run);
    statement.exec();
    dropPyramid(m_database, run);
}

void RunWriter::writeMissingSummaries()
{
    std::vector<RunId> missing;
    SQLite::Statement query(m_database,
        "SELECT id FROM run WHERE id NOT IN (SELECT run FROM summary)"
        " AND status NOT IN ('queued', 'preparing', 'running', 'paused', 'stopping')");
    while (query.executeStep())
        missing.push_back(query.getColumn(0).getInt64());
    for (const auto run : missing)
        refreshSummary(run);
}

void RunWriter::writeMissingPyramid(RunId run)
{
    const auto missing = runsWithoutPyramid();
    if (std::find(missing.begin(), missing.end(), run) != missing.end())
        writePyramid(m_database, run);
}

std::vector<RunId> RunWriter::runsWithoutPyramid() const
{
    return storage::runsWithoutPyramid(m_database);
}

} // namespace nabiz::storage
