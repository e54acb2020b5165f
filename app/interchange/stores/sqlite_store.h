// SPDX-License-Identifier: GPL-3.0-or-later
// What the stores that are SQLite files share: a file is looked at only where its name says that it is one, and never
// this process's own database. Any thread.
#pragma once

#include "app/interchange/stores/store_reader.h"
#include "storage/foreign/foreign_database.h"
#include "trainer/base/kept_files.h"

namespace nabiz::app {

inline bool isSqliteOf(const std::filesystem::path& path, storage::ForeignKind kind)
{
    const auto ending = path.extension();
    std::error_code error;
    return (ending == ".db" || ending == ".sqlite" || ending == ".sqlite3" || ending == ".trackio")
        && std::filesystem::is_regular_file(path, error) && !trainer::isDatabase(path)
        && storage::foreignKind(path) == kind;
}

// In the words that a person reads of a store.
template <typename Read> auto readSqlite(const Read& read)
{
    try {
        return read();
    } catch (const storage::StorageError& error) {
        throw StoreError(error.detail().empty() ? error.what() : error.detail());
    }
}

} // namespace nabiz::app
