// SPDX-License-Identifier: GPL-3.0-or-later
// What the stores that are SQLite files share: a file is looked at only where its name says that it is one, and never
// this process's own database. Any thread.
#pragma once

#include "app/interchange/stores/store_reader.h"
#include "storage/foreign/foreign_database.h"
#include "trainer/base/kept_files.h"

namespace nabiz::app {

inline storage::ForeignKind sqliteKind(const std::filesystem::path& path)
{
    const auto ending = path.extension();
    std::error_code error;
    const bool isOne = (ending == ".db" || ending == ".sqlite" || ending == ".sqlite3" || ending == ".trackio")
        && std::filesystem::is_regular_file(path, error) && !trainer::isDatabase(path);
    return isOne ? storage::foreignKind(path) : storage::ForeignKind::None;
}

// In the words that a person reads of a store.
template <typename Read> auto readSqlite(const Read& read)
{
    try {
        return read();
    } catch (const storage::StorageError& error) {
        if (error.kind() == storage::StorageErrorKind::Busy)
            throw StoreError("its tracker holds it locked; read it again when that has let go");
        throw StoreError(error.detail().empty() ? error.what() : error.detail());
    }
}

} // namespace nabiz::app
