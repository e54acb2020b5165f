// SPDX-License-Identifier: GPL-3.0-or-later
// The queue, as SQL: runs that belong to no process until one takes them. All of it within the writer's transaction,
// which is begun IMMEDIATE: of two programs on one database only one takes a run.
// The writer's thread.
#pragma once

#include "storage/records/process_identity.h"
#include "storage/records/queue_state.h"

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

class RunWriter;

class QueueWriter {
public:
    QueueWriter(SQLite::Database& database, RunWriter& runs);

    QueueState state() const; // in order
    // At that place, or last when there are not so many. One that is live belongs to no process from then on; one that
    // has ended goes on when it is taken.
    void put(RunId run, std::size_t position);
    // False when it does not wait there: it was taken or removed meanwhile.
    bool move(RunId run, std::size_t position);
    // The first of that group, or of all, becomes this process's, preparing.
    QueueTake take(const std::string& group);
    void setPaused(bool paused);
    // Stopped, and in the trash unless batches of it are there.
    bool remove(RunId run);
    // See Recorder::takeAgain().
    bool takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches);

private:
    void set(const std::vector<RunId>& runs);
    bool leave(RunId run);
    bool hasTrained(RunId run) const;
    std::string group(RunId run) const;

    SQLite::Database& m_database;
    RunWriter& m_runs;
    const ProcessIdentity m_process = ProcessIdentity::current();
};

} // namespace nabiz::storage
