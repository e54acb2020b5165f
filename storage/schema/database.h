// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the file, after looking at what it is, and turns SQLite's errors into StorageError.
// A connection belongs to one thread.
#pragma once

#include "storage/records/storage_error.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace SQLite {
class Database;
class Exception;
} // namespace SQLite

namespace nabiz::storage {

// Opens or creates the file for writing, at this version's schema; of an earlier one a copy is kept. What is not ours,
// of a later version or on another machine's disk is left byte for byte as it is.
// `busy`: how long a lock of another program is waited for.
inline constexpr std::chrono::milliseconds kBusy { 5000 };
std::unique_ptr<SQLite::Database> openForWriting(
    const std::filesystem::path& file, std::chrono::milliseconds busy = kBusy);
// One more connection to what is open already, that waits for nobody.
std::unique_ptr<SQLite::Database> openBeside(const std::filesystem::path& file);
// Also of a later version, where the tables and columns that this one knows are there.
std::unique_ptr<SQLite::Database> openForReading(const std::filesystem::path& file);
// Another program's: nothing is written, and what it holds the caller finds out. Also from a disk that is read-only.
std::unique_ptr<SQLite::Database> openForeign(const std::filesystem::path& file);

// "ok", or what SQLite finds wrong with it. Quick: without the indexes. Throws SQLite::Exception.
std::string integrityOf(SQLite::Database& database, bool isQuick = false);

// `database` may be null; with it a limit of the file's size or a quota is told from a fault of the disk.
StorageError storageError(
    const SQLite::Exception& error, const std::filesystem::path& file, SQLite::Database* database);

// Of a database whose schema is of a later version than this program's.
StorageError newerError(const std::filesystem::path& file, int version);

// Errors that may pass when one tries again: a full disk, a lock, a disk that comes back.
bool mayPass(StorageErrorKind kind);

} // namespace nabiz::storage
