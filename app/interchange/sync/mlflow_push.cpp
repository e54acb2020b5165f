// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/sync/mlflow_push.h"
#include "app/interchange/export/exported_run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

namespace nabiz::app {

namespace {

// Letters, digits and _ - . / and spaces are allowed; two names may become one, and their points then stand together.
std::string metricKey(std::string name)
{
    for (char& letter : name) {
        const bool isAllowed = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || (letter >= '0' && letter <= '9') || std::string_view("_-./ ").find(letter) != std::string_view::npos;
        letter = isAllowed ? letter : '_';
    }
    return name;
}

std::uint64_t bitsOf(double value)
{
    constexpr double kLargest = 1.7976931348623157e308; // as which the server keeps an infinity
    if (std::isnan(value))
        return ~0ULL;
    if (std::abs(value) == kLargest)
        return std::bit_cast<std::uint64_t>(std::copysign(HUGE_VAL, value));
    return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

std::string originOf(const storage::Run& run)
{
    return std::to_string(run.created) + '-' + std::to_string(run.id);
}

std::string statusOf(storage::RunStatus status)
{
    using enum storage::RunStatus;
    if (storage::isLive(status))
        return "RUNNING";
    return status == Finished ? "FINISHED" : status == Stopped ? "KILLED" : "FAILED";
}

std::map<std::string, std::string> tagsOf(const storage::Run& run)
{
    std::map<std::string, std::string> tags { { kOriginTag, originOf(run) } };
    for (const auto& tag : run.tags) {
        const auto equals = tag.find('=');
        tags[metricKey(tag.substr(0, equals))] = equals == std::string::npos ? "" : tag.substr(equals + 1);
    }
    if (!run.note.empty())
        tags["mlflow.note.content"] = run.note;
    return tags;
}

} // namespace

MlflowPush::MlflowPush(MlflowServer& server, const std::string& experiment)
    : m_server(server)
    , m_experiment(m_server.experiment(experiment))
{
}

void MlflowPush::find()
{
    m_found.clear();
    for (auto& run : m_server.runs(m_experiment)) {
        if (const auto origin = run.tags.find(kOriginTag); origin != run.tags.end())
            m_found.emplace(origin->second, run);
    }
    m_isStale = false;
}

MlflowPush::Sent& MlflowPush::sentOf(const storage::RunOverview& overview, bool& isNew)
{
    const auto& run = overview.run;
    if (const auto known = m_sent.find(run.id); known != m_sent.end())
        return known->second;
    if (m_isStale)
        find();
    Sent sent;
    if (const auto found = m_found.find(originOf(run)); found != m_found.end()) {
        sent.id = found->second.id;
        sent.parameters = found->second.parameters;
        sent.tags = found->second.tags;
        ask(sent, found->second.metrics);
    } else {
        sent.tags = tagsOf(run);
        m_isStale = true; // should the answer be lost
        sent.id = m_server.createRun(m_experiment, run.name, run.started.value_or(run.created), sent.tags);
        m_isStale = false;
        isNew = true;
    }
    return m_sent[run.id] = std::move(sent);
}

void MlflowPush::ask(Sent& sent, const std::vector<std::string>& metrics)
{
    sent.there.clear();
    for (const auto& metric : metrics) {
        for (const auto& point : m_server.history(sent.id, metric))
            sent.there.emplace(point.key, point.step, point.time, bitsOf(point.value));
    }
    sent.points = static_cast<std::int64_t>(sent.there.size());
}

// In batches that the server takes; until all have arrived it is not sure which have.
void MlflowPush::deliver(const std::vector<MlflowPoint>& points, Sent& sent)
{
    sent.isSure = false;
    for (auto begin = points.begin(); begin != points.end();) {
        const auto end = begin + std::min<std::ptrdiff_t>(MlflowServer::kMostPoints, points.end() - begin);
        m_server.logPoints(sent.id, { begin, end });
        begin = end;
    }
    sent.points += static_cast<std::int64_t>(points.size());
}

std::int64_t MlflowPush::sendPoints(const storage::RunStore& store, const storage::Run& run, Sent& sent)
{
    const auto metrics = store.metrics(run.id);
    std::vector<std::string> keys;
    for (const auto& metric : metrics)
        keys.push_back(metricKey(metric.name));
    const auto clock = exportClock(run);
    std::int64_t count = 0, row = 0;
    bool isOther = false; // a stretch before has been superseded by one that goes on further back
    std::vector<MlflowPoint> points;
    storage::RunStore::HistoryRow reached { .batch = sent.batch, .time = sent.time, .values = {} };
    const auto send = [&] {
        deliver(points, sent);
        count += static_cast<std::int64_t>(points.size());
        points.clear();
        sent.rows = row;
        sent.batch = reached.batch;
        sent.time = reached.time;
        sent.isSure = true;
    };
    store.history(run.id, metrics, [&](const storage::RunStore::HistoryRow& one) {
        ++row;
        if (row <= sent.rows && !isOther) {
            isOther = row == sent.rows && (one.batch != sent.batch || one.time != sent.time);
            return;
        }
        if (isOther)
            return;
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            if (!one.values[i])
                continue;
            const auto time = static_cast<std::int64_t>(std::llround(clock.at(one.time) * 1000));
            if (sent.there.erase({ keys[i], one.batch, time, bitsOf(*one.values[i]) }) == 0)
                points.push_back({ keys[i], one.batch, time, *one.values[i] });
        }
        reached.batch = one.batch;
        reached.time = one.time;
        if (std::ssize(points) >= MlflowServer::kMostPoints)
            send();
    });
    if (isOther || row < sent.rows) {
        sent.rows = 0;
        ask(sent, keys);
        return sendPoints(store, run, sent);
    }
    send();
    return count;
}

// A parameter cannot be changed there: what a resume set anew stays as it was first.
void MlflowPush::describe(const storage::RunStore& store, const storage::Run& run, Sent& sent)
{
    std::map<std::string, std::string> parameters, tags;
    for (const auto& parameter : store.parameters(run.id)) {
        if (const auto key = metricKey(parameter.key); !sent.parameters.contains(key))
            parameters[key] = parameter.value();
    }
    m_server.logParameters(sent.id, parameters);
    sent.parameters.merge(parameters);
    for (const auto& [key, value] : tagsOf(run)) {
        const auto known = sent.tags.find(key);
        if (known == sent.tags.end() || known->second != value)
            tags[key] = value;
    }
    m_server.setTags(sent.id, tags);
    for (const auto& [key, value] : tags)
        sent.tags[key] = value;
    const auto status = statusOf(run.status);
    if (const auto told = run.name + '\n' + status + std::to_string(run.ended.value_or(0)); told != sent.told) {
        m_server.update(sent.id, run.name, status, storage::isLive(run.status) ? std::nullopt : run.ended);
        sent.told = told;
    }
}

std::optional<PushedRun> MlflowPush::push(const storage::RunStore& store, const storage::RunOverview& overview)
{
    bool isNew = false;
    auto& sent = sentOf(overview, isNew);
    const auto before = sent.told;
    if (!sent.isSure) {
        std::vector<std::string> keys;
        for (const auto& metric : store.metrics(overview.run.id))
            keys.push_back(metricKey(metric.name));
        sent.rows = 0;
        ask(sent, keys);
    }
    const auto count = sendPoints(store, overview.run, sent);
    describe(store, overview.run, sent);
    if (!isNew && count == 0 && before == sent.told)
        return std::nullopt;
    return PushedRun { overview.run.id, overview.run.name, sent.id, sent.points, count };
}

} // namespace nabiz::app
