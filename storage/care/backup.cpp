// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/backup.h"
#include "storage/recording/take_in.h"
#include "storage/schema/database.h"
#include "storage/schema/database_copy.h"
#include "storage/schema/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

bool isFilled(const fs::path& file)
{
    std::error_code error; // what is not there is not filled
    const auto size = fs::file_size(file, error);
    return !error && size > 0;
}

// What the two databases call by the same number is the same run.
bool haveCommonRuns(SQLite::Database& earlier, SQLite::Database& now)
{
    std::map<std::int64_t, std::int64_t> created;
    SQLite::Statement runs(earlier, "SELECT id, created FROM run");
    while (runs.executeStep())
        created[runs.getColumn(0).getInt64()] = runs.getColumn(1).getInt64();
    SQLite::Statement others(now, "SELECT id, created FROM run");
    while (others.executeStep()) {
        const auto found = created.find(others.getColumn(0).getInt64());
        if (found != created.end() && found->second != others.getColumn(1).getInt64())
            return false;
    }
    return true;
}

BackupPlace lookInto(const fs::path& place, const fs::path& database)
{
    SQLite::Database earlier(place.string(), SQLite::OPEN_READWRITE, 0);
    switch (examine(earlier)) {
    case MigrationOutcome::Foreign:
    case MigrationOutcome::Damaged:
        return BackupPlace::Another;
    case MigrationOutcome::Empty:
        break;
    default:
        if (!haveCommonRuns(earlier, *openForeign(database)))
            return BackupPlace::Another;
    }
    // Both fail while another program has it open, and neither changes what it holds.
    if (earlier.execAndGet("PRAGMA journal_mode = DELETE").getString() != "delete")
        return BackupPlace::InUse;
    earlier.exec("BEGIN EXCLUSIVE; ROLLBACK");
    return BackupPlace::Earlier;
}

void refuseWhatIsNotOurs(SQLite::Database& database, const fs::path& file)
{
    switch (examine(database)) {
    case MigrationOutcome::Foreign:
        throw StorageError(StorageErrorKind::ForeignDatabase, file.string(), {});
    case MigrationOutcome::Empty:
        throw StorageError(StorageErrorKind::Missing, file.string(), "the database has no tables yet");
    default:
        return; // of another version, or with tables missing: it is copied as it is
    }
}

// Of a side: SQLite does not say which of the two files it could not use, but a disk fills at the copy alone.
StorageError failure(const SQLite::Exception& error, const fs::path& database, const fs::path& place)
{
    const auto said = storageError(error, database, nullptr);
    const bool isCopy = said.kind() == StorageErrorKind::Full || said.kind() == StorageErrorKind::ReadOnly;
    return isCopy ? StorageError(said.kind(), place.string(), said.detail()) : said;
}

} // namespace

BackupPlace lookAtBackupPlace(const fs::path& place, const fs::path& database)
{
    std::error_code unreadable; // what cannot be looked at cannot be written either, and that says why
    const auto status = fs::status(place, unreadable);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return BackupPlace::Free;
    if (!isFilled(place)) {
        const bool isLeft = isFilled(place.string() + "-wal") || isFilled(place.string() + "-journal");
        return isLeft ? BackupPlace::Leftover : BackupPlace::Free;
    }
    try {
        return lookInto(place, database);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xff;
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            return BackupPlace::InUse;
        if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
            return BackupPlace::Free;
        return BackupPlace::Another;
    }
}

std::optional<Backup> backUp(
    const fs::path& database, const fs::path& aside, const fs::path& place, const std::stop_token& stop)
{
    Backup made;
    made.waiting = takeIn(database).waiting;
    const auto source = openForeign(database);
    try {
        refuseWhatIsNotOurs(*source, database);
        if (!copyDatabase(*source, aside, stop))
            return std::nullopt;
        SQLite::Database copy(aside.string(), SQLite::OPEN_READONLY);
        constexpr int kSteps = 10'000; // between two looks at whether to stop
        sqlite3_progress_handler(
            copy.getHandle(), kSteps,
            [](void* token) { return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0; },
            const_cast<std::stop_token*>(&stop)); // SQLite hands it back as it is
        if (const std::string found = copy.execAndGet("PRAGMA integrity_check(1)").getString(); found != "ok")
            throw StorageError(StorageErrorKind::Damaged, database.string(), found);
        made.runs = copy.execAndGet("SELECT count(*) FROM run").getInt64();
    } catch (const SQLite::Exception& error) {
        if (stop.stop_requested())
            return std::nullopt;
        throw failure(error, database, place);
    }
    made.bytes = static_cast<std::int64_t>(fs::file_size(aside));
    return made;
}

} // namespace nabiz::storage
