// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison.h"

#include "ui/models/run_catalog.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace nabiz::ui {
inline namespace table { // apart from ui/analysis, which has figures of the same names
namespace {

constexpr std::size_t kMeanOf = 20;

std::vector<std::string> valuesOf(const std::string& key, const std::vector<const RunDetail*>& runs)
{
    std::vector<std::string> values;
    for (const RunDetail* const run : runs) {
        values.push_back(run->parameter(key));
    }
    return values;
}

bool allEqual(const std::vector<std::string>& values)
{
    return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

std::vector<std::string> keysOf(const std::vector<const RunDetail*>& runs)
{
    std::vector<std::string> keys;
    std::set<std::string> known;
    for (const RunDetail* const run : runs) {
        for (const storage::Parameter& parameter : run->parameters) {
            if (known.insert(parameter.key).second) {
                keys.push_back(parameter.key);
            }
        }
    }
    return keys;
}

std::optional<double> meanOfLast(const RunDetail& run)
{
    const RunSeries* const loss = run.find("loss");
    if (!loss) {
        return run.overview.summary.meanLastLoss;
    }
    const double mean = loss->mean(loss->size() > kMeanOf ? loss->size() - kMeanOf : 0, loss->size());
    return std::isnan(mean) ? std::nullopt : std::optional(mean);
}

// Of a run that goes on the database's median is not there yet.
std::optional<double> median(const RunDetail& run, const char* metric, const std::optional<double>& known)
{
    const RunSeries* const series = run.find(metric);
    if (known || !series || series->size() <= 3) {
        return known;
    }
    std::vector<double> values;
    for (std::size_t i = 3; i < series->size(); ++i) {
        if (std::isfinite(series->value(i))) {
            values.push_back(series->value(i));
        }
    }
    if (values.empty()) {
        return known;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

OutcomeRow outcomeOf(Outcome outcome, const std::vector<const RunDetail*>& runs)
{
    OutcomeRow row;
    row.outcome = outcome;
    const auto add = [&row](OutcomeKind kind, std::optional<double> value, std::optional<std::int64_t> batch = {}) {
        row.kind = kind;
        row.values.push_back(value);
        row.batches.push_back(value ? batch : std::nullopt);
    };
    for (const RunDetail* const run : runs) {
        const storage::Summary& summary = run->overview.summary;
        switch (outcome) {
        case Outcome::BestValLoss:
            add(OutcomeKind::Loss, summary.bestValLoss, summary.bestValBatch);
            break;
        case Outcome::LastValLoss:
            add(OutcomeKind::Loss, summary.lastValLoss);
            break;
        case Outcome::BestLoss:
            add(OutcomeKind::Loss, summary.bestLoss, summary.bestBatch);
            break;
        case Outcome::LastLoss:
            add(OutcomeKind::Loss, summary.lastLoss);
            break;
        case Outcome::MeanLastLoss:
            add(OutcomeKind::Loss, meanOfLast(*run));
            break;
        case Outcome::Batches:
            add(OutcomeKind::Count,
                summary.batches > 0 ? std::optional(static_cast<double>(summary.batches)) : std::nullopt);
            break;
        case Outcome::PeakMemory:
            add(OutcomeKind::Bytes, summary.peakBytes);
            break;
        case Outcome::BatchTime:
            add(OutcomeKind::Seconds, median(*run, "batch_seconds", summary.medianBatchSeconds));
            break;
        case Outcome::TokensPerSecond:
            add(OutcomeKind::Rate, median(*run, "tokens_per_second", summary.tokensPerSecond));
            break;
        }
    }
    return row;
}

// More batches are not better; more tokens a second are; of the rest less is.
std::optional<std::size_t> bestOf(const OutcomeRow& row)
{
    if (row.kind == OutcomeKind::Count) {
        return std::nullopt;
    }
    std::optional<std::size_t> best;
    bool differs = false;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const std::optional<double>& value = row.values[i];
        if (!value || !std::isfinite(*value)) {
            continue;
        }
        if (!best) {
            best = i;
            continue;
        }
        differs = differs || *value != *row.values[*best];
        if (row.kind == OutcomeKind::Rate ? *value > *row.values[*best] : *value < *row.values[*best]) {
            best = i;
        }
    }
    return differs ? best : std::nullopt;
}

} // namespace

std::vector<ParameterDifference> parameterDifferences(const std::vector<const RunDetail*>& runs)
{
    std::vector<ParameterDifference> differences;
    for (const std::string& key : keysOf(runs)) {
        std::vector<std::string> values = valuesOf(key, runs);
        if (!allEqual(values)) {
            differences.push_back({ key, std::move(values) });
        }
    }
    return differences;
}

std::size_t equalParameters(const std::vector<const RunDetail*>& runs)
{
    return keysOf(runs).size() - parameterDifferences(runs).size();
}

std::optional<LossAtSameBatch> lossAtSameBatch(const RunDetail& before, const RunDetail& after)
{
    const RunSeries* const one = before.find("loss");
    const RunSeries* const other = after.find("loss");
    if (!one || !other) {
        return std::nullopt;
    }
    LossAtSameBatch result;
    result.batch = std::min(one->batch(one->size() - 1), other->batch(other->size() - 1));
    const auto mean = [&result](const RunSeries& series) {
        const std::size_t i = series.lastAtOrBefore(result.batch, {});
        return i == series.size() ? std::nan("") : series.mean(i + 1 > kMeanOf ? i + 1 - kMeanOf : 0, i + 1);
    };
    result.before = mean(*one);
    result.after = mean(*other);
    if (!std::isfinite(result.before) || !std::isfinite(result.after) || result.before == 0) {
        return std::nullopt;
    }
    return result;
}

Comparison compareRuns(const std::vector<const RunDetail*>& runs)
{
    Comparison comparison;
    for (const RunDetail* const run : runs) {
        comparison.runs.push_back(run->overview.run.id);
        comparison.names.push_back(run->overview.run.name);
    }
    comparison.differences = parameterDifferences(runs);
    comparison.equal = equalParameters(runs);
    for (const Outcome outcome :
        { Outcome::BestValLoss, Outcome::LastValLoss, Outcome::BestLoss, Outcome::LastLoss, Outcome::MeanLastLoss,
            Outcome::Batches, Outcome::PeakMemory, Outcome::BatchTime, Outcome::TokensPerSecond }) {
        OutcomeRow row = outcomeOf(outcome, runs);
        if (std::any_of(row.values.begin(), row.values.end(), [](const auto& value) { return value.has_value(); })) {
            row.best = bestOf(row);
            comparison.outcomes.push_back(std::move(row));
        }
    }
    return comparison;
}

std::optional<double> changeFrom(const std::optional<double>& baseline, const std::optional<double>& value)
{
    if (!baseline || !value || !std::isfinite(*baseline) || !std::isfinite(*value) || *baseline == 0) {
        return std::nullopt;
    }
    return *value / *baseline - 1;
}

} // namespace table
} // namespace nabiz::ui
