// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/upgrade_copy.h"
#include "storage/schema/database_copy.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <string>

#include <unistd.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

int versionOf(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA user_version").getInt();
}

} // namespace

fs::path upgradeCopyOf(const fs::path& file, int version)
{
    return file.string() + "-schema-" + std::to_string(version);
}

void keepBeforeUpgrade(SQLite::Database& database, const fs::path& file)
{
    static std::atomic<int> made { 0 };
    const int version = versionOf(database);
    const fs::path place = upgradeCopyOf(file, version);
    std::error_code error; // what cannot be looked at cannot be written either
    if (fs::exists(place, error))
        return;
    const fs::path aside = place.string() + ".part-" + std::to_string(::getpid()) + '-' + std::to_string(++made);
    try {
        copyDatabase(database, aside);
        // Another program may have brought it up to date in between.
        if (versionOf(*std::make_unique<SQLite::Database>(aside.string(), SQLite::OPEN_READONLY)) == version
            && ::link(aside.c_str(), place.c_str()) != 0 && !fs::exists(place, error))
            fs::rename(aside, place); // a file system without links
    } catch (...) { // goes on to whoever opens the database
        fs::remove(aside, error);
        throw;
    }
    fs::remove(aside, error);
}

} // namespace nabiz::storage
