// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/trackio_file.h"
#include "storage/records/run_clock.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <ctime>

namespace nabiz::storage {

namespace {

using Json = nlohmann::ordered_json;

// As Trackio 0.43 makes them; the tables of what Nabız has nothing for it makes itself.
constexpr const char* kTables = R"(
CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, timestamp TEXT NOT NULL,
    run_name TEXT NOT NULL, step INTEGER NOT NULL, metrics TEXT NOT NULL, log_id TEXT, space_id TEXT);
CREATE TABLE configs (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, run_name TEXT NOT NULL,
    config TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE(run_id));
CREATE TABLE system_metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, timestamp TEXT NOT NULL,
    run_name TEXT NOT NULL, metrics TEXT NOT NULL, log_id TEXT, space_id TEXT);
CREATE TABLE project_metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE INDEX idx_metrics_run_step ON metrics(run_id, step);
CREATE INDEX idx_metrics_run_timestamp ON metrics(run_id, timestamp);
CREATE INDEX idx_metrics_run_record ON metrics(run_id, run_name, timestamp);
CREATE UNIQUE INDEX idx_metrics_log_id ON metrics(log_id) WHERE log_id IS NOT NULL;
CREATE INDEX idx_metrics_pending ON metrics(space_id) WHERE space_id IS NOT NULL;
CREATE INDEX idx_configs_run_name ON configs(run_name);
CREATE INDEX idx_system_metrics_run_timestamp ON system_metrics(run_id, timestamp);
CREATE UNIQUE INDEX idx_system_metrics_log_id ON system_metrics(log_id) WHERE log_id IS NOT NULL;
CREATE INDEX idx_system_metrics_pending ON system_metrics(space_id) WHERE space_id IS NOT NULL;
INSERT INTO project_metadata VALUES ('written_by', 'nabiz');
PRAGMA user_version = 2;
)";

std::string isoTime(double seconds)
{
    const double whole = std::floor(seconds);
    const auto time = static_cast<std::time_t>(whole);
    std::tm parts {};
    ::gmtime_r(&time, &parts);
    std::array<char, 32> text {};
    const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    const auto micro = std::to_string(1'000'000 + std::min(999'999, static_cast<int>((seconds - whole) * 1e6)));
    return std::string(text.data(), length) + '.' + micro.substr(1) + "+00:00";
}

Json numberOf(double value)
{
    if (std::isnan(value))
        return "NaN";
    return std::isinf(value) ? Json(value > 0 ? "Infinity" : "-Infinity") : Json(value);
}

// A YAML scalar: a number, true, false and null are what JSON has too.
Json valueOf(const std::string& text)
{
    const auto parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() || parsed.is_boolean() || parsed.is_null() ? parsed : Json(text);
}

std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class TrackioWriter {
public:
    TrackioWriter(SQLite::Database& database, const RunStore& store)
        : m_store(store)
        , m_row(database, "INSERT INTO metrics (run_id, timestamp, run_name, step, metrics) VALUES (?, ?, ?, ?, ?)")
        , m_config(database, "INSERT INTO configs (run_id, run_name, config, created_at) VALUES (?, ?, ?, ?)")
    {
    }

    std::int64_t add(Run run)
    {
        run.started = run.started.value_or(run.created);
        const std::string id = "nabiz-" + std::to_string(run.id);
        const RunClock clock = clockOf(run);
        Json config = Json::object();
        for (const auto& parameter : m_store.parameters(run.id))
            config[parameter.key] = valueOf(parameter.applied.empty() ? parameter.declared : parameter.applied);
        const auto created = isoTime(static_cast<double>(run.created) / 1000);
        config["_Username"] = nullptr;
        config["_Created"] = created;
        config["_Group"] = nullptr;
        put(m_config, id, run.name, dumped(config), created);
        const auto metrics = m_store.metrics(run.id);
        std::int64_t points = 0;
        m_store.history(run.id, metrics, [&](const RunStore::HistoryRow& row) {
            Json figures = Json::object();
            for (std::size_t i = 0; i < metrics.size(); ++i) {
                if (row.values[i])
                    figures[metrics[i].name] = numberOf(*row.values[i]);
            }
            points += static_cast<std::int64_t>(figures.size());
            if (!figures.empty())
                put(m_row, id, isoTime(clock.at(row.time)), run.name, row.batch, dumped(figures));
        });
        return points;
    }

private:
    template <typename... Values> static void put(SQLite::Statement& statement, const Values&... values)
    {
        int index = 0;
        (statement.bind(++index, values), ...);
        statement.exec();
        statement.reset();
    }

    const RunStore& m_store;
    SQLite::Statement m_row;
    SQLite::Statement m_config;
};

} // namespace

std::int64_t writeTrackioFile(const RunStore& store, const std::vector<RunId>& runs, const std::filesystem::path& file)
{
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Transaction transaction(database);
        database.exec(kTables);
        TrackioWriter writer(database, store);
        std::int64_t points = 0;
        for (const RunId id : runs) {
            if (const auto overview = store.run(id))
                points += writer.add(overview->run);
        }
        transaction.commit();
        return points;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

bool isOwnTrackioFile(const std::filesystem::path& file)
{
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        return database.execAndGet("SELECT count(*) FROM project_metadata WHERE key = 'written_by' AND value = 'nabiz'")
                   .getInt()
            == 1;
    } catch (const SQLite::Exception&) { // no database, or one without that table: somebody else's
        return false;
    }
}

} // namespace nabiz::storage
