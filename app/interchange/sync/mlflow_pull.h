// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the runs that others have on a tracking server of MLflow into the database, as an import does: once, and a
// grown one its new points. Blocks; one thread.
#pragma once

#include "app/interchange/store_import.h"
#include "app/interchange/stores/living_writers.h"
#include "app/interchange/sync/mlflow_server.h"

namespace nabiz::app {

class MlflowPull {
public:
    explicit MlflowPull(MlflowServer& server)
        : m_server(server)
    {
    }

    // What has changed since the last call. Throws MlflowError and StorageError.
    void pull(storage::Recorder& recorder, ImportReport& report);

private:
    storage::ImportedRun read(const MlflowRun& run, const std::string& experiment);

    MlflowServer& m_server;
    LivingWriters m_writers;
    std::map<std::string, std::string> m_told; // of each run, by its id
};

} // namespace nabiz::app
