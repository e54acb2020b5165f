// SPDX-License-Identifier: GPL-3.0-or-later
// The queries behind RunStore that give whole records.
// The connection's thread.
#pragma once

#include "storage/records.h"

#include <optional>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// All runs, newest first, or the one of that id.
std::vector<RunOverview> readRuns(SQLite::Database& database, std::optional<RunId> only = {});
std::optional<RunId> findRun(SQLite::Database& database, const std::string& idOrName);
std::vector<Parameter> readParameters(SQLite::Database& database, RunId run);
std::vector<Metric> readMetrics(SQLite::Database& database, RunId run);
std::vector<Event> readEvents(SQLite::Database& database, RunId run);
std::vector<Checkpoint> readCheckpoints(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
