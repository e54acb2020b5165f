// SPDX-License-Identifier: GPL-3.0-or-later
// The SQL of what waits in the queue, and whether somebody runs it.
// The connection's thread.
#pragma once

#include "storage/records/queue_state.h"

namespace SQLite {
class Database;
}

namespace nabiz::storage {

// As the next who opens it for writing will find it: a run whose process has gone waits again.
QueueState readQueue(SQLite::Database& database);
// Puts such a run, which has just become interrupted, back; not after the third time.
void requeue(SQLite::Database& database, RunId run);

} // namespace nabiz::storage
