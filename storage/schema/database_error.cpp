// SPDX-License-Identifier: GPL-3.0-or-later
// What SQLite and the system say of a failure, as one of Storage's kinds, and what SQLite says of a database.
#include "storage/schema/database.h"
#include "storage/schema/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cerrno>
#include <string>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

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

// Of the last file operation that failed; errno itself has been overwritten by the rollback since. Changes go to the
// log or the journal first.
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

} // namespace

StorageError storageError(const SQLite::Exception& error, const fs::path& file, SQLite::Database* database)
{
    return StorageError(kindOf(error.getErrorCode(), lastError(database)), file.string(), error.what());
}

StorageError newerError(const fs::path& file, int version)
{
    return StorageError(StorageErrorKind::Newer, file.string(),
        "its schema is of version " + std::to_string(version) + ", this program's of version "
            + std::to_string(schemaVersion()));
}

std::string integrityOf(SQLite::Database& database, bool isQuick)
{
    std::string found;
    const auto add = [&found](const std::string& line) { found.append(found.empty() ? 0 : 1, '\n').append(line); };
    try {
        SQLite::Statement query(database, isQuick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)");
        while (query.executeStep())
            add(query.getColumn(0).getString());
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_CORRUPT && error.getErrorCode() != SQLITE_NOTADB)
            throw;
        add(error.what());
    }
    return found;
}

bool mayPass(StorageErrorKind kind)
{
    return kind == StorageErrorKind::Full || kind == StorageErrorKind::Io || kind == StorageErrorKind::ReadOnly
        || kind == StorageErrorKind::Busy || kind == StorageErrorKind::Missing;
}

} // namespace nabiz::storage
