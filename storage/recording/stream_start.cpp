// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/stream_start.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace nabiz::storage {

namespace {

std::int64_t single(SQLite::Database& database, const char* query, RunId run)
{
    SQLite::Statement statement(database, query);
    statement.bind(1, run);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

} // namespace

std::vector<std::int64_t> metricIds(SQLite::Database& database, RunId run, const std::vector<Metric>& metrics)
{
    std::vector<std::int64_t> ids;
    SQLite::Statement insert(database,
        "INSERT INTO metric (run, name, unit) VALUES (?, ?, ?)"
        " ON CONFLICT (run, name) DO UPDATE SET unit = excluded.unit RETURNING id");
    for (const auto& metric : metrics) {
        if (metric.name.empty()) {
            ids.push_back(0);
            continue;
        }
        insert.reset();
        insert.bind(1, run);
        insert.bind(2, metric.name);
        insert.bind(3, metric.unit);
        insert.executeStep();
        ids.push_back(insert.getColumn(0).getInt64());
    }
    return ids;
}

std::int64_t nextSegment(SQLite::Database& database, RunId run)
{
    return single(database, "SELECT coalesce(max(segment) + 1, 0) FROM segment WHERE run = ?", run);
}

std::int64_t nextSeq(SQLite::Database& database, RunId run)
{
    return single(database, "SELECT coalesce(max(seq) + 1, 0) FROM batch WHERE run = ?", run);
}

} // namespace nabiz::storage
