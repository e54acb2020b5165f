// SPDX-License-Identifier: GPL-3.0-or-later
// Where the points of a run go on: the numbers of its metrics, of its next segment and of its next batch. Each is
// called inside a transaction. The writer's thread.
#pragma once

#include "storage/records/records.h"

#include <cstdint>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Numbers of the metrics by name, added where they are new; 0 for those without a name.
std::vector<std::int64_t> metricIds(SQLite::Database& database, RunId run, const std::vector<Metric>& metrics);
std::int64_t nextSegment(SQLite::Database& database, RunId run);
std::int64_t nextSeq(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
