// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/database.h"
#include "storage/schema/migrations.h"
#include "storage/schema/network_mount.h"
#include "storage/schema/upgrade_copy.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr int kBusyMs = static_cast<int>(kBusy.count());

struct Place {
    bool exists = false;
    bool filled = false; // it is not empty
};

// What the file system tells without the file being opened: whoever opens and closes a database otherwise than through
// SQLite takes away the locks that this process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2). What is in
// it, SQLite says.
Place lookAt(const fs::path& file)
{
    std::error_code error;
    const auto status = fs::status(file, error);
    if (error && status.type() != fs::file_type::not_found)
        throw StorageError(StorageErrorKind::Io, file.string(), error.message());
    if (file.empty() || status.type() == fs::file_type::not_found)
        return {};
    if (status.type() == fs::file_type::directory)
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is a folder");
    if (status.type() != fs::file_type::regular)
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is not a regular file");
    if (::access(file.c_str(), R_OK) != 0)
        throw StorageError(StorageErrorKind::Io, file.string(), "it may not be read");
    const auto size = fs::file_size(file, error);
    if (!error && size > 0
        && size < 512) // no page is shorter, and SQLite takes a file without a whole one for an empty one
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is not an SQLite file");
    return { true, error || size > 0 };
}

void refuse(MigrationOutcome outcome, const fs::path& file, SQLite::Database& database)
{
    switch (outcome) {
    case MigrationOutcome::Newer:
        throw newerError(file, database.execAndGet("PRAGMA user_version").getInt());
    case MigrationOutcome::Foreign:
        throw StorageError(StorageErrorKind::ForeignDatabase, file.string(), {});
    case MigrationOutcome::Damaged:
        throw StorageError(StorageErrorKind::Damaged, file.string(), "tables are missing");
    default:
        break;
    }
}

std::unique_ptr<SQLite::Database> readOnly(const fs::path& file)
{
    auto database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, kBusyMs);
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database->exec("PRAGMA query_only = ON");
    return database;
}

// A file on a read-only medium has no place for the log that goes with it; as nobody can write there, it is read as it
// is.
std::unique_ptr<SQLite::Database> immutable(const fs::path& file)
{
    std::string uri = "file:";
    for (const char letter : file.string()) {
        if (letter == '?' || letter == '#' || letter == '%') {
            constexpr std::string_view kHex = "0123456789abcdef";
            uri += '%';
            uri += kHex[static_cast<unsigned char>(letter) >> 4];
            uri += kHex[static_cast<unsigned char>(letter) & 15];
        } else {
            uri += letter;
        }
    }
    return std::make_unique<SQLite::Database>(uri + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyMs);
}

bool isThere(const fs::path& file)
{
    std::error_code error; // what cannot be looked at is no reason against reading
    return fs::exists(file, error);
}

std::unique_ptr<SQLite::Database> readChecked(const fs::path& file, MigrationOutcome& outcome)
{
    auto database = readOnly(file);
    try {
        outcome = examine(*database);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xff;
        if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || isThere(file.string() + "-wal"))
            throw storageError(error, file, database.get());
        database = immutable(file);
        outcome = examine(*database);
    }
    return database;
}

// Root may write anything; a file that its owner has closed to writing is still meant to stay as it is.
bool closedToWriting(const fs::path& file)
{
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0)
        return false;
    return (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || ::access(file.c_str(), W_OK) != 0;
}

void prepareFolder(const fs::path& file)
{
    if (!file.has_parent_path())
        return;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
        const bool denied = error == std::errc::permission_denied || error == std::errc::read_only_file_system;
        throw StorageError(denied ? StorageErrorKind::ReadOnly : StorageErrorKind::Io, file.string(), error.message());
    }
}

void configure(SQLite::Database& database)
{
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("PRAGMA wal_autocheckpoint = 0"); // the Checkpointer's work
    database.exec("PRAGMA journal_size_limit = 67108864");
    database.exec("PRAGMA cache_size = -16384");
}

// Made beside and then given its name, which fails where the name is taken: nothing half made is ever there, and of
// several programs that make it at once one does.
void create(const fs::path& file)
{
    static std::atomic<int> made { 0 };
    const fs::path aside = file.string() + ".new-" + std::to_string(::getpid()) + '-' + std::to_string(++made);
    const auto remove = [&aside] {
        std::error_code
            ignored; // what is left is nobody's; the reason why it could not be made is what the caller tells
        for (const char* suffix : { "", "-wal", "-shm", "-journal" })
            fs::remove(aside.string() + suffix, ignored);
    };
    std::unique_ptr<SQLite::Database> database;
    try {
        database
            = std::make_unique<SQLite::Database>(aside.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMs);
        configure(*database);
        migrate(*database);
        // Closing would do it too, but tells nobody when it could not; the log does not go with the name.
        auto* const handle = database->getHandle();
        const int copied = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if (copied != SQLITE_OK)
            throw SQLite::Exception(handle, copied);
        database.reset();
    } catch (const SQLite::Exception& error) {
        const auto translated = storageError(error, file, database.get());
        database.reset();
        remove();
        throw translated;
    }
    if (::link(aside.c_str(), file.c_str()) != 0 && errno != EEXIST) {
        std::error_code error; // a file system without links
        if (!fs::exists(file, error))
            fs::rename(aside, file, error);
    }
    remove();
}

} // namespace

std::unique_ptr<SQLite::Database> openForWriting(const fs::path& file, std::chrono::milliseconds busy)
{
    const Place place = lookAt(file);
    std::unique_ptr<SQLite::Database> database;
    try {
        if (place.filled) {
            auto outcome = MigrationOutcome::Current;
            const auto reader = readChecked(file, outcome);
            refuse(outcome, file, *reader);
        }
        if (const std::string network = networkMountOf(file); !network.empty())
            throw StorageError(StorageErrorKind::NetworkMount, file.string(), network);
        if (place.exists && closedToWriting(file))
            throw StorageError(StorageErrorKind::ReadOnly, file.string(), {});
        if (!place.exists) {
            prepareFolder(file);
            create(file);
        }
        database = std::make_unique<SQLite::Database>(
            file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, static_cast<int>(busy.count()));
        configure(*database);
        const auto outcome = examine(*database); // which needs no lock
        if (outcome == MigrationOutcome::Outdated)
            keepBeforeUpgrade(*database, file);
        if (outcome != MigrationOutcome::Current)
            refuse(migrate(*database), file, *database);
        database->exec("PRAGMA synchronous = NORMAL");
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, database.get());
    }
    return database;
}

std::unique_ptr<SQLite::Database> openBeside(const fs::path& file)
{
    try {
        auto database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE, 0);
        database->exec("PRAGMA wal_autocheckpoint = 0");
        database->exec("PRAGMA synchronous = NORMAL");
        return database;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

namespace {

// A reader knows this version's columns alone.
void bringUpToDate(const fs::path& file)
{
    try {
        openForWriting(file);
    } catch (const StorageError& error) {
        throw StorageError(
            error.kind(), file.string(), "it is of an earlier version of Nabız and must be brought up to date first");
    }
}

} // namespace

std::unique_ptr<SQLite::Database> openForReading(const fs::path& file)
{
    if (const Place place = lookAt(file); !place.filled) {
        throw StorageError(
            StorageErrorKind::Missing, file.string(), place.exists ? "the file is empty" : std::string());
    }
    try {
        auto outcome = MigrationOutcome::Current;
        auto database = readChecked(file, outcome);
        if (outcome == MigrationOutcome::Newer && holdsWhatIsRead(*database))
            outcome = MigrationOutcome::Current; // for a reader
        refuse(outcome, file, *database);
        if (outcome == MigrationOutcome::Outdated) {
            database.reset();
            bringUpToDate(file);
            database = readChecked(file, outcome);
            refuse(outcome, file, *database);
        }
        if (outcome == MigrationOutcome::Empty)
            throw StorageError(StorageErrorKind::Missing, file.string(), "the database has no tables yet");
        database->exec("PRAGMA cache_size = -16384");
        return database;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

std::unique_ptr<SQLite::Database> openForeign(const fs::path& file)
{
    if (const Place place = lookAt(file); !place.filled) {
        throw StorageError(
            StorageErrorKind::Missing, file.string(), place.exists ? "the file is empty" : std::string());
    }
    try {
        auto database = readOnly(file);
        try {
            database->execAndGet("SELECT count(*) FROM sqlite_master");
        } catch (const SQLite::Exception& error) {
            const int code = error.getErrorCode() & 0xff;
            if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || isThere(file.string() + "-wal"))
                throw;
            database = immutable(file);
            database->execAndGet("SELECT count(*) FROM sqlite_master");
        }
        return database;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

} // namespace nabiz::storage
