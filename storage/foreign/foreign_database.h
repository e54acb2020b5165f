// SPDX-License-Identifier: GPL-3.0-or-later
// An SQLite file of another program, read alone, while that program may write it. Which columns it has is asked, since
// they differ by its version. The connection's thread.
#pragma once

#include "storage/records/storage_error.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>

namespace SQLite {
class Database;
class Exception;
} // namespace SQLite

namespace nabiz::storage {

enum class ForeignKind { None, Mlflow, Trackio, Unreadable };

// By its tables. Unreadable: a database, but locked or damaged, so that nobody can tell whose.
ForeignKind foreignKind(const std::filesystem::path& file);

class ForeignDatabase {
public:
    // Throws StorageError.
    explicit ForeignDatabase(const std::filesystem::path& file);
    ~ForeignDatabase();

    SQLite::Database& database() { return *m_database; }
    bool hasTable(const std::string& table);
    // The column as it is called, or else this SQL in its place.
    std::string column(const std::string& table, const std::string& name, const std::string& otherwise);
    // By its rows' numbers it is read on, which a table made WITHOUT ROWID has not. Throws StorageError.
    void needRowNumbers(const std::string& table);
    // In terms of storage.
    StorageError told(const SQLite::Exception& error);

private:
    void openCopy();

    const std::filesystem::path m_file;
    std::filesystem::path m_copy; // a folder; empty: it is read where it lies
    std::unique_ptr<SQLite::Database> m_database;
};

} // namespace nabiz::storage
