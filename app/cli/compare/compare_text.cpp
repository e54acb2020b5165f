// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compare/compare_output.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "app/run/terminal_text.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/outcomes.h"
#include "ui/analysis/setting_rows.h"
#include "ui/analysis/verdict.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

using ui::ComparedEntry;
using ui::Outcome;
using ui::OutcomeKind;
using ui::OutcomeRow;

constexpr std::size_t kName = 30;

std::string nameOf(const ComparedEntry& entry)
{
    return elided(entry.name, kName);
}

// "2.2 x sooner"; empty where it is not known or the same.
std::string soonerText(double times)
{
    if (!(times > 0) || std::abs(times - 1) < 0.05)
        return {};
    return times > 1 ? numberText(times, 2) + " x sooner" : numberText(1 / times, 2) + " x later";
}

// Why two losses are not held against each other, for a cell.
const char* shortText(ui::Obstacle obstacle)
{
    switch (obstacle) {
    case ui::Obstacle::OtherText:
        return "other text";
    case ui::Obstacle::OtherValidationText:
        return "other validation text";
    case ui::Obstacle::OtherUnit:
        return "other unit";
    }
    return "";
}

std::string obstacleText(const std::string& one, const std::string& other, ui::Obstacle obstacle)
{
    switch (obstacle) {
    case ui::Obstacle::OtherText:
        return fmt::format(
            "{} and {} were trained on different texts: their losses say nothing of each other.", other, one);
    case ui::Obstacle::OtherValidationText:
        return fmt::format(
            "{} and {} were validated on different texts: their validation losses say nothing of each other.", other,
            one);
    case ui::Obstacle::OtherUnit:
        return fmt::format(
            "The losses of {} and {} are not known to be in one unit: they say nothing of each other.", other, one);
    }
    return {};
}

std::string speedText(const std::vector<ComparedEntry>& entries, const ui::Verdict& verdict)
{
    const std::string loss = verdict.basis == ui::LossBasis::Validation
        ? "best val.loss"
        : fmt::format("best loss (mean of {})", ui::kMeanOf);
    const std::string baseline = nameOf(entries.front()), other = nameOf(entries[verdict.other]);
    if (verdict.obstacle)
        return obstacleText(baseline, other, *verdict.obstacle);
    if (!verdict.speed)
        return fmt::format("{}: no loss to compare with {}'s.", other, baseline);
    if (!verdict.speed->reached) {
        const bool turned = verdict.reverse && verdict.reverse->reached;
        const std::string back = turned ? soonerText(verdict.reverse->batches) : "";
        return fmt::format("{} does not reach {}'s {}, {}{}.", other, baseline, loss, numberText(verdict.speed->target),
            back.empty() ? "" : "; " + baseline + " reaches its best " + back);
    }
    const std::string batches = soonerText(verdict.speed->batches), time = soonerText(verdict.speed->time);
    return fmt::format("{} reaches {}'s {}, {}, {}{}.", other, baseline, loss, numberText(verdict.speed->target),
        batches.empty() ? "at the same batch" : batches,
        time.empty() || time == batches ? "" : " (in time: " + time + ")");
}

std::string luckText(const ui::Verdict& verdict)
{
    if (!verdict.interval)
        return verdict.baselineSeeds == 1 && verdict.otherSeeds == 1
            ? "One seed each: it cannot be told from luck."
            : fmt::format("n = {} and {} finished: below two seeds a side it cannot be told from luck.",
                  verdict.baselineSeeds, verdict.otherSeeds);
    const ui::Interval& interval = *verdict.interval;
    const std::string judgement = verdict.judgement == ui::Judgement::Better ? "better, by more than luck"
        : verdict.judgement == ui::Judgement::Worse                          ? "worse, by more than luck"
                                                    : "cannot tell, seeds alone differ as much";
    return fmt::format("Final {} {:+.4g} (95 %: {:+.4g} to {:+.4g}; n = {} and {}): {}.",
        verdict.basis == ui::LossBasis::Validation ? "val.loss" : "mean loss", interval.difference, interval.low,
        interval.high, interval.n2, interval.n1, judgement);
}

// What holds however often it is looked at, and what it would take.
std::string anytimeText(const ui::AnytimeVerdict& verdict)
{
    const std::string at = verdict.looks > 1 ? fmt::format(", evaluation {} of {}", verdict.look, verdict.looks) : "";
    std::string text = fmt::format(
        "However often it is looked at (n = {} and {}{}): ", verdict.otherSeeds, verdict.baselineSeeds, at);
    if (verdict.interval)
        text += fmt::format("{:+.4g} (95 %: {:+.4g} to {:+.4g}), ", verdict.interval->difference, verdict.interval->low,
            verdict.interval->high);
    const bool isTold = verdict.judgement == ui::Judgement::Better || verdict.judgement == ui::Judgement::Worse;
    text += verdict.judgement == ui::Judgement::Better ? "better."
        : verdict.judgement == ui::Judgement::Worse    ? "worse."
        : verdict.interval                             ? "cannot tell yet."
                                                       : "so few seeds can tell nothing.";
    if (!isTold && verdict.seedsNeeded && *verdict.seedsNeeded > std::min(verdict.baselineSeeds, verdict.otherSeeds))
        text += fmt::format(" A difference of this size takes about {} seeds a side.", *verdict.seedsNeeded);
    return text;
}

std::string warningText(const ui::RunWarning& warning)
{
    std::string names;
    for (const std::string& name : warning.runs)
        names += (names.empty() ? "" : ", ") + elided(name, kName);
    const auto text = [&]() -> const char* {
        switch (warning.kind) {
        case ui::ComparisonWarning::OtherData:
            return "trained on another text than the first";
        case ui::ComparisonWarning::OtherValidation:
            return "validated on other samples than the first";
        case ui::ComparisonWarning::OtherSeed:
            return "another seed than the first's";
        case ui::ComparisonWarning::NotFinished:
            return "not finished";
        case ui::ComparisonWarning::WentOn:
            return "gone on with after a break, see its events";
        case ui::ComparisonWarning::Reference:
            return "figures from a page, not measured here";
        case ui::ComparisonWarning::Imported:
            return "imported, not trained here";
        }
        return "";
    };
    return fmt::format("! {}: {}\n", text(), names);
}

std::string titleOf(const OutcomeRow& row)
{
    const std::string loss
        = row.basis == ui::LossBasis::Validation ? "val.loss" : fmt::format("loss mean of {}", ui::kMeanOf);
    switch (row.outcome) {
    case Outcome::BestValLoss:
        return "val.loss best";
    case Outcome::LastValLoss:
        return "val.loss last";
    case Outcome::MeanLastLoss:
        return fmt::format("loss mean of last {}", ui::kMeanOf);
    case Outcome::BestMeanLoss:
        return fmt::format("loss best mean of {}", ui::kMeanOf);
    case Outcome::ReachedBatch:
        return fmt::format("batch where {} is reached", numberText(row.at));
    case Outcome::ReachedTime:
        return fmt::format("time until {} is reached", numberText(row.at));
    case Outcome::AtEqualBatch:
        return fmt::format("{} at batch {}", loss, std::lround(row.at));
    case Outcome::AtEqualTime:
        return fmt::format("{} after {}", loss, durationText(row.at));
    case Outcome::AtEqualMemory:
        return fmt::format("{} within {} of memory", loss, bytesText(row.at));
    case Outcome::LowestLoss:
        return "loss lowest single batch";
    case Outcome::LastLoss:
        return "loss last single batch";
    case Outcome::PeakMemory:
        return "peak memory";
    case Outcome::BatchTime:
        return "seconds a batch, median";
    case Outcome::TokensPerSecond:
        return "tokens per second";
    case Outcome::Batches:
        return "batches";
    case Outcome::Duration:
        return "seconds";
    }
    return {};
}

bool isReached(const OutcomeRow& row)
{
    return row.outcome == Outcome::ReachedBatch || row.outcome == Outcome::ReachedTime;
}

std::string cellText(const OutcomeRow& row, std::size_t column)
{
    const ui::OutcomeValue& cell = row.values[column];
    if (!cell.value)
        return cell.obstacle && isReached(row) ? fmt::format("– ({})", shortText(*cell.obstacle)) : "–";
    const bool whole = row.kind == OutcomeKind::Batch || row.kind == OutcomeKind::Count;
    std::string text = row.kind == OutcomeKind::Bytes ? bytesText(*cell.value)
        : row.outcome == Outcome::ReachedTime         ? durationText(*cell.value)
        : whole && std::isfinite(*cell.value)         ? std::to_string(std::llround(*cell.value))
                                                      : numberText(cell.value);
    text += row.best == column ? " *" : "";
    if (cell.points > 0)
        text += fmt::format(" (of {} point{})", cell.points, cell.points == 1 ? "" : "s");
    if (column == 0)
        return text;
    if (cell.obstacle)
        return text + fmt::format(" ({})", shortText(*cell.obstacle));
    if (isReached(row))
        return text + " " + soonerText(cell.sooner);
    const auto change = ui::changeFrom(row.values.front().value, cell.value);
    const long percent = change ? std::lround(*change * 100) : 0;
    return text + fmt::format(" {:>6}", percent == 0 ? "" : fmt::format("{:+} %", percent));
}

std::string tables(const std::vector<ComparedEntry>& entries)
{
    std::vector<TextTable::Column> head { { "SETTING" } }, numberHead { { "RESULT" } };
    std::vector<std::string> statuses { "status" };
    for (const ComparedEntry& entry : entries) {
        const storage::Run& run = entry.members.front().overview->run;
        const std::string title = fmt::format("{} ({})", nameOf(entry), run.id);
        head.push_back({ title });
        numberHead.push_back({ title, TextTable::Align::Right });
        statuses.emplace_back(storage::name(run.status));
    }
    TextTable settings(head), results(numberHead);
    const ui::ChosenSettings chosen = choose(ui::settingRows(entries), {});
    for (const ui::SettingRow& row : chosen.rows) {
        std::vector<std::string> cells { row.key };
        for (const ui::SettingCell& cell : row.cells) {
            const std::string declared = cell.declared.empty() ? "" : " (declared " + cell.declared + ")";
            cells.push_back(cell.value.empty() ? "–" : elided(cell.value + declared, 60));
        }
        settings.add(cells);
    }
    results.add(statuses);
    for (const OutcomeRow& row : ui::outcomeRows(entries)) {
        std::vector<std::string> cells { titleOf(row) };
        for (std::size_t i = 0; i < entries.size(); ++i)
            cells.push_back(cellText(row, i));
        results.add(cells);
    }
    return (settings.empty() ? "no setting differs" : settings.text())
        + fmt::format("({} settings are equal)\n\n", chosen.equal) + results.text() + "* = best\n";
}

} // namespace

std::string comparisonText(const ui::StoredComparison& comparison)
{
    std::string text;
    for (std::size_t other = 1; other < comparison.grouped().size(); ++other)
        if (const auto verdict = verdictOn(comparison.grouped(), other))
            text += speedText(comparison.grouped(), *verdict) + "\n"
                + (verdict->obstacle ? "" : "  " + luckText(*verdict) + "\n")
                + (verdict->anytime ? "  " + anytimeText(*verdict->anytime) + "\n" : "");
    for (const ui::RunWarning& warning : ui::comparisonWarnings(comparison.grouped()))
        text += warningText(warning);
    return text + (text.empty() ? "" : "\n") + tables(comparison.single());
}

} // namespace nabiz::app
