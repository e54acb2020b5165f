// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_reader.h"
#include "storage/summary.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <unordered_map>

namespace nabiz::storage {

namespace {

using Statement = SQLite::Statement;

std::optional<std::int64_t> integer(Statement& query, int column)
{
    const auto value = query.getColumn(column);
    return value.isNull() ? std::nullopt : std::optional<std::int64_t>(value.getInt64());
}

std::optional<double> real(Statement& query, int column)
{
    const auto value = query.getColumn(column);
    return value.isNull() ? std::nullopt : std::optional(value.getDouble());
}

constexpr int kRunColumns = 16;
constexpr const char* kRunQuery
    = "SELECT id, name, why, status, source, preset, preset_text, parent, command, created, started, ended,"
      " planned_batches, seed, failure, note,"
      " s.batches, steps, seconds, first_loss, best_loss, last_loss, mean_last_loss, best_batch, best_val_loss,"
      " last_val_loss, best_val_batch, peak_bytes, tokens_per_second, median_batch_seconds, non_finite"
      " FROM run LEFT JOIN summary AS s ON s.run = run.id";

Run readRun(Statement& query)
{
    Run run;
    run.id = query.getColumn(0).getInt64();
    run.name = query.getColumn(1).getString();
    run.why = query.getColumn(2).getString();
    run.status = runStatus(query.getColumn(3).getString()).value_or(RunStatus::Interrupted);
    run.source = query.getColumn(4).getString();
    run.preset = query.getColumn(5).getString();
    run.presetText = query.getColumn(6).getString();
    run.parent = integer(query, 7);
    run.command = query.getColumn(8).getString();
    run.created = query.getColumn(9).getInt64();
    run.started = integer(query, 10);
    run.ended = integer(query, 11);
    run.plannedBatches = query.getColumn(12).getInt64();
    run.seed = query.getColumn(13).getInt64();
    run.failure = query.getColumn(14).getString();
    run.note = query.getColumn(15).getString();
    return run;
}

Summary readSummary(Statement& query)
{
    int column = kRunColumns;
    Summary summary;
    summary.batches = query.getColumn(column++).getInt64();
    summary.steps = query.getColumn(column++).getInt64();
    summary.seconds = query.getColumn(column++).getDouble();
    summary.firstLoss = real(query, column++);
    summary.bestLoss = real(query, column++);
    summary.lastLoss = real(query, column++);
    summary.meanLastLoss = real(query, column++);
    summary.bestBatch = integer(query, column++);
    summary.bestValLoss = real(query, column++);
    summary.lastValLoss = real(query, column++);
    summary.bestValBatch = integer(query, column++);
    summary.peakBytes = real(query, column++);
    summary.tokensPerSecond = real(query, column++);
    summary.medianBatchSeconds = real(query, column++);
    summary.nonFinite = query.getColumn(column).getInt64();
    return summary;
}

Statement queryOf(SQLite::Database& database, std::string query, const char* column, std::optional<RunId> only,
    const char* order)
{
    if (only)
        query += std::string(" WHERE ") + column + " = ?";
    Statement statement(database, query + order);
    if (only)
        statement.bind(1, *only);
    return statement;
}

// Texts are read whatever they hold: a person may have edited the table by hand.
std::vector<std::string> arguments(const std::string& text)
{
    std::vector<std::string> list;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array())
        return list;
    for (const auto& entry : json)
        list.push_back(entry.is_string() ? entry.get<std::string>() : entry.dump());
    return list;
}

} // namespace

std::vector<RunOverview> readRuns(SQLite::Database& database, std::optional<RunId> only)
{
    std::vector<RunOverview> runs;
    std::vector<std::size_t> unsummarized;
    std::unordered_map<RunId, std::size_t> places;
    auto query = queryOf(database, kRunQuery, "run.id", only, " ORDER BY run.id DESC");
    while (query.executeStep()) {
        RunOverview overview { readRun(query), {} };
        if (query.getColumn(kRunColumns).isNull())
            unsummarized.push_back(runs.size());
        else
            overview.summary = readSummary(query);
        places.emplace(overview.run.id, runs.size());
        runs.push_back(std::move(overview));
    }
    auto facts = queryOf(database, "SELECT run, key, value FROM run_fact", "run", only, "");
    while (facts.executeStep()) {
        if (const auto place = places.find(facts.getColumn(0).getInt64()); place != places.end())
            runs[place->second].run.facts.emplace(facts.getColumn(1).getString(), facts.getColumn(2).getString());
    }
    auto tags = queryOf(database, "SELECT run, tag FROM tag", "run", only, " ORDER BY run, position");
    while (tags.executeStep()) {
        if (const auto place = places.find(tags.getColumn(0).getInt64()); place != places.end())
            runs[place->second].run.tags.push_back(tags.getColumn(1).getString());
    }
    for (const auto place : unsummarized) {
        BatchIndex index;
        index.load(database, runs[place].run.id);
        runs[place].summary = computeSummary(database, runs[place].run.id, index);
    }
    return runs;
}

std::optional<RunId> findRun(SQLite::Database& database, const std::string& idOrName)
{
    RunId id = 0;
    const auto [end, error] = std::from_chars(idOrName.data(), idOrName.data() + idOrName.size(), id);
    if (error == std::errc() && end == idOrName.data() + idOrName.size()) {
        Statement query(database, "SELECT id FROM run WHERE id = ?");
        query.bind(1, id);
        if (query.executeStep())
            return id;
    }
    Statement query(database, "SELECT id FROM run WHERE name = ? ORDER BY id DESC LIMIT 1");
    query.bind(1, idOrName);
    return query.executeStep() ? integer(query, 0) : std::nullopt;
}

std::vector<Parameter> readParameters(SQLite::Database& database, RunId run)
{
    std::vector<Parameter> parameters;
    Statement query(database, "SELECT key, declared, applied FROM run_param WHERE run = ? ORDER BY id");
    query.bind(1, run);
    while (query.executeStep()) {
        parameters.push_back(
            { query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString() });
    }
    return parameters;
}

std::vector<Metric> readMetrics(SQLite::Database& database, RunId run)
{
    std::vector<Metric> metrics;
    Statement query(database, "SELECT id, name, unit FROM metric WHERE run = ? ORDER BY id");
    query.bind(1, run);
    while (query.executeStep()) {
        metrics.push_back(
            { query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString() });
    }
    return metrics;
}

std::vector<Event> readEvents(SQLite::Database& database, RunId run)
{
    std::vector<Event> events;
    Statement query(database,
        "SELECT id, kind, batch, time, text, message, arguments FROM event WHERE run = ? ORDER BY id");
    query.bind(1, run);
    while (query.executeStep()) {
        events.push_back({ query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getInt64(),
            query.getColumn(3).getInt64(), query.getColumn(4).getString(), query.getColumn(5).getString(),
            arguments(query.getColumn(6).getString()) });
    }
    return events;
}

std::vector<Checkpoint> readCheckpoints(SQLite::Database& database, RunId run)
{
    std::vector<Checkpoint> checkpoints;
    Statement query(database, "SELECT batch, folder, bytes FROM checkpoint WHERE run = ? ORDER BY batch");
    query.bind(1, run);
    while (query.executeStep()) {
        checkpoints.push_back(
            { query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getInt64() });
    }
    return checkpoints;
}

} // namespace nabiz::storage
