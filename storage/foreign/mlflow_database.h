// SPDX-License-Identifier: GPL-3.0-or-later
// The runs in a database of MLflow (mlflow.db), of any of its versions: experiments, parameters, tags, metrics, each in
// the order in which it was logged. One thread.
#pragma once

#include "storage/foreign/foreign_database.h"
#include "storage/records/imported_run.h"

#include <map>
#include <vector>

namespace nabiz::storage {

// What MLflow's own tags say goes to its place: the name, the note, facts; a person's are tags.
void takeMlflowTag(ImportedRun& run, const std::string& key, const std::string& value);
std::optional<RunStatus> mlflowStatus(const std::string& status);
// Infinities are stored as the largest number there is.
double mlflowValue(double value);

class MlflowDatabase {
public:
    explicit MlflowDatabase(const std::filesystem::path& file)
        : m_path(file)
    {
    }
    // All runs at first, then what has come since. Throws StorageError.
    std::vector<ImportedRun> read();

private:
    void readRuns(ForeignDatabase& store, std::map<std::string, ImportedRun, std::less<>>& runs) const;
    void readTexts(ForeignDatabase& store, std::map<std::string, ImportedRun, std::less<>>& runs) const;
    void readMetrics(ForeignDatabase& store, std::map<std::string, ImportedRun, std::less<>>& runs);

    const std::filesystem::path m_path;
    std::int64_t m_row = -1; // the last of `metrics` that was read
    std::map<std::string, std::string> m_told; // what was said of each run beside its points
};

} // namespace nabiz::storage
