// SPDX-License-Identifier: GPL-3.0-or-later
// Every point of a run as CSV. A long run is written from whole columns, several stretches at a time; one whose batches
// do not simply follow one another, row by row from the database.
#include "app/report/report_folder.h"
#include "trainer/base/csv_text.h"
#include "trainer/config/parameters/metric_table.h"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>

namespace nabiz::app {

namespace {

constexpr std::size_t kStretch = 1 << 15; // rows
constexpr std::size_t kMostRows = 4'000'000; // whose columns are held at once

struct Column {
    std::optional<storage::PackedSeries> points;
    bool single = false;
};

bool isSingle(const storage::Metric& metric)
{
    const auto* row = trainer::findMetric(metric.name);
    return row && row->singlePrecision;
}

void append(std::string& line, double value, bool single)
{
    line += ',';
    line += trainer::csvCell(value, single);
}

bool rises(const storage::BatchColumn& x)
{
    for (std::size_t i = 1; !x.isContiguous() && i < x.size(); ++i) {
        if (x.batch(i) <= x.batch(i - 1))
            return false;
    }
    return true;
}

// The column that has a value at every batch, batches following one another; nullptr when there is none.
const storage::BatchColumn* spine(const std::vector<Column>& columns, std::size_t batches)
{
    const storage::BatchColumn* found = nullptr;
    for (const Column& column : columns) {
        if (!column.points)
            continue;
        const auto& x = *column.points->x;
        if (!rises(x))
            return nullptr;
        if (column.points->values.size() == batches && x.isContiguous())
            found = &x;
    }
    return found;
}

// Where the samples of a column begin that stand at `batch` or later.
std::size_t firstAt(const Column& column, double batch)
{
    const auto& x = *column.points->x;
    std::size_t low = 0, high = column.points->values.size();
    while (low < high) {
        const auto middle = (low + high) / 2;
        x.batch(middle) < batch ? low = middle + 1 : high = middle;
    }
    return low;
}

std::string stretch(
    const std::vector<Column>& columns, const storage::BatchColumn& x, std::size_t first, std::size_t last)
{
    std::string text;
    text.reserve((last - first) * 12 * (columns.size() + 2));
    std::vector<std::size_t> at;
    for (const Column& column : columns)
        at.push_back(column.points ? firstAt(column, x.batch(first)) : 0);
    for (std::size_t row = first; row < last; ++row) {
        const double batch = x.batch(row);
        text += std::to_string(static_cast<std::int64_t>(batch)) + ',' + trainer::toText(x.time(row));
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& points = columns[i].points;
            if (points && at[i] < points->values.size() && points->x->batch(at[i]) == batch)
                append(text, points->values[at[i]++], columns[i].single);
            else
                text += ',';
        }
        text += '\n';
    }
    return text;
}

void writeColumns(
    const PointSink& write, const std::vector<Column>& columns, const storage::BatchColumn& x, std::size_t batches)
{
    const std::size_t ahead = std::max(1u, std::thread::hardware_concurrency());
    std::deque<std::future<std::string>> coming;
    for (std::size_t first = 0; first < batches || !coming.empty();) {
        while (first < batches && coming.size() < ahead) {
            const auto last = std::min(first + kStretch, batches);
            coming.push_back(std::async(
                std::launch::async, [&columns, &x, first, last] { return stretch(columns, x, first, last); }));
            first = last;
        }
        const auto text = coming.front().get();
        coming.pop_front();
        write(text);
    }
}

void writeHead(const PointSink& write, const std::vector<storage::Metric>& metrics)
{
    std::string line = "batch,time";
    for (const auto& metric : metrics)
        line += ',' + trainer::csvCell(metric.name);
    write(line + '\n');
}

void writeRows(const PointSink& write, const storage::RunStore& store, storage::RunId run,
    const std::vector<storage::Metric>& metrics)
{
    writeHead(write, metrics);
    store.history(run, metrics, [&](const storage::RunStore::HistoryRow& row) {
        std::string line = std::to_string(row.batch) + ',' + trainer::toText(row.time);
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            if (row.values[i])
                append(line, *row.values[i], isSingle(metrics[i]));
            else
                line += ',';
        }
        write(line + '\n');
    });
}

} // namespace

void writePoints(const PointSink& write, const storage::RunStore& store, storage::RunId run)
{
    auto metrics = store.metrics(run);
    std::sort(metrics.begin(), metrics.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const auto overview = store.run(run);
    const auto batches = overview ? static_cast<std::size_t>(overview->summary.batches) : 0;
    if (batches > kMostRows || (overview && storage::isLive(overview->run.status))) {
        writeRows(write, store, run, metrics);
        return;
    }
    std::vector<Column> columns;
    std::vector<storage::Metric> recorded;
    for (const auto& metric : metrics) {
        auto points = store.packed(run, metric.name);
        if (!points)
            continue; // it could have been recorded, and never was
        recorded.push_back(metric);
        columns.push_back({ std::move(points), isSingle(metric) });
    }
    if (const auto* x = spine(columns, batches)) {
        writeHead(write, recorded);
        writeColumns(write, columns, *x, batches);
    } else {
        writeRows(write, store, run, recorded);
    }
}

} // namespace nabiz::app
