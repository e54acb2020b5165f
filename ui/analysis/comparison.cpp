// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/comparison.h"

#include "ui/analysis/welch.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace nabiz::ui {
namespace {

constexpr double kMemoryRoom = 1.05; // a process takes a few per cent more or less each time
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

using Read = std::function<std::optional<double>(const ComparedRun&)>;

std::optional<double> finite(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

OutcomeValue meanOfRuns(const ComparedEntry& entry, const Read& read)
{
    std::vector<double> values;
    for (const ComparedRun& run : entry.members) {
        values.push_back(read(run).value_or(kNone));
    }
    OutcomeValue result;
    if (entry.members.size() == 1) {
        result.value = read(entry.members.front()); // a NaN is shown as one
    } else if (const auto mean = meanAndDeviation(values)) {
        result.value = mean->mean;
        result.spread = mean->deviation;
    }
    return result;
}

OutcomeRow rowOf(Outcome outcome, OutcomeKind kind, const std::vector<ComparedEntry>& entries, const Read& read)
{
    OutcomeRow row { outcome, kind };
    for (const ComparedEntry& entry : entries) {
        row.values.push_back(meanOfRuns(entry, read));
    }
    return row;
}

using ReadBatch = std::function<std::optional<std::int64_t>(const ComparedRun&)>;

void addBatches(OutcomeRow& row, const std::vector<ComparedEntry>& entries, const ReadBatch& read)
{
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!entries[i].isGroup() && row.values[i].value) {
            row.values[i].batch = read(entries[i].members.front());
        }
    }
}

std::optional<Mark> bestMean(const ComparedRun& run)
{
    return run.loss ? run.loss.track->best(*run.loss.points) : std::nullopt;
}

std::vector<OutcomeRow> lossRows(const std::vector<ComparedEntry>& entries)
{
    using Run = ComparedRun;
    const auto row = [&entries](Outcome outcome, const Read& read) {
        return rowOf(outcome, OutcomeKind::Loss, entries, read);
    };
    OutcomeRow bestVal = row(Outcome::BestValLoss, [](const Run& run) { return run.overview->summary.bestValLoss; });
    addBatches(bestVal, entries, [](const Run& run) { return run.overview->summary.bestValBatch; });
    OutcomeRow mean = row(Outcome::BestMeanLoss, [](const Run& run) {
        const std::optional<Mark> best = bestMean(run);
        return best ? std::optional(best->value) : std::nullopt;
    });
    addBatches(mean, entries, [](const Run& run) {
        return std::optional(static_cast<std::int64_t>(bestMean(run)->batch));
    });
    return { bestVal, row(Outcome::LastValLoss, [](const Run& run) { return run.overview->summary.lastValLoss; }),
        row(Outcome::MeanLastLoss, [](const Run& run) { return finalLoss(run, LossBasis::MeanOfLast); }), mean };
}

std::vector<OutcomeRow> singleBatchRows(const std::vector<ComparedEntry>& entries)
{
    using Run = ComparedRun;
    OutcomeRow lowest = rowOf(Outcome::LowestLoss, OutcomeKind::Loss, entries,
        [](const Run& run) { return run.overview->summary.bestLoss; });
    addBatches(lowest, entries, [](const Run& run) { return run.overview->summary.bestBatch; });
    return { lowest, rowOf(Outcome::LastLoss, OutcomeKind::Loss, entries,
                         [](const Run& run) { return run.overview->summary.lastLoss; }) };
}

std::vector<OutcomeRow> reachedRows(const std::vector<ComparedEntry>& entries, LossBasis basis)
{
    OutcomeRow batch { Outcome::ReachedBatch, OutcomeKind::Batch, 0, basis, {}, {} };
    OutcomeRow time { Outcome::ReachedTime, OutcomeKind::Seconds, 0, basis, {}, {} };
    for (const ComparedEntry& entry : entries) {
        OutcomeValue atBatch, atTime;
        if (const std::optional<SpeedUp> speed = speedUp(entries.front(), entry, basis)) {
            batch.at = time.at = speed->target;
            if (speed->reached) {
                atBatch.value = speed->reached->batch;
                atBatch.sooner = speed->batches;
                atTime.value = speed->time > 0 ? std::optional(speed->reached->time) : std::nullopt;
                atTime.sooner = speed->time;
            }
        }
        batch.values.push_back(atBatch);
        time.values.push_back(atTime);
    }
    return { batch, time };
}

// The largest x that all have a loss at: at the end of the shortest.
OutcomeRow equalRow(const std::vector<ComparedEntry>& entries, LossBasis basis, bool byTime)
{
    OutcomeRow row { byTime ? Outcome::AtEqualTime : Outcome::AtEqualBatch, OutcomeKind::Loss, 0, basis, {}, {} };
    row.at = std::numeric_limits<double>::infinity();
    for (const ComparedEntry& entry : entries) {
        const LossSeries& series = lossSeries(entry, basis);
        const std::size_t size = series ? series.points->size() : 0;
        row.at = size == 0 ? -1
                           : std::min(row.at, byTime ? series.points->time(size - 1) : series.points->batch(size - 1));
    }
    for (const ComparedEntry& entry : entries) {
        const LossSeries& series = lossSeries(entry, basis);
        OutcomeValue value;
        if (series && row.at >= 0) {
            const std::size_t i
                = byTime ? lastAtTime(*series.points, row.at) : lastAtBatch(*series.points, row.at);
            value.value = i < series.points->size() ? finite(series.track->mean(*series.points, i)) : std::nullopt;
        }
        row.values.push_back(value);
    }
    return row;
}

// Index of the first point above `limit`; size() when none is.
std::size_t firstAbove(const Points& points, double limit)
{
    std::size_t i = 0;
    while (i < points.size() && !(points.value(i) > limit)) {
        ++i;
    }
    return i;
}

std::optional<double> lossWithin(const ComparedRun& run, LossBasis basis, double limit)
{
    const LossSeries& series = lossSeries(run, basis);
    if (!series || !run.memory) {
        return std::nullopt;
    }
    std::size_t last = series.points->size() - 1;
    const std::optional<double>& peak = run.overview->summary.peakBytes;
    if (!peak || *peak > limit) {
        const std::size_t above = firstAbove(*run.memory, limit);
        if (above < run.memory->size()) {
            last = lastAtBatch(*series.points, run.memory->batch(above) - 1);
        }
    }
    return last < series.points->size() ? finite(series.track->mean(*series.points, last)) : std::nullopt;
}

OutcomeRow memoryRow(const std::vector<ComparedEntry>& entries, LossBasis basis)
{
    double smallest = std::numeric_limits<double>::infinity();
    for (const ComparedEntry& entry : entries) {
        for (const ComparedRun& run : entry.members) {
            smallest = std::min(smallest, run.overview->summary.peakBytes.value_or(smallest));
        }
    }
    OutcomeRow row = rowOf(Outcome::AtEqualMemory, OutcomeKind::Loss, entries,
        [&](const ComparedRun& run) { return lossWithin(run, basis, smallest * kMemoryRoom); });
    for (std::size_t i = 0; i < entries.size(); ++i) { // of a group all, or it is another mean
        const bool all = std::all_of(entries[i].members.begin(), entries[i].members.end(),
            [&](const ComparedRun& run) { return lossWithin(run, basis, smallest * kMemoryRoom).has_value(); });
        row.values[i] = all ? row.values[i] : OutcomeValue();
    }
    row.at = smallest;
    row.basis = basis;
    return row;
}

std::vector<OutcomeRow> costRows(const std::vector<ComparedEntry>& entries)
{
    using Run = ComparedRun;
    const auto summary = [](const Run& run) -> const storage::Summary& { return run.overview->summary; };
    const auto positive = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
    return { rowOf(Outcome::PeakMemory, OutcomeKind::Bytes, entries,
                 [=](const Run& run) { return summary(run).peakBytes; }),
        rowOf(Outcome::BatchTime, OutcomeKind::Seconds, entries,
            [=](const Run& run) {
                return summary(run).medianBatchSeconds ? summary(run).medianBatchSeconds : run.batchSeconds;
            }),
        rowOf(Outcome::TokensPerSecond, OutcomeKind::Rate, entries,
            [=](const Run& run) {
                return summary(run).tokensPerSecond ? summary(run).tokensPerSecond : run.tokensPerSecond;
            }),
        rowOf(Outcome::Batches, OutcomeKind::Count, entries,
            [=](const Run& run) { return positive(static_cast<double>(summary(run).batches)); }),
        rowOf(Outcome::Duration, OutcomeKind::Seconds, entries,
            [=](const Run& run) { return positive(summary(run).seconds); }) };
}

// More batches, or a longer run, are not better; more tokens a second are; of the rest less is.
std::optional<std::size_t> bestOf(const OutcomeRow& row)
{
    if (row.kind == OutcomeKind::Count || row.outcome == Outcome::Duration) {
        return std::nullopt;
    }
    std::optional<std::size_t> best;
    bool differs = false;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const std::optional<double> value = finite(row.values[i].value);
        if (!value) {
            continue;
        }
        if (!best) {
            best = i;
            continue;
        }
        const double known = *row.values[*best].value;
        differs = differs || *value != known;
        if (row.kind == OutcomeKind::Rate ? *value > known : *value < known) {
            best = i;
        }
    }
    return differs ? best : std::nullopt;
}

} // namespace

std::vector<OutcomeRow> outcomeRows(const std::vector<ComparedEntry>& entries)
{
    const LossBasis basis = basisOf(entries);
    std::vector<OutcomeRow> rows = lossRows(entries);
    const auto append = [&rows](std::vector<OutcomeRow> more) {
        rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    if (entries.size() > 1) {
        append(reachedRows(entries, basis));
        append({ equalRow(entries, basis, false), equalRow(entries, basis, true), memoryRow(entries, basis) });
    }
    append(singleBatchRows(entries));
    append(costRows(entries));
    std::erase_if(rows, [](const OutcomeRow& row) {
        return std::none_of(
            row.values.begin(), row.values.end(), [](const auto& value) { return value.value.has_value(); });
    });
    for (OutcomeRow& row : rows) {
        row.best = bestOf(row);
    }
    return rows;
}

std::optional<double> changeFrom(const std::optional<double>& baseline, const std::optional<double>& value)
{
    if (!baseline || !value || !std::isfinite(*baseline) || !std::isfinite(*value) || *baseline == 0) {
        return std::nullopt;
    }
    return *value / *baseline - 1;
}

} // namespace nabiz::ui
