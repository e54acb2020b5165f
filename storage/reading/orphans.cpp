// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/orphans.h"

#include "storage/reading/queue_reader.h"
#include "storage/records/message_text.h"
#include "storage/records/process_identity.h"
#include "storage/records/records.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <vector>

namespace nabiz::storage {

namespace {

struct Orphan {
    RunId run;
    RunStatus status;
};

std::vector<Orphan> orphans(SQLite::Database& database)
{
    std::vector<Orphan> found;
    SQLite::Statement query(database,
        "SELECT id, status, host, boot, pid, process_start FROM run"
        " WHERE status IN "
            + liveStates() + " AND id NOT IN (SELECT run FROM queue)");
    while (query.executeStep()) {
        const ProcessIdentity owner { query.getColumn(2).getString(), query.getColumn(3).getString(),
            query.getColumn(4).getInt64(), query.getColumn(5).getInt64() };
        if (!owner.isAlive())
            found.push_back({ query.getColumn(0).getInt64(),
                runStatus(query.getColumn(1).getString()).value_or(RunStatus::Running) });
    }
    return found;
}

} // namespace

std::string interruption(RunStatus status)
{
    switch (status) {
    case RunStatus::Queued:
        return NABIZ_TEXT("Message", "The program ended while the run waited in the queue.");
    case RunStatus::Preparing:
        return NABIZ_TEXT("Message", "The program ended while the run was preparing.");
    case RunStatus::Paused:
        return NABIZ_TEXT("Message", "The program ended while the run was paused.");
    case RunStatus::Stopping:
        return NABIZ_TEXT("Message", "The program ended while the run was stopping.");
    default:
        return NABIZ_TEXT("Message", "The program ended while the run was running.");
    }
}

std::vector<RunId> interruptOrphans(SQLite::Database& database)
{
    if (orphans(database).empty())
        return {};
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    // It ended when it was last heard of.
    SQLite::Statement update(database,
        "UPDATE run SET status = 'interrupted', failure = ?, ended = coalesce(started, created) + coalesce("
        "(SELECT CAST(time * 1000 AS INTEGER) FROM batch WHERE batch.run = run.id ORDER BY seq DESC LIMIT 1), 0) WHERE id = ?");
    std::vector<RunId> ended;
    for (const auto& orphan : orphans(database)) {
        update.reset();
        update.bind(1, interruption(orphan.status));
        update.bind(2, orphan.run);
        update.exec();
        if (orphan.status != RunStatus::Queued)
            requeue(database, orphan.run);
        ended.push_back(orphan.run);
    }
    transaction.commit();
    return ended;
}

void sweepPartialCheckpoints(SQLite::Database& database, const std::filesystem::path& checkpoints)
{
    namespace fs = std::filesystem;
    std::error_code error; // what cannot be looked at or deleted stays for the next time
    for (const fs::directory_entry& folder : fs::directory_iterator(checkpoints, error)) {
        SQLite::Statement live(
            database, "SELECT 1 FROM run WHERE id = CAST(? AS INTEGER) AND status IN " + liveStates());
        live.bind(1, folder.path().filename().string());
        if (live.executeStep() || !folder.is_directory(error))
            continue;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder.path(), error)) {
            if (entry.path().extension() == ".partial")
                fs::remove_all(entry.path(), error);
        }
    }
}

} // namespace nabiz::storage
