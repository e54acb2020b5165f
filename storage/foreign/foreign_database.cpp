// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/foreign_database.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace nabiz::storage {

ForeignKind foreignKind(const std::filesystem::path& file)
{
    try {
        ForeignDatabase database(file);
        if (database.hasTable("experiments") && database.hasTable("runs") && database.hasTable("metrics"))
            return ForeignKind::Mlflow;
        if (database.hasTable("metrics") && database.column("metrics", "run_name", "") == "run_name"
            && database.column("metrics", "metrics", "") == "metrics")
            return ForeignKind::Trackio;
    } catch (const StorageError&) {
        return ForeignKind::None; // no database, or one that nobody can read
    } catch (const SQLite::Exception&) {
        return ForeignKind::None;
    }
    return ForeignKind::None;
}

ForeignDatabase::ForeignDatabase(const std::filesystem::path& file)
    : m_file(file)
    , m_database(openForeign(file))
{
}

ForeignDatabase::~ForeignDatabase() = default;

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

StorageError ForeignDatabase::told(const SQLite::Exception& error)
{
    return storageError(error, m_file, m_database.get());
}

} // namespace nabiz::storage
