// SPDX-License-Identifier: GPL-3.0-or-later
// Runs left in a live state by a process that is gone become interrupted, those that waited in its memory included:
// their configuration is there to start them again. A run that lives in another process stays as it is, and so do those
// in the queue, which belong to none. The thread that opens the database.
#pragma once

#include "storage/records/records.h"

#include <filesystem>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Which they were.
std::vector<RunId> interruptOrphans(SQLite::Database& database);
// Why such a run ended.
std::string interruption(RunStatus status);
// What a run that is no longer live has left half made in its folder under this one.
void sweepPartialCheckpoints(SQLite::Database& database, const std::filesystem::path& checkpoints);

} // namespace nabiz::storage
