// SPDX-License-Identifier: GPL-3.0-or-later
// The SQL of what is written about runs: a person's texts, reports; and of the stretches a run was trained in.
// The connection's thread.
#pragma once

#include "storage/records/imported_run.h"
#include "storage/records/written.h"

#include <functional>
#include <optional>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// An empty text takes it away. Nothing is done for a run that is not there.
void writeText(SQLite::Database& database, RunId run, const std::string& name, const std::string& text);
void writeReport(SQLite::Database& database, const WrittenReport& report);
// Of one run, or of all.
void readTexts(SQLite::Database& database, std::optional<RunId> only,
    const std::function<void(RunId, std::string name, std::string text)>& found);
// The latest first.
std::vector<WrittenReport> readReports(SQLite::Database& database, RunId run);
std::vector<ImportedSource> readImported(SQLite::Database& database);
std::vector<Segment> readSegments(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
