// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/import_writer.h"
#include "storage/recording/derived.h"
#include "storage/recording/imported_rows.h"
#include "storage/recording/stream_start.h"
#include "storage/recording/told_words.h"
#include "storage/records/run_clock.h"
#include "storage/schema/hot_statement.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <unordered_map>

namespace nabiz::storage {

namespace {

struct Key {
    std::int64_t step;
    std::uint64_t value;
    bool operator==(const Key&) const = default;
};
struct KeyHash {
    std::size_t operator()(const Key& key) const
    {
        return static_cast<std::size_t>((static_cast<std::uint64_t>(key.step) * 0x9e3779b97f4a7c15U) ^ key.value);
    }
};

// SQLite stores a NaN as NULL and −0 as 0.
std::uint64_t storedBits(double value)
{
    return std::isnan(value) ? ~0ULL : std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

std::optional<std::int64_t> milliseconds(const std::optional<double>& seconds)
{
    if (!seconds || !std::isfinite(*seconds) || std::abs(*seconds) > 1e12)
        return std::nullopt;
    return static_cast<std::int64_t>(std::floor(*seconds * 1000));
}

std::optional<double> edgeTime(const ImportedRun& run, bool isLast)
{
    std::optional<double> edge;
    for (const auto& series : run.series) {
        for (const auto& point : series.points) {
            if (std::isfinite(point.wall) && (!edge || (isLast ? point.wall > *edge : point.wall < *edge)))
                edge = point.wall;
        }
    }
    return edge;
}

std::vector<Parameter> parametersOf(const ImportedRun& run)
{
    std::vector<Parameter> parameters;
    std::set<std::string_view> seen;
    for (const auto& [key, value] : run.parameters) {
        if (seen.insert(key).second)
            parameters.push_back({ key, value, value });
    }
    return parameters;
}

} // namespace

ImportWriter::ImportWriter(SQLite::Database& database, RunWriter& runs)
    : m_database(database)
    , m_runs(runs)
{
}

ImportedOutcome ImportWriter::keep(const ImportedRun& run, const NameChoice& freeName)
{
    ImportedOutcome outcome { .run = known(run) };
    outcome.isNew = outcome.run == 0;
    if (outcome.isNew)
        outcome.run = add(run, freeName);
    SQLite::Statement about(m_database, "SELECT deleted IS NOT NULL FROM run WHERE id = ?");
    about.bind(1, outcome.run);
    outcome.isTrashed = about.executeStep() && about.getColumn(0).getInt() != 0;
    about.reset();
    outcome.isBehind = run.pointsBefore && *run.pointsBefore != pointsOf(outcome.run);
    if (!outcome.isTrashed && !outcome.isBehind) {
        bool isRewritten = false;
        const bool compare = !outcome.isNew && run.isWhole;
        const auto fresh = compare ? newOf(outcome.run, run, isRewritten) : std::vector<ImportedSeries>();
        const auto last = std::max<std::int64_t>(nextSegment(m_database, outcome.run) - 1, 0);
        outcome.newPoints = append(outcome.run, compare ? fresh : run.series, last + (isRewritten ? 1 : 0));
        if (!outcome.isNew)
            update(outcome.run, run);
        ToldWords(m_database, m_runs).keep(outcome.run, run, freeName);
        if (run.writer && run.status && isLive(*run.status))
            m_runs.setProcess(outcome.run, *run.writer);
        addTexts(outcome.run, run);
        if (outcome.newPoints > 0)
            dropSummary(m_database, outcome.run);
        if (outcome.newPoints > 0 || !outcome.isNew)
            refreshSummary(m_database, outcome.run);
    }
    SQLite::Statement name(m_database, "SELECT name FROM run WHERE id = ?");
    name.bind(1, outcome.run);
    if (name.executeStep())
        outcome.name = name.getColumn(0).getString();
    outcome.points = pointsOf(outcome.run);
    return outcome;
}

std::int64_t ImportWriter::pointsOf(RunId id)
{
    SQLite::Statement count(m_database,
        "SELECT coalesce(sum((SELECT count(*) FROM point WHERE metric = metric.id)), 0) FROM metric WHERE run = ?");
    count.bind(1, id);
    count.executeStep();
    return count.getColumn(0).getInt64();
}

RunId ImportWriter::known(const ImportedRun& run)
{
    SQLite::Statement query(m_database, "SELECT run FROM imported WHERE source = ? AND original = ? AND path = ?");
    query.bind(1, run.source);
    query.bind(2, run.originalId);
    query.bind(3, run.path);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

RunId ImportWriter::add(const ImportedRun& run, const NameChoice& freeName)
{
    const auto first = edgeTime(run, false);
    auto zero = run.started ? run.started : first;
    Run record { .name = run.name, .status = run.status.value_or(RunStatus::Finished), .source = run.source };
    record.started = milliseconds(zero);
    if (!isLive(record.status))
        record.ended = milliseconds(run.ended ? run.ended : edgeTime(run, true));
    record.failure = run.failure;
    record.note = run.note;
    record.facts = run.facts;
    record.tags = run.tags;
    if (record.started)
        record.facts[kTimeZero] = std::to_string(*record.started);
    const RunId id = m_runs.add(record, parametersOf(run), freeName);
    SQLite::Statement insert(m_database, "INSERT INTO imported (run, source, original, path) VALUES (?, ?, ?, ?)");
    insert.bind(1, id);
    insert.bind(2, run.source);
    insert.bind(3, run.originalId);
    insert.bind(4, run.path);
    insert.exec();
    return id;
}

void ImportWriter::update(RunId id, const ImportedRun& run)
{
    SQLite::Statement set(m_database, "UPDATE run SET ended = coalesce(?, ended), failure = ? WHERE id = ?");
    SQLite::Statement now(m_database, "SELECT status, ended FROM run WHERE id = ?");
    now.bind(1, id);
    now.executeStep();
    const auto before = runStatus(now.getColumn(0).getString());
    const auto status = run.status.value_or(RunStatus::Finished);
    now.reset();
    const auto ended = milliseconds(run.ended ? run.ended : edgeTime(run, true));
    if (run.status || (before && isLive(*before) && run.isWhole)) {
        if (before != status)
            m_runs.setStatus(id, status, run.failure, ended.value_or(storage::now()));
    }
    if (!isLive(before.value_or(status)) && ended) {
        set.bind(1, *ended);
        set.bind(2, run.failure);
        set.bind(3, id);
        set.exec();
    }
    m_runs.setPrepared(id, parametersOf(run), run.facts, 0);
}

double ImportWriter::zeroOf(RunId id)
{
    SQLite::Statement query(m_database,
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM run_fact WHERE run = run.id AND key = ?), started)"
        " FROM run WHERE id = ?");
    query.bind(1, kTimeZero);
    query.bind(2, id);
    return query.executeStep() && !query.getColumn(0).isNull()
        ? static_cast<double>(query.getColumn(0).getInt64()) / 1000
        : kNoWallTime;
}

void ImportWriter::addTexts(RunId id, const ImportedRun& run)
{
    if (run.texts.empty())
        return;
    std::set<std::pair<std::int64_t, std::string>> stored;
    SQLite::Statement query(m_database, "SELECT batch, text FROM event WHERE run = ? AND kind = 'sample'");
    query.bind(1, id);
    while (query.executeStep())
        stored.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getString());
    for (const auto& text : run.texts) {
        Event event { .kind = "sample", .batch = text.step, .text = text.name + ": " + text.text };
        event.time = milliseconds(text.wall).value_or(0);
        event.message = "%1";
        event.arguments = { event.text };
        if (stored.emplace(event.batch, event.text).second)
            m_runs.addEvent(id, event);
    }
}

std::vector<ImportedSeries> ImportWriter::newOf(RunId id, const ImportedRun& run, bool& isRewritten)
{
    m_index.load(m_database, id);
    std::unordered_map<std::string, std::int64_t> ids;
    SQLite::Statement metrics(m_database, "SELECT name, id FROM metric WHERE run = ?");
    metrics.bind(1, id);
    while (metrics.executeStep())
        ids.emplace(metrics.getColumn(0).getString(), metrics.getColumn(1).getInt64());
    HotStatement points(m_database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq");
    std::vector<ImportedSeries> all;
    for (const auto& series : run.series) {
        std::unordered_map<Key, std::int64_t, KeyHash> stored;
        std::set<std::int64_t> steps; // of a run with several lives
        const bool hasLives = std::any_of(
            series.points.begin(), series.points.end(), [](const ImportedPoint& point) { return point.life > 0; });
        if (const auto metric = ids.find(series.name); metric != ids.end()) {
            points.bind(1, metric->second);
            while (points.step()) {
                const auto step = m_index.batch(static_cast<std::size_t>(points.integer(0)));
                ++stored[{ step, points.isNull(1) ? ~0ULL : storedBits(points.real(1)) }];
                if (hasLives)
                    steps.insert(step);
            }
            points.reset();
        }
        ImportedSeries fresh { series.name, series.unit, {} };
        for (const auto& point : series.points) {
            if (const auto known = stored.find({ point.step, storedBits(point.value) });
                known != stored.end() && known->second > 0) {
                --known->second;
                continue;
            }
            isRewritten |= steps.contains(point.step);
            fresh.points.push_back(point);
        }
        all.push_back(std::move(fresh));
    }
    return all;
}

std::int64_t ImportWriter::append(RunId id, const std::vector<ImportedSeries>& series, std::int64_t segment)
{
    std::vector<Metric> metrics;
    for (const auto& one : series)
        metrics.push_back({ 0, one.name, one.unit });
    const auto ids = metricIds(m_database, id, metrics);
    const double zero = zeroOf(id);
    HotStatement batch(m_database, "INSERT INTO batch (run, segment, seq, batch, time) VALUES (?, ?, ?, ?, ?)");
    HotStatement value(m_database, "INSERT INTO point (metric, seq, value) VALUES (?, ?, ?)");
    std::map<std::int64_t, std::int64_t> firsts; // by segment
    std::int64_t seq = nextSeq(m_database, id) - 1;
    std::int64_t count = 0;
    const bool isNew = seq < 0;
    forEachRow(series, [&](const ImportedRow& row) {
        if (row.isFirst) {
            const auto in = isNew ? std::int64_t { row.life } : std::max<std::int64_t>(segment, row.life);
            const auto first = firsts.emplace(in, row.step).first;
            first->second = std::min(first->second, row.step);
            batch.bind(1, id);
            batch.bind(2, in);
            batch.bind(3, ++seq);
            batch.bind(4, row.step);
            batch.bind(5, std::isfinite(row.wall) && std::isfinite(zero) ? row.wall - zero : 0.0);
            batch.run();
        }
        value.bind(1, ids[row.series]);
        value.bind(2, seq);
        value.bind(3, row.value);
        value.run();
        ++count;
    });
    for (const auto& [number, first] : firsts) {
        SQLite::Statement insert(
            m_database, "INSERT OR IGNORE INTO segment (run, segment, first_batch, started) VALUES (?, ?, ?, ?)");
        insert.bind(1, id);
        insert.bind(2, number);
        insert.bind(3, first);
        insert.bind(4, storage::now());
        insert.exec();
    }
    return count;
}

} // namespace nabiz::storage
