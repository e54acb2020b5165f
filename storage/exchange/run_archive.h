// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with all that belongs to them in a file to give away: a database of this schema with a table `archive` that says
// so. Taken in again, a run adds what it has gone on to, and else nothing. Any thread; throws StorageError.
#pragma once

#include "storage/records/imported_run.h"
#include "storage/records/written.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::storage {

inline constexpr const char* kArchiveEnding = ".nabiz";

// Into a file that is not there yet; how many points.
std::int64_t writeRunArchive(
    const std::filesystem::path& database, const std::vector<RunId>& runs, const std::filesystem::path& file);
// By its ending and its table.
bool isRunArchive(const std::filesystem::path& file);
struct ArchivedRun {
    std::string name;
    std::int64_t points = 0, metrics = 0;
};
std::vector<ArchivedRun> runsOfArchive(const std::filesystem::path& file);
// All of its runs into the database, which must be there.
std::vector<ImportedOutcome> takeInRunArchive(
    const std::filesystem::path& database, const std::filesystem::path& file, const NameChoice& freeName);

} // namespace nabiz::storage
