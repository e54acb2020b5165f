// SPDX-License-Identifier: GPL-3.0-or-later
// The edits of a run, as SQL. Each is called inside a transaction, and may be called again when that has failed.
// The writer's thread.
#pragma once

#include "storage/records/process_identity.h"
#include "storage/records/written.h"

#include <map>
#include <string>
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

    bool exists(RunId run) const;

private:
    void addFacts(RunId run, const std::map<std::string, std::string>& facts);
    void setField(const char* query, RunId run, const std::string& text);

    SQLite::Database& m_database;
    ProcessIdentity m_process = ProcessIdentity::current();
};

std::int64_t now(); // ms since 1970, UTC

} // namespace nabiz::storage
