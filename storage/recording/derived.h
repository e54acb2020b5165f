// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that are derived from a run's points: its summary, and what its long curves are opened from. Each is
// called inside a transaction. The writer's thread.
#pragma once

#include "storage/records/records.h"

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Stores the summary of a run that has ended, drops that of one that is live.
void refreshSummary(SQLite::Database& database, RunId run);
// More points of it are coming.
void dropSummary(SQLite::Database& database, RunId run);
void writeMissingSummaries(SQLite::Database& database);
// Of a run that has ended, unless it stands already. May take seconds.
void writeMissingPyramid(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
