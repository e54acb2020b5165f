// SPDX-License-Identifier: GPL-3.0-or-later
// What an earlier version left is kept, as it was, before it is brought up to date: one copy for each version of the
// schema, beside the database. The thread that opens it.
#pragma once

#include <filesystem>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// FILE-schema-5
std::filesystem::path upgradeCopyOf(const std::filesystem::path& file, int version);
// Where there is one already it stays. Throws SQLite::Exception when there is no room for it.
void keepBeforeUpgrade(SQLite::Database& database, const std::filesystem::path& file);

} // namespace nabiz::storage
