// SPDX-License-Identifier: GPL-3.0-or-later
// What long curves are opened from.
#include "storage/reading/column_file.h"
#include "storage/reading/pyramid.h"
#include "storage/reading/pyramid_node.h"

#include <algorithm>
#include <string>

namespace nabiz::storage {

namespace {

template <typename T> void appendBlock(BlockVector<T>& values, const SQLite::Column& column)
{
    std::vector<T> block;
    appendBlob(block, column);
    if (!block.empty())
        values.append(block);
}

std::shared_ptr<const BatchColumn> readColumn(SQLite::Database& database, RunId run, std::int64_t metric)
{
    SQLite::Statement query(
        database, "SELECT first, batches, times FROM pyramid_batch WHERE run = ? AND metric = ? ORDER BY chunk");
    query.bind(1, run);
    query.bind(2, metric);
    BlockVector<double> batches, times;
    double first = 0;
    while (query.executeStep()) {
        if (times.empty())
            first = query.getColumn(0).getDouble();
        appendBlock(batches, query.getColumn(1));
        appendBlock(times, query.getColumn(2));
    }
    if (times.empty() || (!batches.empty() && batches.size() != times.size()))
        return nullptr;
    return std::make_shared<BatchColumn>(first, std::move(batches), std::move(times));
}

void append(Series& series, double batch, double time, double value)
{
    series.batch.push_back(batch);
    series.time.push_back(time);
    series.value.push_back(value);
}

// The first or the last sample; none where the tables do not tell.
void addEnd(SQLite::Database& database, Series& series, bool last)
{
    const char* const order = last ? " ORDER BY chunk DESC LIMIT 1" : " ORDER BY chunk LIMIT 1";
    SQLite::Statement values(
        database, std::string("SELECT wide, data FROM pyramid WHERE metric = ? AND level = 0") + order);
    values.bind(1, series.metric.id);
    SQLite::Statement place(database,
        std::string("SELECT first, batches, times FROM pyramid_batch WHERE run = (SELECT run FROM metric WHERE id = ?1)"
                    " AND metric = (SELECT coalesce(max(metric), 0) FROM pyramid_batch WHERE metric = ?1)")
            + order);
    place.bind(1, series.metric.id);
    if (!values.executeStep() || !place.executeStep())
        return;
    std::vector<double> wide, batches, times;
    std::vector<float> narrow;
    if (values.getColumn(0).getInt() != 0)
        appendBlob(wide, values.getColumn(1));
    else
        appendBlob(narrow, values.getColumn(1));
    appendBlob(batches, place.getColumn(1));
    appendBlob(times, place.getColumn(2));
    const auto count = std::max(wide.size(), narrow.size());
    if (count == 0 || times.size() != count || (!batches.empty() && batches.size() != count))
        return;
    const auto i = last ? count - 1 : 0;
    const double batch = batches.empty() ? place.getColumn(0).getDouble() + static_cast<double>(i) : batches[i];
    const auto at = last && !series.value.empty() ? series.value.size() - 1 : 0;
    if (!series.value.empty() && series.batch[at] == batch && series.time[at] == times[i])
        return;
    const auto add = [last](std::vector<double>& column, double number) {
        column.insert(last ? column.end() : column.begin(), number);
    };
    add(series.batch, batch);
    add(series.time, times[i]);
    add(series.value, wide.empty() ? static_cast<double>(narrow[i]) : wide[i]);
}

} // namespace

Series readPreview(SQLite::Database& database, const Metric& metric)
{
    Series series;
    series.metric = metric;
    SQLite::Statement query(
        database, "SELECT data FROM pyramid WHERE metric = ? AND level > 0 ORDER BY level, chunk LIMIT 1");
    query.bind(1, metric.id);
    if (!query.executeStep())
        return series;
    std::vector<double> numbers;
    appendBlob(numbers, query.getColumn(0));
    for (std::size_t at = 0; at + Fields <= numbers.size(); at += Fields) {
        const double* const node = numbers.data() + at;
        series.previewOf += static_cast<std::size_t>(node[Finite] + node[NonFinite]);
        if (node[Finite] == 0)
            continue;
        const bool minimumFirst = node[MinimumTime] < node[MaximumTime]
            || (node[MinimumTime] == node[MaximumTime] && node[MinimumBatch] <= node[MaximumBatch]);
        if (minimumFirst)
            append(series, node[MinimumBatch], node[MinimumTime], node[Minimum]);
        if (node[Minimum] != node[Maximum] || !minimumFirst)
            append(series, node[MaximumBatch], node[MaximumTime], node[Maximum]);
        if (!minimumFirst)
            append(series, node[MinimumBatch], node[MinimumTime], node[Minimum]);
    }
    addEnd(database, series, false);
    addEnd(database, series, true);
    return series;
}

namespace {

ValueColumn readValues(SQLite::Database& database, const Metric& metric)
{
    SQLite::Statement query(database, "SELECT wide, data FROM pyramid WHERE metric = ? AND level = 0 ORDER BY chunk");
    query.bind(1, metric.id);
    BlockVector<float> narrow;
    BlockVector<double> wide;
    while (query.executeStep()) {
        if (query.getColumn(0).getInt() != 0)
            appendBlock(wide, query.getColumn(1));
        else
            appendBlock(narrow, query.getColumn(1));
    }
    return wide.empty() ? ValueColumn(std::move(narrow)) : ValueColumn(std::move(wide));
}

std::shared_ptr<const BatchColumn> columnOf(
    SQLite::Database& database, RunId run, std::int64_t metric, std::string& note)
{
    auto mapped = mappedBatches(database, run, metric, note);
    return mapped ? mapped : readColumn(database, run, metric);
}

} // namespace

std::optional<PackedSeries> readPacked(
    SQLite::Database& database, RunId run, const Metric& metric, std::shared_ptr<const BatchColumn>& shared)
{
    PackedSeries packed { .metric = metric };
    auto mapped = mappedValues(database, metric, packed.note);
    packed.values = mapped ? std::move(*mapped) : readValues(database, metric);
    packed.x = columnOf(database, run, metric.id, packed.note);
    if (!packed.x) {
        if (!shared)
            shared = columnOf(database, run, 0, packed.note);
        packed.x = shared;
    }
    // A table that was edited by hand must not send a chart beyond the end of a column.
    if (packed.values.size() == 0 || !packed.x || packed.x->size() != packed.values.size())
        return std::nullopt;
    return packed;
}

} // namespace nabiz::storage
