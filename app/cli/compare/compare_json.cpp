// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compare/compare_output.h"
#include "app/cli/run_json.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/outcomes.h"
#include "ui/analysis/setting_rows.h"
#include "ui/analysis/verdict.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

using ui::ComparedEntry;
using ui::Outcome;

Json known(double value)
{
    return value > 0 ? Json(value) : Json();
}

Json ids(const ComparedEntry& entry)
{
    Json json = Json::array();
    for (const ui::ComparedRun& run : entry.members)
        json.push_back(run.overview->run.id);
    return json;
}

const char* idOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::BestValLoss:
        return "val.loss.best";
    case Outcome::LastValLoss:
        return "val.loss.last";
    case Outcome::MeanLastLoss:
        return "loss.mean_of_last";
    case Outcome::BestMeanLoss:
        return "loss.best_mean";
    case Outcome::ReachedBatch:
        return "reached.batch";
    case Outcome::ReachedTime:
        return "reached.seconds";
    case Outcome::AtEqualBatch:
        return "loss.at_equal_batch";
    case Outcome::AtEqualTime:
        return "loss.at_equal_seconds";
    case Outcome::AtEqualMemory:
        return "loss.at_equal_memory";
    case Outcome::LowestLoss:
        return "loss.lowest_single_batch";
    case Outcome::LastLoss:
        return "loss.last_single_batch";
    case Outcome::PeakMemory:
        return "memory.peak_bytes";
    case Outcome::BatchTime:
        return "batch_seconds";
    case Outcome::TokensPerSecond:
        return "tokens_per_second";
    case Outcome::Batches:
        return "batches";
    case Outcome::Duration:
        return "seconds";
    }
    return "";
}

const char* idOf(ui::Judgement judgement)
{
    switch (judgement) {
    case ui::Judgement::Better:
        return "better";
    case ui::Judgement::Worse:
        return "worse";
    case ui::Judgement::CannotTell:
        return "cannot_tell";
    case ui::Judgement::OneSeed:
        return "one_seed";
    }
    return "";
}

const char* idOf(ui::ComparisonWarning warning)
{
    switch (warning) {
    case ui::ComparisonWarning::OtherData:
        return "other_data";
    case ui::ComparisonWarning::OtherValidation:
        return "other_validation";
    case ui::ComparisonWarning::OtherSeed:
        return "other_seed";
    case ui::ComparisonWarning::NotFinished:
        return "not_finished";
    case ui::ComparisonWarning::WentOn:
        return "went_on";
    case ui::ComparisonWarning::Reference:
        return "reference";
    case ui::ComparisonWarning::Imported:
        return "imported";
    }
    return "";
}

const char* idOf(ui::LossBasis basis)
{
    return basis == ui::LossBasis::Validation ? "val.loss" : "loss.mean_of_last";
}

const char* idOf(ui::Obstacle obstacle)
{
    switch (obstacle) {
    case ui::Obstacle::OtherText:
        return "other_text";
    case ui::Obstacle::OtherValidationText:
        return "other_validation_text";
    case ui::Obstacle::OtherUnit:
        return "other_unit";
    }
    return "";
}

// Valid however often it is looked at; without "low" and "high" so few seeds can tell nothing.
Json anytimeJson(const ui::AnytimeVerdict& verdict)
{
    Json json { { "judgement", idOf(verdict.judgement) }, { "n", { verdict.baselineSeeds, verdict.otherSeeds } },
        { "look", verdict.look }, { "looks", verdict.looks }, { "difference", nullptr }, { "low", nullptr },
        { "high", nullptr }, { "confidence", 1 - ui::kAnytimeError },
        { "seeds_needed", verdict.seedsNeeded ? Json(*verdict.seedsNeeded) : Json() } };
    if (verdict.interval) {
        json["difference"] = verdict.interval->difference;
        json["low"] = verdict.interval->low;
        json["high"] = verdict.interval->high;
    }
    return json;
}

Json verdictJson(const std::vector<ComparedEntry>& entries, const ui::Verdict& verdict)
{
    Json json { { "baseline", ids(entries.front()) }, { "runs", ids(entries[verdict.other]) },
        { "name", entries[verdict.other].name }, { "basis", idOf(verdict.basis) },
        { "obstacle", verdict.obstacle ? Json(idOf(*verdict.obstacle)) : Json() }, { "mean_of", ui::kMeanOf },
        { "target", nullptr }, { "reached", nullptr }, { "sooner", nullptr }, { "baseline_sooner", nullptr },
        { "judgement", verdict.obstacle ? Json() : Json(idOf(verdict.judgement)) },
        { "n", { verdict.baselineSeeds, verdict.otherSeeds } }, { "left_out", verdict.leftOut },
        { "interval", nullptr } };
    if (verdict.speed) {
        json["target"] = verdict.speed->target;
        if (verdict.speed->reached) {
            json["reached"] = { { "batch", std::llround(verdict.speed->reached->batch) },
                { "seconds", numberJson(verdict.speed->reached->time) } };
            json["sooner"]
                = { { "batches", known(verdict.speed->batches) }, { "seconds", known(verdict.speed->time) } };
        }
    }
    if (verdict.reverse && verdict.reverse->reached)
        json["baseline_sooner"]
            = { { "batches", known(verdict.reverse->batches) }, { "seconds", known(verdict.reverse->time) } };
    if (verdict.interval)
        json["interval"] = { { "difference", verdict.interval->difference }, { "low", verdict.interval->low },
            { "high", verdict.interval->high }, { "df", verdict.interval->df }, { "confidence", 0.95 } };
    json["anytime"] = verdict.anytime ? anytimeJson(*verdict.anytime) : Json();
    return json;
}

Json outcomeJson(const ui::OutcomeRow& row)
{
    const bool hasPlace = row.outcome >= Outcome::ReachedBatch && row.outcome <= Outcome::AtEqualMemory;
    Json json { { "id", idOf(row.outcome) }, { "values", Json::array() } };
    for (const ui::OutcomeValue& value : row.values)
        json["values"].push_back(numberJson(value.value));
    json["best"] = row.best ? Json(*row.best) : Json();
    if (row.outcome == Outcome::MeanLastLoss) // of how many points, where a page gives fewer than there are batches
        for (const ui::OutcomeValue& value : row.values)
            json["points"].push_back(value.points > 0 ? Json(value.points) : Json());
    if (std::ranges::any_of(row.values, [](const auto& value) { return value.obstacle.has_value(); }))
        for (const ui::OutcomeValue& value : row.values)
            json["obstacles"].push_back(value.obstacle ? Json(idOf(*value.obstacle)) : Json());
    if (hasPlace) {
        json["basis"] = idOf(row.basis);
        json["at"] = numberJson(row.at);
    }
    return json;
}

} // namespace

Json comparisonJson(const ui::StoredComparison& comparison)
{
    const std::vector<ComparedEntry>& entries = comparison.single();
    Json json { { "baseline", entries.front().members.front().overview->run.id }, { "runs", Json::array() },
        { "parameters", Json::array() } };
    for (const ComparedEntry& entry : entries)
        json["runs"].push_back(runJson(*entry.members.front().overview));
    const ui::ChosenSettings chosen = choose(ui::settingRows(entries), {});
    for (const ui::SettingRow& row : chosen.rows) {
        Json values = Json::array();
        for (const ui::SettingCell& cell : row.cells)
            values.push_back(cell.value);
        json["parameters"].push_back({ { "key", row.key }, { "values", values } });
    }
    json["equal_parameters"] = chosen.equal;
    json["groups"] = Json::array();
    for (const ComparedEntry& entry : comparison.grouped())
        json["groups"].push_back({ { "name", entry.name }, { "runs", ids(entry) } });
    json["verdicts"] = Json::array();
    for (std::size_t other = 1; other < comparison.grouped().size(); ++other)
        if (const auto verdict = verdictOn(comparison.grouped(), other))
            json["verdicts"].push_back(verdictJson(comparison.grouped(), *verdict));
    json["warnings"] = Json::array();
    for (const ui::RunWarning& warning : ui::comparisonWarnings(comparison.grouped()))
        json["warnings"].push_back({ { "id", idOf(warning.kind) }, { "runs", warning.runs } });
    json["outcomes"] = Json::array();
    for (const ui::OutcomeRow& row : ui::outcomeRows(entries))
        json["outcomes"].push_back(outcomeJson(row));
    return json;
}

} // namespace nabiz::app
