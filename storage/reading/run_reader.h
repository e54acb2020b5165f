// SPDX-License-Identifier: GPL-3.0-or-later
// The queries behind RunStore that give whole records.
// The connection's thread.
#pragma once

#include "storage/records/records.h"

#include <optional>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// All runs that are not in the trash, or those that are, or the one of that id wherever it is.
struct Which {
    std::optional<RunId> only = {};
    bool trash = false;
};
// Newest first.
std::vector<RunOverview> readRuns(SQLite::Database& database, const Which& which = {});
// What was put there last comes first.
std::vector<TrashedRun> readTrash(SQLite::Database& database);
// About what the run takes: points and checkpoints.
std::int64_t readSize(SQLite::Database& database, RunId run);
ParameterTable readParameterTable(SQLite::Database& database, const Which& which);
// By id, the trash included, or else the newest of that name outside of it.
std::optional<RunId> findRun(SQLite::Database& database, const std::string& idOrName);
std::vector<Parameter> readParameters(SQLite::Database& database, RunId run);
std::vector<Metric> readMetrics(SQLite::Database& database, RunId run);
std::vector<Event> readEvents(SQLite::Database& database, RunId run);
// Those whose folder is there: older ones are deleted as newer ones come, and a person may have done so.
std::vector<Checkpoint> readCheckpoints(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
