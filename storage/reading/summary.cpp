// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/summary.h"
#include "storage/records/metric_aliases.h"

#include "storage/reading/last_batches.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace nabiz::storage {

namespace {

constexpr double kWarmBatches = 3;
constexpr const char* kAccumulation = "training.gradient_accumulation_steps";

std::optional<double> number(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

// Under the name that the run's own program gives it.
Series seriesOf(SQLite::Database& database, RunId run, const BatchIndex& index, std::string_view metric)
{
    std::vector<std::string_view> names { metric };
    std::ranges::copy(aliasesOf(metric), std::back_inserter(names));
    SQLite::Statement query(database, "SELECT id FROM metric WHERE run = ? AND name = ?");
    for (const std::string_view name : names) {
        query.bind(1, run);
        query.bind(2, std::string(name));
        if (query.executeStep())
            return readSeries(database, index, Metric { query.getColumn(0).getInt64(), std::string(name), {} });
        query.reset();
    }
    return {};
}

std::int64_t accumulation(SQLite::Database& database, RunId run)
{
    SQLite::Statement query(
        database, "SELECT iif(applied = '', declared, applied) FROM run_param WHERE run = ? AND key = ?");
    query.bind(1, run);
    query.bind(2, kAccumulation);
    if (!query.executeStep())
        return 1;
    const std::string text = query.getColumn(0).getString();
    std::int64_t value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::max<std::int64_t>(value, 1);
}

bool isOwn(SQLite::Database& database, RunId run)
{
    SQLite::Statement query(database, "SELECT 1 FROM imported WHERE run = ?");
    query.bind(1, run);
    return !query.executeStep();
}

// Index of the smallest finite value; size() when there is none.
std::size_t lowest(const Series& series)
{
    auto best = series.value.size();
    for (std::size_t i = 0; i < series.value.size(); ++i) {
        if (std::isfinite(series.value[i]) && (best == series.value.size() || series.value[i] < series.value[best]))
            best = i;
    }
    return best;
}

std::optional<double> highest(const Series& series)
{
    std::optional<double> best;
    for (const double value : series.value) {
        if (std::isfinite(value))
            best = std::max(best.value_or(value), value);
    }
    return best;
}

void summarizeLoss(const Series& loss, Summary& summary)
{
    if (loss.value.empty())
        return;
    summary.firstLoss = number(loss.value.front());
    summary.lastLoss = number(loss.value.back());
    const auto first = firstOfLast(loss.value.size(), kLastBatches, [&loss](std::size_t i) { return loss.batch[i]; });
    if (loss.value.size() - first == kLastBatches) {
        double sum = 0;
        for (auto i = first; i < loss.value.size(); ++i)
            sum += loss.value[i];
        summary.meanLastLoss = number(sum / kLastBatches);
    }
    summary.nonFinite = std::count_if(loss.value.begin(), loss.value.end(), [](double v) { return !std::isfinite(v); });
    if (const auto best = lowest(loss); best < loss.value.size()) {
        summary.bestLoss = loss.value[best];
        summary.bestBatch = static_cast<std::int64_t>(loss.batch[best]);
    }
}

template <typename T> void bind(SQLite::Statement& statement, int index, const std::optional<T>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

} // namespace

std::optional<double> medianAfterThird(const Series& series)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < series.value.size(); ++i) {
        if (series.batch[i] >= kWarmBatches && std::isfinite(series.value[i]))
            values.push_back(series.value[i]);
    }
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

Summary computeSummary(SQLite::Database& database, RunId run, const BatchIndex& index)
{
    Summary summary;
    summary.batches = isOwn(database, run) ? index.alive() : index.aliveNumbers();
    const auto size = accumulation(database, run);
    summary.steps = (summary.batches + size - 1) / size;
    for (auto seq = index.size(); seq-- > 0;) {
        if (index.isAlive(seq)) {
            summary.seconds = index.time(seq);
            break;
        }
    }
    summarizeLoss(seriesOf(database, run, index, "loss"), summary);
    const auto val = seriesOf(database, run, index, "val.loss");
    if (!val.value.empty())
        summary.lastValLoss = number(val.value.back());
    if (const auto best = lowest(val); best < val.value.size()) {
        summary.bestValLoss = val.value[best];
        summary.bestValBatch = static_cast<std::int64_t>(val.batch[best]);
    }
    summary.peakBytes = highest(seriesOf(database, run, index, "memory.peak"));
    if (!summary.peakBytes)
        summary.peakBytes = highest(seriesOf(database, run, index, "memory.process"));
    summary.tokensPerSecond = medianAfterThird(seriesOf(database, run, index, "tokens_per_second"));
    summary.medianBatchSeconds = medianAfterThird(seriesOf(database, run, index, "batch_seconds"));
    return summary;
}

void storeSummary(SQLite::Database& database, RunId run, const Summary& summary)
{
    SQLite::Statement insert(database,
        "INSERT OR REPLACE INTO summary (run, batches, steps, seconds, first_loss, best_loss, last_loss, mean_last_loss,"
        " best_batch, best_val_loss, last_val_loss, best_val_batch, peak_bytes, tokens_per_second, median_batch_seconds,"
        " non_finite) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, run);
    insert.bind(2, summary.batches);
    insert.bind(3, summary.steps);
    insert.bind(4, summary.seconds);
    bind(insert, 5, summary.firstLoss);
    bind(insert, 6, summary.bestLoss);
    bind(insert, 7, summary.lastLoss);
    bind(insert, 8, summary.meanLastLoss);
    bind(insert, 9, summary.bestBatch);
    bind(insert, 10, summary.bestValLoss);
    bind(insert, 11, summary.lastValLoss);
    bind(insert, 12, summary.bestValBatch);
    bind(insert, 13, summary.peakBytes);
    bind(insert, 14, summary.tokensPerSecond);
    bind(insert, 15, summary.medianBatchSeconds);
    insert.bind(16, summary.nonFinite);
    insert.exec();
}

} // namespace nabiz::storage
