// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/compared_run.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

bool hasValidation(const ComparedEntry& entry)
{
    return std::any_of(entry.members.begin(), entry.members.end(), [](const ComparedRun& run) {
        return run.validation || run.overview->summary.lastValLoss || run.overview->summary.bestValLoss;
    });
}

std::optional<double> finite(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<Mark> bestOfSummary(const storage::Summary& summary, LossBasis basis)
{
    if (basis == LossBasis::MeanOfLast) {
        return std::nullopt; // of means a summary holds the last alone
    }
    const std::optional<double> value = finite(summary.bestValLoss);
    return value && summary.bestValBatch
        ? std::optional(Mark { *value, static_cast<double>(*summary.bestValBatch), std::nan("") })
        : std::nullopt;
}

} // namespace

std::string ComparedRun::parameter(const std::string& key) const
{
    if (parameters) {
        for (const storage::Parameter& parameter : *parameters) {
            if (parameter.key == key) {
                return parameter.value();
            }
        }
    }
    return {};
}

ComparedEntry entryOf(const ComparedRun& run)
{
    return { run.overview->run.name, { run }, run.loss, run.validation };
}

LossBasis basisOf(const std::vector<ComparedEntry>& entries)
{
    return !entries.empty() && std::all_of(entries.begin(), entries.end(), hasValidation) ? LossBasis::Validation
                                                                                          : LossBasis::MeanOfLast;
}

const LossSeries& lossSeries(const ComparedRun& run, LossBasis basis)
{
    return basis == LossBasis::Validation ? run.validation : run.loss;
}

const LossSeries& lossSeries(const ComparedEntry& entry, LossBasis basis)
{
    return basis == LossBasis::Validation ? entry.validation : entry.loss;
}

std::optional<Mark> bestLoss(const ComparedEntry& entry, LossBasis basis)
{
    if (const LossSeries& series = lossSeries(entry, basis)) {
        return series.track->best(*series.points);
    }
    return entry.members.size() == 1 ? bestOfSummary(entry.members.front().overview->summary, basis) : std::nullopt;
}

std::optional<double> finalLoss(const ComparedRun& run, LossBasis basis)
{
    if (const LossSeries& series = lossSeries(run, basis)) {
        const std::optional<Mark> last = series.track->last(*series.points);
        return last ? std::optional(last->value) : std::nullopt;
    }
    const storage::Summary& summary = run.overview->summary;
    return finite(basis == LossBasis::Validation ? summary.lastValLoss : summary.meanLastLoss);
}

std::optional<SpeedUp> speedUp(const ComparedEntry& baseline, const ComparedEntry& other, LossBasis basis)
{
    const std::optional<Mark> best = bestLoss(baseline, basis);
    const LossSeries& series = lossSeries(other, basis);
    if (!best || !series) {
        return std::nullopt;
    }
    SpeedUp result;
    result.target = best->value;
    result.reached = series.track->reached(*series.points, best->value);
    if (result.reached) {
        result.batches = (best->batch + 1) / (result.reached->batch + 1);
        result.time = best->time > 0 && result.reached->time > 0 ? best->time / result.reached->time : 0;
    }
    return result;
}

} // namespace nabiz::ui
