// SPDX-License-Identifier: GPL-3.0-or-later
// Backs up the database while it is in use: a copy as of one moment, looked through before it gets its name. One
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace nabiz::storage {

// What lies where a backup shall go.
enum class BackupPlace {
    Free,
    Earlier, // a database of Nabız that nobody has open: it may be replaced
    Another, // no database of Nabız, or one with other runs than these
    InUse,
    Leftover // no file, but the log of one: SQLite would take it for the backup's
};
BackupPlace lookAtBackupPlace(const std::filesystem::path& place, const std::filesystem::path& database);

struct Backup {
    std::int64_t bytes = 0;
    std::int64_t runs = 0; // those in the trash, too
    std::string waiting; // what was set aside (side_file.h) and is not in it, as a sentence; empty: nothing
};
// Into `aside`, an empty file; `place` is what it will be called, for what is said. std::nullopt: stopped. Throws
// StorageError, of kind Damaged where the copy does not pass SQLite's check.
std::optional<Backup> backUp(const std::filesystem::path& database, const std::filesystem::path& aside,
    const std::filesystem::path& place, const std::stop_token& stop);

} // namespace nabiz::storage
