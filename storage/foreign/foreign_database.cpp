// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/foreign_database.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdlib>

namespace nabiz::storage {

namespace fs = std::filesystem;

ForeignKind foreignKind(const fs::path& file)
{
    try {
        ForeignDatabase database(file);
        if (database.hasTable("experiments") && database.hasTable("runs") && database.hasTable("metrics"))
            return ForeignKind::Mlflow;
        if (database.hasTable("metrics") && database.column("metrics", "run_name", "") == "run_name"
            && database.column("metrics", "metrics", "") == "metrics")
            return ForeignKind::Trackio;
    } catch (const StorageError& error) {
        const bool isDatabase = error.kind() == StorageErrorKind::Busy || error.kind() == StorageErrorKind::Damaged;
        return isDatabase ? ForeignKind::Unreadable : ForeignKind::None;
    } catch (const SQLite::Exception&) {
        return ForeignKind::Unreadable;
    }
    return ForeignKind::None;
}

ForeignDatabase::ForeignDatabase(const fs::path& file)
    : m_file(file)
{
    try {
        m_database = openForeign(file);
    } catch (const StorageError& error) {
        std::error_code none; // then there is no log, and the error is what it is
        if (error.kind() == StorageErrorKind::Busy || !fs::exists(file.string() + "-wal", none))
            throw;
        openCopy();
    }
}

// A log on a disk that cannot be written is read only where it can be: in a copy.
void ForeignDatabase::openCopy()
{
    std::string place = (fs::temp_directory_path() / "nabiz-XXXXXX").string();
    if (!::mkdtemp(place.data()))
        throw StorageError(StorageErrorKind::Io, m_file.string(), "there is no room for a copy of it");
    m_copy = place;
    std::error_code error;
    fs::copy_file(m_file, m_copy / "copy.db", error);
    if (!error)
        fs::copy_file(m_file.string() + "-wal", m_copy / "copy.db-wal", error);
    fs::permissions(m_copy / "copy.db", fs::perms::owner_write, fs::perm_options::add, error);
    fs::permissions(m_copy / "copy.db-wal", fs::perms::owner_write, fs::perm_options::add, error);
    try {
        if (error)
            throw StorageError(StorageErrorKind::Io, m_file.string(), error.message());
        m_database = openForeign(m_copy / "copy.db");
    } catch (const StorageError&) {
        fs::remove_all(m_copy, error);
        throw;
    }
}

ForeignDatabase::~ForeignDatabase()
{
    m_database.reset();
    std::error_code error; // what lies in the temporary folder the system clears
    if (!m_copy.empty())
        fs::remove_all(m_copy, error);
}

bool ForeignDatabase::hasTable(const std::string& table)
{
    SQLite::Statement query(*m_database, "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?");
    query.bind(1, table);
    return query.executeStep();
}

std::string ForeignDatabase::column(const std::string& table, const std::string& name, const std::string& otherwise)
{
    SQLite::Statement query(*m_database, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    query.bind(1, table);
    query.bind(2, name);
    return query.executeStep() ? name : otherwise;
}

void ForeignDatabase::needRowNumbers(const std::string& table)
{
    SQLite::Statement query(*m_database, "SELECT 1 FROM pragma_table_list(?) WHERE wr = 1");
    query.bind(1, table);
    if (query.executeStep())
        throw StorageError(StorageErrorKind::Missing, m_file.string(),
            "its table " + table
                + " was made WITHOUT ROWID, and so no tracker wrote it: copy its rows into one that has them");
}

StorageError ForeignDatabase::told(const SQLite::Exception& error)
{
    return storageError(error, m_file, m_database.get());
}

} // namespace nabiz::storage
