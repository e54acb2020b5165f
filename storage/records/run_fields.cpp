// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/run_fields.h"

#include <algorithm>
#include <array>

namespace nabiz::storage {

namespace {

using enum RunField;
using Kind = RunFieldKind;

constexpr std::array kFields = std::to_array<RunFieldRow>({
    { Id, "id", Kind::Count },
    { Name, "name", Kind::Text },
    { Status, "status", Kind::Text },
    { Reason, "reason", Kind::Text },
    { Starred, "starred", Kind::Flag },
    { Tag, "tag", Kind::List },
    { Note, "note", Kind::Text },
    { Why, "why", Kind::Text },
    { Group, "group", Kind::Text },
    { Preset, "preset", Kind::Text },
    { Source, "source", Kind::Text },
    { Host, "host", Kind::Text },
    { Seed, "seed", Kind::Count },
    { Created, "created", Kind::Time },
    { Started, "started", Kind::Time },
    { Ended, "ended", Kind::Time },
    { Batches, "batches", Kind::Count },
    { Steps, "steps", Kind::Count },
    { PlannedBatches, "planned_batches", Kind::Count },
    { Seconds, "seconds", Kind::Seconds },
    { Best, "best", Kind::Number },
    { BestBatch, "best_batch", Kind::Count },
    { FirstLoss, "loss.first", Kind::Number },
    { BestLoss, "loss.best", Kind::Number },
    { BestLossBatch, "loss.best_batch", Kind::Count },
    { LastLoss, "loss.last", Kind::Number },
    { MeanLoss, "loss.mean", Kind::Number },
    { BestValLoss, "val.loss.best", Kind::Number },
    { BestValBatch, "val.loss.best_batch", Kind::Count },
    { LastValLoss, "val.loss.last", Kind::Number },
    { PeakMemory, "memory.peak", Kind::Bytes },
    { TokensPerSecond, "tokens_per_second", Kind::Number },
    { BatchSeconds, "batch_seconds", Kind::Seconds },
    { NonFinite, "nonfinite", Kind::Count },
});

std::optional<double> whole(const std::optional<std::int64_t>& value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

std::optional<double> lossNumber(const Summary& summary, RunField field)
{
    switch (field) {
    case Best:
        return summary.bestValLoss ? summary.bestValLoss : summary.bestLoss;
    case BestBatch:
        return whole(summary.bestValLoss ? summary.bestValBatch : summary.bestBatch);
    case FirstLoss:
        return summary.firstLoss;
    case BestLoss:
        return summary.bestLoss;
    case BestLossBatch:
        return whole(summary.bestBatch);
    case LastLoss:
        return summary.lastLoss;
    case MeanLoss:
        return summary.meanLastLoss;
    case BestValLoss:
        return summary.bestValLoss;
    case BestValBatch:
        return whole(summary.bestValBatch);
    case LastValLoss:
        return summary.lastValLoss;
    default:
        return std::nullopt;
    }
}

// A run that has not begun has no figures yet: nought would be taken for one.
std::optional<double> afterBegin(const Summary& summary, double value)
{
    return summary.batches > 0 ? std::optional(value) : std::nullopt;
}

std::optional<double> summaryNumber(const Summary& summary, RunField field)
{
    switch (field) {
    case Batches:
        return static_cast<double>(summary.batches);
    case Steps:
        return static_cast<double>(summary.steps);
    case Seconds:
        return afterBegin(summary, summary.seconds);
    case PeakMemory:
        return summary.peakBytes;
    case TokensPerSecond:
        return summary.tokensPerSecond;
    case BatchSeconds:
        return summary.medianBatchSeconds;
    case NonFinite:
        return afterBegin(summary, static_cast<double>(summary.nonFinite));
    default:
        return lossNumber(summary, field);
    }
}

} // namespace

std::span<const RunFieldRow> runFields()
{
    return kFields;
}

const RunFieldRow& row(RunField field)
{
    return kFields.at(static_cast<std::size_t>(field));
}

const RunFieldRow* findRunField(std::string_view key)
{
    const auto found = std::ranges::find(kFields, key, &RunFieldRow::key);
    return found == kFields.end() ? nullptr : &*found;
}

std::optional<double> fieldNumber(const RunOverview& overview, RunField field)
{
    const Run& run = overview.run;
    switch (field) {
    case Id:
        return static_cast<double>(run.id);
    case Starred:
        return run.starred ? 1 : 0;
    case Seed:
        return static_cast<double>(run.seed);
    case Created:
        return static_cast<double>(run.created);
    case Started:
        return whole(run.started);
    case Ended:
        return whole(run.ended);
    case PlannedBatches:
        return run.plannedBatches > 0 ? std::optional(static_cast<double>(run.plannedBatches)) : std::nullopt;
    default:
        return summaryNumber(overview.summary, field);
    }
}

std::string fieldText(const RunOverview& overview, RunField field)
{
    const Run& run = overview.run;
    switch (field) {
    case Name:
        return run.name;
    case Status:
        return std::string(name(run.status));
    case Reason:
        return run.failure;
    case Note:
        return run.note;
    case Why:
        return run.why;
    case Group:
        return run.group;
    case Preset:
        return run.preset;
    case Source:
        return run.source;
    case Host: {
        const auto host = run.facts.find("host");
        return host == run.facts.end() ? std::string() : host->second;
    }
    case Tag: {
        std::string lines;
        for (const std::string& tag : run.tags)
            lines += (lines.empty() ? "" : "\n") + tag;
        return lines;
    }
    default:
        return {};
    }
}

bool bestIsRaw(const RunOverview& overview)
{
    return !overview.summary.bestValLoss && overview.summary.bestLoss;
}

} // namespace nabiz::storage
