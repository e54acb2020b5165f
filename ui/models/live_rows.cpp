// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/live_rows.h"

#include "storage/reading/last_batches.h"
#include "ui/models/run_catalog.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

namespace nabiz::ui {
namespace {

void takeLoss(storage::Summary& summary, const storage::Row& row, double loss, bool isNew)
{
    if (isNew && !summary.firstLoss) {
        summary.firstLoss = loss;
    }
    summary.lastLoss = loss;
    if (!std::isfinite(loss)) {
        summary.nonFinite += isNew ? 1 : 0;
        return;
    }
    if (!summary.bestLoss || loss < *summary.bestLoss) {
        summary.bestLoss = loss;
        summary.bestBatch = row.batch;
    }
}

void takeValLoss(storage::Summary& summary, const storage::Row& row, double loss)
{
    summary.lastValLoss = loss;
    if (std::isfinite(loss) && (!summary.bestValLoss || loss < *summary.bestValLoss)) {
        summary.bestValLoss = loss;
        summary.bestValBatch = row.batch;
    }
}

bool holds(const RunSeries& series, const storage::Row& row)
{
    const std::size_t size = series.size();
    return size > 0 && static_cast<double>(row.batch) <= series.batch(size - 1) && row.time <= series.time(size - 1);
}

// Beside one that began with the same batch, since the two will mostly go on together.
std::unique_ptr<RunSeries> newSeries(const RunDetail& detail, const storage::Metric& metric, const storage::Row& row)
{
    for (const auto& [name, other] : detail.series) {
        if (other && !other->empty() && !other->isPreview() && other->batch(0) == static_cast<double>(row.batch)
            && other->time(0) == row.time) {
            return std::make_unique<RunSeries>(metric.name, metric.unit, *other);
        }
    }
    return std::make_unique<RunSeries>(metric.name, metric.unit);
}

} // namespace

void takeRow(storage::Summary& summary, const std::vector<storage::Metric>& metrics, const storage::Row& row)
{
    const bool isNew = row.batch >= summary.batches;
    for (int i = 0; i < row.count; ++i) {
        if (row.metric[i] >= metrics.size()) {
            continue;
        }
        const std::string_view name = metrics[row.metric[i]].name;
        const double value = row.value[i];
        if (name == "loss") {
            takeLoss(summary, row, value, isNew);
        } else if (name == "val.loss") {
            takeValLoss(summary, row, value);
        } else if ((name == "memory.peak" || name == "memory.process") && std::isfinite(value)) {
            summary.peakBytes = std::max(summary.peakBytes.value_or(0), value);
        }
    }
    summary.batches = std::max(summary.batches, row.batch + 1);
    summary.seconds = std::max(summary.seconds, row.time);
}

void takeRow(RunDetail& detail, const std::vector<storage::Metric>& metrics, const storage::Row& row)
{
    for (int i = 0; i < row.count; ++i) {
        if (row.metric[i] >= metrics.size()) {
            continue;
        }
        const storage::Metric& metric = metrics[row.metric[i]];
        auto& series = detail.series[metric.name];
        if (!series) {
            series = newSeries(detail, metric, row);
        }
        if (!series->isPreview() && !holds(*series, row)) {
            series->append(static_cast<double>(row.batch), row.time, row.value[i]);
        }
    }
}

bool supersedes(const RunDetail& detail, const storage::Row& row)
{
    const RunSeries* const loss = detail.find("loss");
    const auto batch = static_cast<double>(row.batch);
    if (!loss || batch > loss->batch(loss->size() - 1)) {
        return false;
    }
    const std::size_t at = loss->lastAtOrBefore(batch, XScale());
    return at < loss->size() && loss->batch(at) == batch && loss->time(at) != row.time;
}

void finishSummary(storage::Summary& summary, const RunDetail& detail)
{
    const double accumulation = detail.accumulation();
    summary.steps = static_cast<std::int64_t>(std::ceil(static_cast<double>(summary.batches) / accumulation));
    if (const RunSeries* loss = detail.find("loss")) {
        const std::size_t size = loss->size();
        const std::size_t first
            = storage::firstOfLast(size, storage::kLastBatches, [loss](std::size_t i) { return loss->batch(i); });
        summary.meanLastLoss.reset();
        if (size - first == storage::kLastBatches) {
            summary.meanLastLoss = loss->mean(first, size);
        }
    }
}

std::unique_ptr<RunSeries> keepOrMake(RunDetail* before, storage::Series& column)
{
    if (before) {
        auto& known = before->series[column.metric.name];
        const std::size_t size = column.previewOf > 0 ? column.previewOf : column.value.size();
        const bool goesAsFar = known && !known->isPreview() && known->size() >= size;
        if (goesAsFar && (size == 0 || column.batch.empty() || known->batch(size - 1) >= column.batch.back())) {
            return std::move(known);
        }
    }
    return std::make_unique<RunSeries>(column.metric.name, column.metric.unit, std::move(column.batch),
        std::move(column.time), std::move(column.value), column.previewOf);
}

bool takeEvent(RunDetail& detail, const storage::Event& event)
{
    if (std::any_of(detail.events.rbegin(), detail.events.rend(), [&](const storage::Event& a) {
            return a.kind == event.kind && a.batch == event.batch && a.time == event.time && a.text == event.text;
        })) {
        return false;
    }
    detail.events.push_back(event);
    return true;
}

} // namespace nabiz::ui
