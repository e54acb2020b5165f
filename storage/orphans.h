// SPDX-License-Identifier: GPL-3.0-or-later
// Runs left in a live state by a process that is gone become interrupted, those that waited in its queue included: their
// configuration is there to start them again. A run that lives in another process stays as it is.
// The thread that opens the database.
#pragma once

namespace SQLite {
class Database;
}

namespace nabiz::storage {

void interruptOrphans(SQLite::Database& database);

} // namespace nabiz::storage
