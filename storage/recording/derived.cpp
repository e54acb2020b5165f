// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/derived.h"
#include "storage/reading/batch_index.h"
#include "storage/reading/pyramid.h"
#include "storage/reading/summary.h"
#include "storage/records/run_status.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace nabiz::storage {

void refreshSummary(SQLite::Database& database, RunId run)
{
    SQLite::Statement query(database, "SELECT status FROM run WHERE id = ?");
    query.bind(1, run);
    if (!query.executeStep())
        return;
    const auto status = runStatus(query.getColumn(0).getString());
    if (status && !isLive(*status)) {
        BatchIndex index;
        index.load(database, run);
        storeSummary(database, run, computeSummary(database, run, index));
    } else {
        dropSummary(database, run);
    }
}

void dropSummary(SQLite::Database& database, RunId run)
{
    SQLite::Statement statement(database, "DELETE FROM summary WHERE run = ?");
    statement.bind(1, run);
    statement.exec();
    dropPyramid(database, run);
}

void writeMissingSummaries(SQLite::Database& database)
{
    std::vector<RunId> missing;
    SQLite::Statement query(database,
        "SELECT id FROM run WHERE id NOT IN (SELECT run FROM summary)"
        " AND status NOT IN "
            + liveStates());
    while (query.executeStep())
        missing.push_back(query.getColumn(0).getInt64());
    for (const auto run : missing)
        refreshSummary(database, run);
}

void writeMissingPyramid(SQLite::Database& database, RunId run)
{
    const auto missing = runsWithoutPyramid(database);
    if (std::find(missing.begin(), missing.end(), run) != missing.end())
        writePyramid(database, run);
}

} // namespace nabiz::storage
