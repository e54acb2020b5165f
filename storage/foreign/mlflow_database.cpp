// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/mlflow_database.h"
#include "storage/foreign/foreign_rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace nabiz::storage {

namespace {

using Runs = std::map<std::string, ImportedRun, std::less<>>;

std::optional<double> seconds(SQLite::Column column)
{
    if (column.isNull())
        return std::nullopt;
    return static_cast<double>(column.getInt64()) / 1000;
}

std::string textOf(SQLite::Column column)
{
    return column.isNull() ? std::string() : column.getString();
}

// What would be told of it, apart from its points.
std::string digest(const ImportedRun& run)
{
    std::string text = run.status ? std::string(name(*run.status)) : "";
    text.append("\n").append(run.name).append("\n").append(run.note);
    for (const auto& tag : run.tags)
        text.append("\n").append(tag);
    for (const auto& [key, value] : run.parameters)
        text.append("\n").append(key).append("=").append(value);
    return text;
}

// The next row; none behind a damaged page either, which is counted: what stands before it is whole.
bool goesOn(SQLite::Statement& query, Runs& runs)
{
    try {
        return query.executeStep();
    } catch (const SQLite::Exception& error) {
        if ((error.getErrorCode() & 0xff) != SQLITE_CORRUPT || runs.empty())
            throw;
        for (auto& [id, run] : runs)
            ++run.damaged;
        return false;
    }
}

} // namespace

std::optional<RunStatus> mlflowStatus(const std::string& status)
{
    static const std::map<std::string, RunStatus> kStatus { { "RUNNING", RunStatus::Running },
        { "1", RunStatus::Running }, { "SCHEDULED", RunStatus::Running }, { "2", RunStatus::Running },
        { "FINISHED", RunStatus::Finished }, { "3", RunStatus::Finished }, { "FAILED", RunStatus::Failed },
        { "4", RunStatus::Failed }, { "KILLED", RunStatus::Stopped }, { "5", RunStatus::Stopped } };
    const auto known = kStatus.find(status);
    return known == kStatus.end() ? std::nullopt : std::optional(known->second);
}

double mlflowValue(double value)
{
    constexpr auto kLargest = std::numeric_limits<double>::max();
    return std::abs(value) == kLargest ? std::copysign(std::numeric_limits<double>::infinity(), value) : value;
}

void takeMlflowTag(ImportedRun& run, const std::string& key, const std::string& value)
{
    constexpr std::size_t kLongestTag = 200;
    if (key == "mlflow.note.content") {
        run.note = value;
    } else if (key == "mlflow.runName") {
        if (run.name.empty())
            run.name = value;
    } else if (key.starts_with("mlflow.") || value.size() > kLongestTag || value.find('\n') != std::string::npos) {
        run.facts[key] = value;
    } else {
        run.tags.push_back(value.empty() ? key : key + '=' + value);
    }
}

std::vector<ImportedRun> MlflowDatabase::read()
{
    ForeignDatabase store(m_path);
    try {
        SQLite::Transaction snapshot(store.database());
        Runs runs;
        const bool isFirst = m_row < 0;
        readRuns(store, runs);
        readTexts(store, runs);
        readMetrics(store, runs);
        std::vector<ImportedRun> all;
        for (auto& [id, run] : runs) {
            const auto told = digest(run);
            if (!isFirst && run.series.empty() && m_told[id] == told)
                continue;
            run.isWhole = !m_told.contains(id);
            m_told[id] = told;
            if (run.name.empty())
                run.name = id;
            all.push_back(std::move(run));
        }
        return all;
    } catch (const SQLite::Exception& error) {
        throw store.told(error);
    }
}

void MlflowDatabase::readRuns(ForeignDatabase& store, Runs& runs) const
{
    SQLite::Statement query(store.database(),
        "SELECT r.run_uuid, r." + store.column("runs", "name", "run_uuid") + ", r.status, r.start_time, r."
            + store.column("runs", "end_time", "start_time")
            + ", e.name FROM runs r LEFT JOIN experiments e ON e.experiment_id = r.experiment_id WHERE "
            + (store.column("runs", "lifecycle_stage", "").empty()
                    ? "1"
                    : "coalesce(r.lifecycle_stage, 'active') <> 'deleted'"));
    while (goesOn(query, runs)) {
        ImportedRun run { .source = "mlflow", .path = m_path.string() };
        run.originalId = query.getColumn(0).getString();
        run.name = textOf(query.getColumn(1));
        if (run.name == run.originalId)
            run.name.clear(); // a tag may know better
        run.status = mlflowStatus(textOf(query.getColumn(2)));
        run.started = seconds(query.getColumn(3));
        run.ended = seconds(query.getColumn(4));
        if (const auto experiment = textOf(query.getColumn(5)); !experiment.empty())
            run.facts["experiment"] = experiment;
        runs.emplace(run.originalId, std::move(run));
    }
}

void MlflowDatabase::readTexts(ForeignDatabase& store, Runs& runs) const
{
    const auto each = [&](const char* table, const auto& take) {
        if (!store.hasTable(table))
            return;
        SQLite::Statement query(store.database(), std::string("SELECT run_uuid, key, value FROM ") + table);
        while (goesOn(query, runs)) {
            if (const auto run = runs.find(query.getColumn(0).getString()); run != runs.end())
                take(run->second, query.getColumn(1).getString(), textOf(query.getColumn(2)));
        }
    };
    each("params", [](ImportedRun& run, const std::string& key, const std::string& value) {
        run.parameters.emplace_back(key, value);
    });
    each("tags", takeMlflowTag);
    for (auto& [id, run] : runs) {
        std::ranges::sort(run.parameters);
        std::ranges::sort(run.tags);
    }
}

void MlflowDatabase::readMetrics(ForeignDatabase& store, Runs& runs)
{
    store.needRowNumbers("metrics");
    // Rows of a table with a primary key of its own are numbered all the same, as they come.
    ForeignRows rows(store.database(),
        "SELECT rowid, run_uuid, key, value, timestamp, " + store.column("metrics", "step", "0") + ", "
            + store.column("metrics", "is_nan", "0") + " FROM metrics WHERE rowid > ? ORDER BY rowid",
        m_row);
    auto& query = rows.row();
    std::unordered_map<std::string, std::pair<ImportedRun*, std::size_t>> series; // by run and key
    std::string place;
    while (rows.next()) {
        place.assign(query.text(1)).append(1, '\n').append(query.text(2));
        auto known = series.find(place);
        if (known == series.end()) {
            const auto run = runs.find(query.text(1));
            known
                = series.emplace(place, std::pair(run == runs.end() ? nullptr : &run->second, std::size_t { 0 })).first;
            if (known->second.first) {
                known->second.second = run->second.series.size();
                run->second.series.push_back({ std::string(query.text(2)), {}, {} });
            }
        }
        const auto [run, number] = known->second;
        if (!run)
            continue; // of a run that was deleted
        const double value = query.integer(6) != 0 || query.isNull(3) ? std::numeric_limits<double>::quiet_NaN()
                                                                      : mlflowValue(query.real(3));
        const double wall = query.isNull(4) ? kNoWallTime : static_cast<double>(query.integer(4)) / 1000;
        run->series[number].points.push_back({ query.integer(5), wall, value });
    }
    m_row = rows.last();
    for (auto& [id, run] : runs)
        run.damaged += rows.gaps(); // whose rows they were, nobody knows
}

} // namespace nabiz::storage
