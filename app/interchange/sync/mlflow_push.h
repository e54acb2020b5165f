// SPDX-License-Identifier: GPL-3.0-or-later
// Puts runs of the database on a tracking server of MLflow, also while they train: each run once, known by a tag, and
// each point once. What was on its way when it broke off is asked of the server, so that it goes on from any moment.
// Blocks; one thread.
#pragma once

#include "app/interchange/sync/mlflow_server.h"
#include "storage/run_store.h"

#include <set>

namespace nabiz::app {

inline constexpr const char* kOriginTag = "nabiz.origin"; // of the runs that come from here

struct PushedRun {
    storage::RunId run = 0;
    std::string name, mlflowRun;
    std::int64_t points = 0; // there now
    std::int64_t newPoints = 0;
};

class MlflowPush {
public:
    MlflowPush(MlflowServer& server, const std::string& experiment);

    // What has come since the last call. Nothing where nothing has. Throws MlflowError.
    std::optional<PushedRun> push(const storage::RunStore& store, const storage::RunOverview& overview);

private:
    // As (key, step, time, bits of the value).
    using Key = std::tuple<std::string, std::int64_t, std::int64_t, std::uint64_t>;
    struct Sent {
        std::string id;
        std::int64_t rows = 0; // of the history, the last of them that batch at that time
        std::int64_t batch = 0;
        double time = 0;
        std::int64_t points = 0;
        std::set<Key> there; // found on the server, and not met in the history yet
        std::map<std::string, std::string> parameters, tags;
        std::string told; // its state
        bool isSure = true; // that all that was sent arrived, and nothing else
    };

    void find();
    Sent& sentOf(const storage::RunOverview& overview, bool& isNew);
    void ask(Sent& sent, const std::vector<std::string>& metrics);
    void deliver(const std::vector<MlflowPoint>& points, Sent& sent);
    std::int64_t sendPoints(const storage::RunStore& store, const storage::Run& run, Sent& sent);
    void describe(const storage::RunStore& store, const storage::Run& run, Sent& sent);

    MlflowServer& m_server;
    const std::string m_experiment; // id
    std::map<storage::RunId, Sent> m_sent;
    std::map<std::string, MlflowRun> m_found; // by the tag
    bool m_isStale = true; // a run may have been made since
};

} // namespace nabiz::app
