// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/orphans.h"
#include "storage/process_identity.h"
#include "storage/records.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <vector>

namespace nabiz::storage {

namespace {

struct Orphan {
    RunId run;
    std::string status;
};

std::vector<Orphan> orphans(SQLite::Database& database)
{
    std::vector<Orphan> found;
    SQLite::Statement query(database,
        "SELECT id, status, host, boot, pid, process_start FROM run"
        " WHERE status IN ('queued', 'preparing', 'running', 'paused', 'stopping')");
    while (query.executeStep()) {
        const ProcessIdentity owner { query.getColumn(2).getString(), query.getColumn(3).getString(),
            query.getColumn(4).getInt64(), query.getColumn(5).getInt64() };
        if (!owner.isAlive())
            found.push_back({ query.getColumn(0).getInt64(), query.getColumn(1).getString() });
    }
    return found;
}

} // namespace

void interruptOrphans(SQLite::Database& database)
{
    if (orphans(database).empty())
        return;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    // It ended when it was last heard of.
    SQLite::Statement update(database,
        "UPDATE run SET status = 'interrupted', failure = ?, ended = coalesce(started, created) + coalesce("
        "(SELECT CAST(time * 1000 AS INTEGER) FROM batch WHERE batch.run = run.id ORDER BY seq DESC LIMIT 1), 0) WHERE id = ?");
    for (const auto& orphan : orphans(database)) {
        update.reset();
        update.bind(1, orphan.status == "queued" ? std::string("The program ended while the run waited in the queue.")
                                                 : "The program ended while the run was " + orphan.status + ".");
        update.bind(2, orphan.run);
        update.exec();
    }
    transaction.commit();
}

} // namespace nabiz::storage
