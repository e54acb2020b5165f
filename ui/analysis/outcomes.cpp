// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/outcomes.h"

#include "ui/analysis/outcome_rows.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

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

// Of the points that the last mean is over, where they are fewer than its batches; else 0.
std::size_t fewPoints(const ComparedRun& run)
{
    if (!run.loss) {
        return 0;
    }
    const std::size_t count = run.loss.track->count(*run.loss.points, run.loss.points->size() - 1);
    return count < run.loss.track->meanOf() ? count : 0;
}

std::vector<OutcomeRow> lossRows(const std::vector<ComparedEntry>& entries)
{
    using Run = ComparedRun;
    const auto row = [&entries](Outcome outcome, const ReadFigure& read) {
        return rowOf(outcome, OutcomeKind::Loss, entries, read);
    };
    OutcomeRow bestVal = row(Outcome::BestValLoss, [](const Run& run) { return run.overview->summary.bestValLoss; });
    addBatches(bestVal, entries, [](const Run& run) { return run.overview->summary.bestValBatch; });
    OutcomeRow mean = row(Outcome::BestMeanLoss, [](const Run& run) {
        const std::optional<Mark> best = bestMean(run);
        return best ? std::optional(best->value) : std::nullopt;
    });
    addBatches(
        mean, entries, [](const Run& run) { return std::optional(static_cast<std::int64_t>(bestMean(run)->batch)); });
    OutcomeRow last = row(Outcome::MeanLastLoss, [](const Run& run) { return finalLoss(run, LossBasis::MeanOfLast); });
    for (std::size_t i = 0; i < entries.size(); ++i) {
        last.values[i].points = last.values[i].value ? fewPoints(entries[i].members.front()) : 0;
    }
    return { bestVal, row(Outcome::LastValLoss, [](const Run& run) { return run.overview->summary.lastValLoss; }), last,
        mean };
}

std::vector<OutcomeRow> singleBatchRows(const std::vector<ComparedEntry>& entries)
{
    using Run = ComparedRun;
    OutcomeRow lowest = rowOf(
        Outcome::LowestLoss, OutcomeKind::Loss, entries, [](const Run& run) { return run.overview->summary.bestLoss; });
    addBatches(lowest, entries, [](const Run& run) { return run.overview->summary.bestBatch; });
    return { lowest, rowOf(Outcome::LastLoss, OutcomeKind::Loss, entries, [](const Run& run) {
                return run.overview->summary.lastLoss;
            }) };
}

std::vector<OutcomeRow> reachedRows(const std::vector<ComparedEntry>& entries, LossBasis basis)
{
    OutcomeRow batch { Outcome::ReachedBatch, OutcomeKind::Batch, 0, basis, {}, {} };
    OutcomeRow time { Outcome::ReachedTime, OutcomeKind::Seconds, 0, basis, {}, {} };
    for (const ComparedEntry& entry : entries) {
        OutcomeValue atBatch, atTime;
        const bool comparable = !obstacleBetween(entries.front(), entry, basis);
        if (const std::optional<SpeedUp> speed = comparable ? speedUp(entries.front(), entry, basis) : std::nullopt) {
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
    const bool apart
        = std::any_of(row.values.begin(), row.values.end(), [](const auto& value) { return value.obstacle; });
    if (apart || row.kind == OutcomeKind::Count || row.outcome == Outcome::Duration) {
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

// Of which losses a row tells; none of what a run cost.
std::optional<LossBasis> basisOf(const OutcomeRow& row)
{
    switch (row.outcome) {
    case Outcome::BestValLoss:
    case Outcome::LastValLoss:
        return LossBasis::Validation;
    case Outcome::MeanLastLoss:
    case Outcome::BestMeanLoss:
    case Outcome::LowestLoss:
    case Outcome::LastLoss:
        return LossBasis::MeanOfLast;
    case Outcome::ReachedBatch:
    case Outcome::ReachedTime:
    case Outcome::AtEqualBatch:
    case Outcome::AtEqualTime:
    case Outcome::AtEqualMemory:
        return row.basis;
    default:
        return std::nullopt;
    }
}

void addObstacles(OutcomeRow& row, const std::vector<ComparedEntry>& entries)
{
    const std::optional<LossBasis> basis = basisOf(row);
    for (std::size_t i = 1; basis && i < entries.size(); ++i) {
        row.values[i].obstacle = obstacleBetween(entries.front(), entries[i], *basis);
    }
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
        const bool any = std::any_of(entries.begin() + 1, entries.end(),
            [&](const ComparedEntry& entry) { return !obstacleBetween(entries.front(), entry, basis); });
        append(any ? reachedRows(entries, basis) : std::vector<OutcomeRow>());
        append(equalFootingRows(entries, basis));
    }
    append(singleBatchRows(entries));
    append(costRows(entries));
    std::erase_if(rows, [](const OutcomeRow& row) {
        return std::none_of(
            row.values.begin(), row.values.end(), [](const auto& value) { return value.value.has_value(); });
    });
    for (OutcomeRow& row : rows) {
        addObstacles(row, entries);
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
