// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/sync/mlflow_server.h"
#include "app/interchange/stores/source_text.h"
#include "storage/foreign/mlflow_database.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>

namespace nabiz::app {

using Json = nlohmann::json;

namespace {

constexpr std::size_t kMostParameters = 100; // of a batch
constexpr std::size_t kLongestKey = 250, kLongestParameter = 500, kLongestTag = 5000; // of the oldest servers in use
constexpr int kPage = 1000;
constexpr auto kAnswer = std::chrono::seconds(60); // a long history takes its time

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

std::string escaped(const std::string& text)
{
    const std::unique_ptr<char, decltype(&curl_free)> part(
        curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size())), &curl_free);
    return part ? part.get() : "";
}

std::string cut(const std::string& text, std::size_t most)
{
    auto end = std::min(text.size(), most);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
        --end; // not within a letter
    return text.substr(0, end);
}

std::string textOf(const Json& json, const char* key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A whole number, which JSON of protobuf may write as a text.
std::optional<std::int64_t> wholeOf(const Json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end())
        return std::nullopt;
    return found->is_string() ? sourceStep(found->get<std::string>())
        : found->is_number()  ? sourceStep(found->get<double>())
                              : std::nullopt;
}

// JSON has no word for what is no number; the server reads these.
Json numberOf(double value)
{
    if (std::isfinite(value))
        return value;
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

Json pairs(const std::map<std::string, std::string>& all, std::size_t longest)
{
    Json list = Json::array();
    for (const auto& [key, value] : all)
        list.push_back({ { "key", cut(key, kLongestKey) }, { "value", cut(value, longest) } });
    return list;
}

std::map<std::string, std::string> pairsOf(const Json& data, const char* name)
{
    std::map<std::string, std::string> all;
    for (const auto& one : data.value(name, Json::array()))
        all[textOf(one, "key")] = textOf(one, "value");
    return all;
}

MlflowRun runOf(const Json& json)
{
    const auto info = json.value("info", Json::object());
    const auto data = json.value("data", Json::object());
    MlflowRun run;
    run.id = textOf(info, "run_id").empty() ? textOf(info, "run_uuid") : textOf(info, "run_id");
    run.name = textOf(info, "run_name");
    run.status = textOf(info, "status");
    run.experiment = textOf(info, "experiment_id");
    run.started = wholeOf(info, "start_time");
    run.ended = wholeOf(info, "end_time");
    run.parameters = pairsOf(data, "params");
    run.tags = pairsOf(data, "tags");
    for (const auto& metric : data.value("metrics", Json::array()))
        run.metrics.push_back(textOf(metric, "key"));
    run.digest = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return run;
}

} // namespace

MlflowServer::MlflowServer(const std::string& url, std::stop_token stop)
    : m_stop(std::move(stop))
    , m_client({ .answer = kAnswer, .pauses = { std::chrono::milliseconds(250), std::chrono::seconds(1) } })
    , m_once({ .answer = kAnswer, .pauses = {} })
{
    const auto scheme = url.find("://");
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        throw MlflowError("'" + url + "' is no address of a server: give one such as http://localhost:5000");
    m_base = url;
    while (m_base.ends_with('/'))
        m_base.pop_back();
    m_url = m_base;
    const auto slash = m_base.find('/', scheme + 3);
    const auto at = m_base.substr(0, slash).rfind('@');
    if (at != std::string::npos && at > scheme)
        m_url = m_base.substr(0, scheme + 3) + m_base.substr(at + 1);
    m_base += "/api/2.0/mlflow/";
    m_headers = { "Content-Type: application/json" };
    if (const auto token = variable("MLFLOW_TRACKING_TOKEN"); !token.empty())
        m_headers.push_back("Authorization: Bearer " + token);
    else if (const auto name = variable("MLFLOW_TRACKING_USERNAME"); !name.empty())
        for (auto* client : { &m_client, &m_once })
            client->setLogin(name + ':' + variable("MLFLOW_TRACKING_PASSWORD"));
}

Json MlflowServer::answerOf(const WebAnswer& answer, const std::string& path) const
{
    const auto json = Json::parse(answer.body, nullptr, false);
    if (answer.isGood() && json.is_object())
        return json;
    const auto what = path.substr(0, path.find('?'));
    if (answer.isGood())
        throw MlflowError(m_url + " is no server of MLflow: its answer to " + what + " is no JSON");
    if (!answer.trouble.empty())
        throw MlflowError(m_url + " is not reached: " + answer.trouble);
    auto said = json.is_object() ? textOf(json, "message") : std::string();
    if (said.empty())
        said = answer.text();
    if (answer.status == 401 || answer.status == 403)
        said += "; set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD";
    throw MlflowError(m_url + " refuses " + what + ": " + cut(said, 400));
}

Json MlflowServer::call(const std::string& path, const Json& body, bool isOnce)
{
    auto& client = isOnce ? m_once : m_client;
    return answerOf(client.send({ .url = m_base + path,
                                    .headers = m_headers,
                                    .body = body.dump(-1, ' ', false, Json::error_handler_t::replace),
                                    .isPost = true },
                        m_stop),
        path);
}

Json MlflowServer::get(const std::string& path)
{
    return answerOf(
        m_client.send({ .url = m_base + path, .headers = m_headers, .body = {}, .isPost = false }, m_stop), path);
}

std::string MlflowServer::experiment(const std::string& name)
{
    for (const auto& [id, known] : experiments()) {
        if (known == name)
            return id;
    }
    return textOf(call("experiments/create", { { "name", name } }), "experiment_id");
}

std::vector<std::pair<std::string, std::string>> MlflowServer::experiments()
{
    std::vector<std::pair<std::string, std::string>> all;
    for (std::string token;;) {
        const auto page = call("experiments/search", { { "max_results", kPage }, { "page_token", token } });
        for (const auto& one : page.value("experiments", Json::array()))
            all.emplace_back(textOf(one, "experiment_id"), textOf(one, "name"));
        token = textOf(page, "next_page_token");
        if (token.empty())
            return all;
    }
}

std::vector<MlflowRun> MlflowServer::runs(const std::string& experiment)
{
    std::vector<MlflowRun> all;
    for (std::string token;;) {
        const auto page = call("runs/search",
            { { "experiment_ids", Json::array({ experiment }) }, { "max_results", kPage }, { "page_token", token } });
        for (const auto& one : page.value("runs", Json::array()))
            all.push_back(runOf(one));
        token = textOf(page, "next_page_token");
        if (token.empty())
            return all;
    }
}

std::vector<MlflowPoint> MlflowServer::history(const std::string& run, const std::string& key)
{
    std::vector<MlflowPoint> all;
    for (std::string token;;) {
        const auto page = get("metrics/get-history?run_id=" + escaped(run) + "&metric_key=" + escaped(key)
            + (token.empty() ? "" : "&page_token=" + escaped(token)));
        for (const auto& one : page.value("metrics", Json::array())) {
            const auto value = jsonNumber(one.value("value", Json(0.0)));
            all.push_back({ key, wholeOf(one, "step").value_or(0), wholeOf(one, "timestamp").value_or(0),
                storage::mlflowValue(value.value_or(std::nan(""))) });
        }
        token = textOf(page, "next_page_token");
        if (token.empty())
            return all;
    }
}

std::string MlflowServer::createRun(const std::string& experiment, const std::string& name, std::int64_t started,
    const std::map<std::string, std::string>& tags)
{
    const auto answer = call("runs/create",
        { { "experiment_id", experiment }, { "run_name", name }, { "start_time", started },
            { "tags", pairs(tags, kLongestTag) } },
        true);
    return runOf(answer.value("run", Json::object())).id;
}

void MlflowServer::logPoints(const std::string& run, const std::vector<MlflowPoint>& points)
{
    Json metrics = Json::array();
    for (const auto& point : points)
        metrics.push_back({ { "key", cut(point.key, kLongestKey) }, { "value", numberOf(point.value) },
            { "timestamp", point.time }, { "step", point.step } });
    call("runs/log-batch", { { "run_id", run }, { "metrics", metrics } });
}

void MlflowServer::logParameters(const std::string& run, const std::map<std::string, std::string>& parameters)
{
    std::map<std::string, std::string> part;
    const auto send = [&] {
        if (!part.empty())
            call("runs/log-batch", { { "run_id", run }, { "params", pairs(part, kLongestParameter) } });
        part.clear();
    };
    for (const auto& one : parameters) {
        part.insert(one);
        if (part.size() == kMostParameters)
            send();
    }
    send();
}

void MlflowServer::setTags(const std::string& run, const std::map<std::string, std::string>& tags)
{
    if (!tags.empty())
        call("runs/log-batch", { { "run_id", run }, { "tags", pairs(tags, kLongestTag) } });
}

void MlflowServer::update(
    const std::string& run, const std::string& name, const std::string& status, std::optional<std::int64_t> ended)
{
    Json body { { "run_id", run }, { "run_name", name }, { "status", status } };
    if (ended)
        body["end_time"] = *ended;
    call("runs/update", body);
}

} // namespace nabiz::app
