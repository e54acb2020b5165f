// SPDX-License-Identifier: GPL-3.0-or-later
// The edits of a run, as SQL. Each is called inside a transaction, and may be called again when that has failed.
// The writer's thread.
#pragma once

#include "storage/records/imported_run.h"
#include "storage/records/process_identity.h"
#include "storage/records/queue_state.h"
#include "storage/records/written.h"

#include <vector>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

class RunWriter {
public:
    explicit RunWriter(SQLite::Database& database);

    // `freeName`: makes the name one that no run has yet.
    RunId add(const Run& run, const std::vector<Parameter>& parameters, const NameChoice& freeName = {});
    void setStatus(RunId run, RunStatus status, const std::string& failure, std::int64_t when);
    // Of a live run that another process writes.
    void setProcess(RunId run, const ProcessIdentity& process);
    void setStarted(RunId run, std::int64_t when);
    std::int64_t created(RunId run) const; // 0: there is no such run
    void setPrepared(RunId run, const std::vector<Parameter>& applied, const std::map<std::string, std::string>& facts,
        std::int64_t plannedBatches);
    void addEvent(RunId run, const Event& event);
    void addCheckpoint(RunId run, const Checkpoint& checkpoint);
    void removeCheckpoint(RunId run, std::int64_t batch);
    void rename(RunId run, const std::string& name);
    void setWhy(RunId run, const std::string& why);
    void setNote(RunId run, const std::string& note);
    // An empty text takes it away.
    void setText(RunId run, const std::string& name, const std::string& text);
    void addReport(const WrittenReport& report);
    void setTags(RunId run, const std::vector<std::string>& tags);
    void setStarred(RunId run, bool starred);
    // False when it is live, in the trash already, or not there.
    bool putInTrash(RunId run);
    void restore(RunId run);
    void remove(RunId run);

    // The queue, in order (run_writer_queue.cpp).
    QueueState queue() const;
    // At that place, or last when there are not so many. One that is live belongs to no process from then on; one that
    // has ended goes on when it is taken.
    void putInQueue(RunId run, std::size_t position);
    // False when it does not wait there: it was taken or removed meanwhile.
    bool moveInQueue(RunId run, std::size_t position);
    // The first of that group, or of all, becomes this process's, preparing.
    QueueTake takeFromQueue(const std::string& group);
    void setQueuePaused(bool paused);
    // Stopped, and in the trash unless batches of it are there.
    bool removeFromQueue(RunId run);
    // See Recorder::takeAgain().
    bool takeAgain(RunId run, const std::vector<Parameter>& declared, std::int64_t plannedBatches);

    // A run of another program, anew or what it has grown by (import_writer.h).
    ImportedOutcome keepImported(const ImportedRun& run, const NameChoice& freeName);

    // Numbers of the metrics by name, added where they are new; 0 for those without a name.
    std::vector<std::int64_t> metricIds(RunId run, const std::vector<Metric>& metrics);
    std::int64_t nextSegment(RunId run) const;
    std::int64_t nextSeq(RunId run) const;

    bool exists(RunId run) const;
    // Stores the summary of a run that has ended, drops that of one that is live.
    void refreshSummary(RunId run);
    void dropSummary(RunId run);
    void writeMissingSummaries();
    // What long curves are opened from: of a run that has ended, unless it stands already. May take seconds.
    void writeMissingPyramid(RunId run);
    std::vector<RunId> runsWithoutPyramid() const;

private:
    void setQueue(const std::vector<RunId>& runs);
    bool leaveQueue(RunId run);
    bool hasTrained(RunId run) const;
    std::string group(RunId run) const;
    void addFacts(RunId run, const std::map<std::string, std::string>& facts);
    void setField(const char* query, RunId run, const std::string& text);

    SQLite::Database& m_database;
    ProcessIdentity m_process = ProcessIdentity::current();
};

std::int64_t now(); // ms since 1970, UTC

} // namespace nabiz::storage
