// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/run_reader.h"
#include "storage/reading/orphans.h"
#include "storage/reading/summary.h"
#include "storage/records/process_identity.h"
#include "storage/records/run_words.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
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

constexpr int kRunColumns = 23;
constexpr const char* kRunQuery
    = "SELECT id, name, why, status, source, preset, preset_text, parent, command, created, started, ended,"
      " planned_batches, seed, failure, note, starred, deleted, host, boot, pid, process_start, run_group,"
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
    run.starred = query.getColumn(16).getInt() != 0;
    run.deleted = integer(query, 17);
    run.group = query.getColumn(22).getString();
    return run;
}

bool isOrphan(Statement& query, RunStatus status)
{
    if (!isLive(status))
        return false;
    if (status == RunStatus::Queued && query.getColumn(20).getInt64() == 0)
        return false; // in the queue, which belongs to no process
    return !ProcessIdentity { query.getColumn(18).getString(), query.getColumn(19).getString(),
        query.getColumn(20).getInt64(), query.getColumn(21).getInt64() }
                .isAlive();
}

// As the next who opens it for writing will store it.
void interrupt(RunOverview& overview)
{
    Run& run = overview.run;
    run.failure = interruption(run.status);
    run.status = RunStatus::Interrupted;
    run.ended = run.started.value_or(run.created) + static_cast<std::int64_t>(overview.summary.seconds * 1000);
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

Statement queryOf(
    SQLite::Database& database, std::string query, const char* column, const Which& which, const char* order)
{
    if (which.only)
        query += std::string(" WHERE ") + column + " = ?";
    else
        query += std::string(" WHERE ") + column + " IN (SELECT id FROM run WHERE deleted IS "
            + (which.trash ? "NOT NULL)" : "NULL)");
    Statement statement(database, query + order);
    if (which.only)
        statement.bind(1, *which.only);
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

std::vector<RunOverview> readRuns(SQLite::Database& database, const Which& which)
{
    std::vector<RunOverview> runs;
    std::vector<std::size_t> unsummarized, orphaned;
    std::unordered_map<RunId, std::size_t> places;
    auto query = queryOf(database, kRunQuery, "run.id", which, " ORDER BY run.id DESC");
    while (query.executeStep()) {
        RunOverview overview { readRun(query), {} };
        if (isOrphan(query, overview.run.status))
            orphaned.push_back(runs.size());
        if (query.getColumn(kRunColumns).isNull())
            unsummarized.push_back(runs.size());
        else
            overview.summary = readSummary(query);
        places.emplace(overview.run.id, runs.size());
        runs.push_back(std::move(overview));
    }
    auto facts = queryOf(database, "SELECT run, key, value FROM run_fact", "run", which, "");
    while (facts.executeStep()) {
        if (const auto place = places.find(facts.getColumn(0).getInt64()); place != places.end())
            runs[place->second].run.facts.emplace(facts.getColumn(1).getString(), facts.getColumn(2).getString());
    }
    auto tags = queryOf(database, "SELECT run, tag FROM tag", "run", which, " ORDER BY run, position");
    while (tags.executeStep()) {
        if (const auto place = places.find(tags.getColumn(0).getInt64()); place != places.end())
            runs[place->second].run.tags.push_back(tags.getColumn(1).getString());
    }
    readTexts(database, which.only, [&](RunId run, std::string name, std::string text) {
        if (const auto place = places.find(run); place != places.end())
            runs[place->second].run.texts.emplace(std::move(name), std::move(text));
    });
    for (const auto place : unsummarized) {
        BatchIndex index;
        index.load(database, runs[place].run.id);
        runs[place].summary = computeSummary(database, runs[place].run.id, index);
    }
    for (const auto place : orphaned)
        interrupt(runs[place]);
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
    Statement query(database, "SELECT id FROM run WHERE name = ? AND deleted IS NULL ORDER BY id DESC LIMIT 1");
    query.bind(1, idOrName);
    return query.executeStep() ? integer(query, 0) : std::nullopt;
}

std::int64_t readSize(SQLite::Database& database, RunId run)
{
    // A point takes 23 bytes. Counting millions takes seconds, so the first thousand tell how dense a metric is.
    Statement query(database,
        "SELECT coalesce((SELECT sum(iif(last < 1000, head, head * (last + 1) / 1000)) * 23 FROM"
        " (SELECT (SELECT max(seq) FROM point WHERE metric = metric.id) AS last,"
        " (SELECT count(*) FROM point WHERE metric = metric.id AND seq < 1000) AS head FROM metric WHERE run = ?1)), 0)");
    query.bind(1, run);
    std::int64_t bytes = query.executeStep() ? query.getColumn(0).getInt64() : 0;
    for (const Checkpoint& checkpoint : readCheckpoints(database, run))
        bytes += checkpoint.bytes;
    return bytes;
}

std::vector<TrashedRun> readTrash(SQLite::Database& database)
{
    std::vector<TrashedRun> trash;
    for (auto& overview : readRuns(database, { .trash = true })) {
        const auto bytes = readSize(database, overview.run.id);
        trash.push_back({ std::move(overview), bytes });
    }
    std::stable_sort(trash.begin(), trash.end(),
        [](const auto& a, const auto& b) { return a.overview.run.deleted > b.overview.run.deleted; });
    return trash;
}

ParameterTable readParameterTable(SQLite::Database& database, const Which& which)
{
    ParameterTable table;
    std::unordered_map<std::string, std::uint32_t> keys;
    std::unordered_map<std::string, std::uint32_t> texts { { {}, 0 } };
    auto query = queryOf(
        database, "SELECT run, key, iif(applied = '', declared, applied) FROM run_param", "run", which, " ORDER BY id");
    while (query.executeStep()) {
        const auto [key, isNewKey] = keys.try_emplace(query.getColumn(1).getString(), keys.size());
        if (isNewKey)
            table.keys.push_back(key->first);
        const auto [text, isNewText] = texts.try_emplace(query.getColumn(2).getString(), texts.size());
        if (isNewText)
            table.texts.push_back(text->first);
        auto& values = table.runs[query.getColumn(0).getInt64()];
        if (values.size() <= key->second)
            values.resize(key->second + 1);
        values[key->second] = text->second;
    }
    return table;
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
    Statement query(
        database, "SELECT id, kind, batch, time, text, message, arguments FROM event WHERE run = ? ORDER BY id");
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
        Checkpoint checkpoint { query.getColumn(0).getInt64(), query.getColumn(1).getString(),
            query.getColumn(2).getInt64() };
        std::error_code error; // a folder that cannot be looked at is none to go on from
        if (std::filesystem::is_directory(checkpoint.folder, error))
            checkpoints.push_back(std::move(checkpoint));
    }
    return checkpoints;
}

} // namespace nabiz::storage
