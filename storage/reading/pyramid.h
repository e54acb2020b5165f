// SPDX-License-Identifier: GPL-3.0-or-later
// The derived tables that long curves are opened from: packed columns, and the extremes of stretches of them, so that
// ten million batches are on the screen before a row-by-row read had begun. Made when a run has ended. The connection's
// thread; all throw SQLite::Exception.
#pragma once

#include "storage/reading/packed_series.h"

#include <optional>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Shorter runs are read row by row.
inline constexpr std::int64_t kPyramidFrom = 20'000; // batches

// Makes or renews those of an ended run; for a run too short it only drops what is there.
void writePyramid(SQLite::Database& database, RunId run);
void dropPyramid(SQLite::Database& database, RunId run);
bool hasPyramid(SQLite::Database& database, RunId run);
// Ended runs that should have one and have none.
std::vector<RunId> runsWithoutPyramid(SQLite::Database& database);

// The first and the last point, and lowest and highest of each stretch, in order; Series::previewOf says of how many.
// Only for a run that hasPyramid.
Series readPreview(SQLite::Database& database, const Metric& metric);
// All points. `shared` is the run's common column, read when first needed and kept by the caller for its next metric.
std::optional<PackedSeries> readPacked(
    SQLite::Database& database, RunId run, const Metric& metric, std::shared_ptr<const BatchColumn>& shared);

} // namespace nabiz::storage
