// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace nabiz::storage {

namespace {

constexpr int kPages = 2048; // between two looks at whether to stop

} // namespace

bool copyDatabase(SQLite::Database& from, const std::filesystem::path& to, const std::stop_token& stop)
{
    // Held open, so that what is written meanwhile does not make the copy begin anew, again and again.
    SQLite::Transaction snapshot(from);
    from.execAndGet("SELECT count(*) FROM sqlite_master");
    SQLite::Database copy(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    {
        SQLite::Backup backup(copy, from);
        for (int result = SQLITE_OK; result != SQLITE_DONE;) {
            if (stop.stop_requested())
                return false;
            result = backup.executeStep(kPages);
            if (result != SQLITE_OK && result != SQLITE_DONE)
                throw SQLite::Exception("the copy is locked", result);
        }
    }
    copy.exec("PRAGMA journal_mode = DELETE");
    return true;
}

} // namespace nabiz::storage
