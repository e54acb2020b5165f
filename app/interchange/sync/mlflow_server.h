// SPDX-License-Identifier: GPL-3.0-or-later
// A tracking server of MLflow, by its REST interface (api/2.0/mlflow): runs are listed, made, and given points, in the
// batches that it takes. MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD, are obeyed. Blocks; one
// thread.
#pragma once

#include "app/web/web_request.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace nabiz::app {

// One sentence, English; it names the server and no password.
class MlflowError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct MlflowPoint {
    std::string key;
    std::int64_t step = 0;
    std::int64_t time = 0; // ms since 1970
    double value = 0;
};

struct MlflowRun {
    std::string id, name, status, experiment;
    std::optional<std::int64_t> started, ended; // ms since 1970
    std::map<std::string, std::string> parameters, tags;
    std::vector<std::string> metrics;
    std::string digest; // another one whenever anything of it is
};

class MlflowServer {
public:
    static constexpr std::ptrdiff_t kMostPoints = 900; // of a batch, beside what else is in it

    // Throws MlflowError where that is no address.
    MlflowServer(const std::string& url, std::stop_token stop);

    const std::string& url() const { return m_url; } // without a password
    // Each throws MlflowError.
    std::string experiment(const std::string& name); // its id; made where there is none
    std::vector<std::pair<std::string, std::string>> experiments(); // id and name
    std::vector<MlflowRun> runs(const std::string& experiment);
    std::vector<MlflowPoint> history(const std::string& run, const std::string& key);
    std::string createRun(const std::string& experiment, const std::string& name, std::int64_t started,
        const std::map<std::string, std::string>& tags);
    void logPoints(const std::string& run, const std::vector<MlflowPoint>& points);
    void logParameters(const std::string& run, const std::map<std::string, std::string>& parameters);
    void setTags(const std::string& run, const std::map<std::string, std::string>& tags);
    void update(
        const std::string& run, const std::string& name, const std::string& status, std::optional<std::int64_t> ended);

private:
    nlohmann::json call(const std::string& path, const nlohmann::json& body, bool isOnce = false);
    nlohmann::json get(const std::string& path);
    nlohmann::json answerOf(const WebAnswer& answer, const std::string& path) const;

    std::string m_url; // shown
    std::string m_base;
    std::vector<std::string> m_headers;
    const std::stop_token m_stop;
    WebClient m_client;
    WebClient m_once; // for what may not be done twice
};

} // namespace nabiz::app
