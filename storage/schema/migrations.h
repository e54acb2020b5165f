// SPDX-License-Identifier: GPL-3.0-or-later
// Tells what a file holds and brings it to this version's schema, a version a step, all in one transaction: it is
// either the old database or the new one. The thread that opens the database.
#pragma once

#include <span>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

enum class MigrationOutcome {
    Empty, // examine() only: nothing in it yet
    Outdated, // examine() only: ours, of an earlier version
    Current,
    Created,
    Migrated,
    Newer, // ours, of a later version: left as it is
    Foreign, // another program's: left as it is
    Damaged // ours by its mark, but tables are missing: left as it is
};

// SQL that turns version `from` into `from + 1`.
struct Migration {
    int from;
    const char* sql;
};

// The steps from version 1 on, in order.
std::span<const Migration> migrations();
int schemaVersion(std::span<const Migration> steps = migrations());

// Writes nothing.
MigrationOutcome examine(SQLite::Database& database, std::span<const Migration> steps = migrations());
// Whether every table and column of this version's schema is there, as a later version may have left them.
bool holdsWhatIsRead(SQLite::Database& database);
// Creates or migrates where that is needed. Throws SQLite::Exception.
MigrationOutcome migrate(SQLite::Database& database, std::span<const Migration> steps = migrations());

} // namespace nabiz::storage
