// SPDX-License-Identifier: GPL-3.0-or-later
// What a source calls its run, which may be told or changed long after the run began: its name, note and tags are taken
// as long as they are still those that it gave, and left alone once a person has set others. The writer's thread.
#pragma once

#include "storage/recording/run_writer.h"
#include "storage/records/imported_run.h"

namespace nabiz::storage {

class ToldWords {
public:
    ToldWords(SQLite::Database& database, RunWriter& runs);
    // Of a run that has just been added, or is known: what is new of them is taken.
    void keep(RunId id, const ImportedRun& run, const NameChoice& freeName);

private:
    std::string freeName(RunId id, const std::string& base, const NameChoice& choice);

    SQLite::Database& m_database;
    RunWriter& m_runs;
};

} // namespace nabiz::storage
