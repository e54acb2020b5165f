// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"
#include "storage/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

constexpr int kBusyMs = 5000;

StorageErrorKind kindOf(int code, int systemError)
{
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return StorageErrorKind::NotADatabase;
    case SQLITE_CORRUPT:
        return StorageErrorKind::Damaged;
    case SQLITE_FULL:
        return StorageErrorKind::Full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return StorageErrorKind::Busy;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return StorageErrorKind::ReadOnly;
    case SQLITE_IOERR:
        // SQLite calls only ENOSPC a full disk.
        return systemError == EFBIG || systemError == EDQUOT || systemError == ENOSPC ? StorageErrorKind::Full
                                                                                     : StorageErrorKind::Io;
    case SQLITE_CANTOPEN:
        return systemError == EACCES || systemError == EROFS || systemError == EPERM ? StorageErrorKind::ReadOnly
                                                                                    : StorageErrorKind::Io;
    default:
        return StorageErrorKind::Io;
    }
}

// Of the last file operation that failed; errno itself has been overwritten by the rollback since. Changes go to the log
// or the journal first.
int lastError(SQLite::Database* database)
{
    if (!database)
        return errno;
    sqlite3_file* journal = nullptr;
    int error = 0;
    sqlite3_file_control(database->getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal && journal->pMethods)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &error);
    if (error == 0)
        sqlite3_file_control(database->getHandle(), "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    return error ? error : sqlite3_system_errno(database->getHandle());
}

// Looks at the file without SQLite. False: there is none yet, or it is empty.
bool holdsSomething(const fs::path& file)
{
    std::error_code error;
    const auto status = fs::status(file, error);
    if (error && status.type() != fs::file_type::not_found)
        throw StorageError(StorageErrorKind::Io, file.string(), error.message());
    if (status.type() == fs::file_type::not_found)
        return false;
    if (status.type() == fs::file_type::directory)
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is a folder");
    if (status.type() != fs::file_type::regular)
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is not a regular file");
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw StorageError(StorageErrorKind::Io, file.string(), "it may not be read");
    std::string begin(kMagic.size(), '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    if (stream.gcount() == 0)
        return false;
    if (stream.gcount() < static_cast<std::streamsize>(begin.size()) || begin != kMagic)
        throw StorageError(StorageErrorKind::NotADatabase, file.string(), "it is not an SQLite file");
    return true;
}

void refuse(MigrationOutcome outcome, const fs::path& file)
{
    switch (outcome) {
    case MigrationOutcome::Newer:
        throw StorageError(StorageErrorKind::Newer, file.string(), {});
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

// A file on a read-only medium has no place for the log that goes with it; as nobody can write there, it is read as it is.
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

std::unique_ptr<SQLite::Database> readChecked(const fs::path& file, MigrationOutcome& outcome)
{
    auto database = readOnly(file);
    try {
        outcome = examine(*database);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xff;
        if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || fs::exists(file.string() + "-wal"))
            throw storageError(error, file, database.get());
        database = immutable(file);
        outcome = examine(*database);
    }
    return database;
}

// Root may write anything; a file that its owner has closed to writing is still meant to stay as it is.
bool closedToWriting(const fs::path& file)
{
    struct stat status {};
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

void removeAll(const fs::path& file)
{
    std::error_code ignored; // best effort: the reason why it could not be made is what the caller tells
    for (const char* suffix : { "", "-wal", "-shm", "-journal" })
        fs::remove(file.string() + suffix, ignored);
}

} // namespace

StorageError storageError(const SQLite::Exception& error, const fs::path& file, SQLite::Database* database)
{
    return StorageError(kindOf(error.getErrorCode(), lastError(database)), file.string(), error.what());
}

bool mayPass(StorageErrorKind kind)
{
    return kind == StorageErrorKind::Full || kind == StorageErrorKind::Io || kind == StorageErrorKind::ReadOnly
        || kind == StorageErrorKind::Busy || kind == StorageErrorKind::Missing;
}

std::unique_ptr<SQLite::Database> openForWriting(const fs::path& file)
{
    const bool existed = fs::exists(file);
    const bool filled = holdsSomething(file);
    std::unique_ptr<SQLite::Database> database;
    try {
        if (filled) {
            auto outcome = MigrationOutcome::Current;
            readChecked(file, outcome);
            refuse(outcome, file);
        }
        if (existed && closedToWriting(file))
            throw StorageError(StorageErrorKind::ReadOnly, file.string(), {});
        prepareFolder(file);
        database = std::make_unique<SQLite::Database>(
            file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMs);
        database->exec("PRAGMA journal_mode = WAL");
        database->exec("PRAGMA synchronous = FULL");
        database->exec("PRAGMA foreign_keys = ON");
        // Larger than usual: at full speed the log is copied back four times less often.
        database->exec("PRAGMA wal_autocheckpoint = 4000");
        database->exec("PRAGMA journal_size_limit = 67108864");
        database->exec("PRAGMA cache_size = -16384");
        refuse(migrate(*database), file);
        database->exec("PRAGMA synchronous = NORMAL");
    } catch (const SQLite::Exception& error) {
        const auto translated = storageError(error, file, database.get());
        database.reset();
        if (!existed)
            removeAll(file);
        throw translated;
    }
    return database;
}

namespace {

// A reader knows this version's columns alone.
void bringUpToDate(const fs::path& file)
{
    try {
        openForWriting(file);
    } catch (const StorageError& error) {
        throw StorageError(error.kind(), file.string(), "it is of an earlier version of Nabız and must be brought up to date first");
    }
}

} // namespace

std::unique_ptr<SQLite::Database> openForReading(const fs::path& file)
{
    if (!holdsSomething(file)) {
        throw StorageError(StorageErrorKind::Missing, file.string(),
            fs::exists(file) ? "the file is empty" : std::string());
    }
    try {
        auto outcome = MigrationOutcome::Current;
        auto database = readChecked(file, outcome);
        refuse(outcome, file);
        if (outcome == MigrationOutcome::Outdated) {
            database.reset();
            bringUpToDate(file);
            database = readChecked(file, outcome);
            refuse(outcome, file);
        }
        if (outcome == MigrationOutcome::Empty)
            throw StorageError(StorageErrorKind::Missing, file.string(), "the database has no tables yet");
        database->exec("PRAGMA cache_size = -16384");
        return database;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

} // namespace nabiz::storage
