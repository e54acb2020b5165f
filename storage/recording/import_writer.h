// SPDX-License-Identifier: GPL-3.0-or-later
// Stores a run of another program so that the same given again adds nothing, and a grown one its new points. Inside the
// writer's transaction: points and how far the source was read are stored together, or neither. The writer's thread.
#pragma once

#include "storage/reading/batch_index.h"
#include "storage/recording/run_writer.h"
#include "storage/records/imported_run.h"

namespace nabiz::storage {

class ImportWriter {
public:
    ImportWriter(SQLite::Database& database, RunWriter& runs);
    ImportedOutcome keep(const ImportedRun& run, const NameChoice& freeName);

private:
    RunId known(const ImportedRun& run);
    std::int64_t pointsOf(RunId id);
    RunId add(const ImportedRun& run, const NameChoice& freeName);
    void update(RunId id, const ImportedRun& run);
    double zeroOf(RunId id);
    void addTexts(RunId id, const ImportedRun& run);
    // What of it is not stored yet. `isRewritten`: some of it stands at a step that the stored run has reached.
    std::vector<ImportedSeries> newOf(RunId id, const ImportedRun& run, bool& isRewritten);
    std::int64_t append(RunId id, const std::vector<ImportedSeries>& series, std::int64_t segment);

    SQLite::Database& m_database;
    RunWriter& m_runs;
    BatchIndex m_index;
};

} // namespace nabiz::storage
