// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/queue_reader.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace nabiz::storage {

namespace {

constexpr int kMostTries = 3; // what ends its process each time is not to do so all night

} // namespace

QueueState readQueue(SQLite::Database& database)
{
    QueueState state;
    SQLite::Statement last(database,
        "SELECT queue_state.paused, queue_state.tries, run.id, run.status, run.host, run.boot, run.pid,"
        " run.process_start FROM queue_state LEFT JOIN run ON run.id = queue_state.run"
        " AND run.deleted IS NULL AND run.id NOT IN (SELECT run FROM queue)");
    if (last.executeStep()) {
        state.isPaused = last.getColumn(0).getInt() != 0;
        const auto status = runStatus(last.getColumn(3).getString());
        if (status && isLive(*status) && *status != RunStatus::Queued) {
            state.server = { last.getColumn(4).getString(), last.getColumn(5).getString(), last.getColumn(6).getInt64(),
                last.getColumn(7).getInt64() };
            const RunId run = last.getColumn(2).getInt64();
            if (state.server.isAlive())
                state.served = run;
            else if (last.getColumn(1).getInt() < kMostTries)
                state.waiting.push_back(run);
        }
    }
    SQLite::Statement query(database,
        "SELECT queue.run FROM queue JOIN run ON run.id = queue.run WHERE run.deleted IS NULL"
        " ORDER BY queue.position, queue.run");
    while (query.executeStep())
        state.waiting.push_back(query.getColumn(0).getInt64());
    return state;
}

void requeue(SQLite::Database& database, RunId run)
{
    SQLite::Statement insert(database,
        "INSERT OR IGNORE INTO queue (run, position)"
        " SELECT run, (SELECT coalesce(min(position), 0) - 1 FROM queue) FROM queue_state"
        " WHERE run = ? AND tries < ?");
    insert.bind(1, run);
    insert.bind(2, kMostTries);
    insert.exec();
}

} // namespace nabiz::storage
