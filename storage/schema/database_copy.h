// SPDX-License-Identifier: GPL-3.0-or-later
// Copies a database that is open, as of one moment, by SQLite's online backup: whoever writes it goes on meanwhile. The
// copy is one file, without a log beside it. The connection's thread.
#pragma once

#include <filesystem>
#include <stop_token>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// Into a file that is empty or not there. False: stopped before the end. Throws SQLite::Exception.
bool copyDatabase(SQLite::Database& from, const std::filesystem::path& to, const std::stop_token& stop = {});

} // namespace nabiz::storage
