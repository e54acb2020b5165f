// SPDX-License-Identifier: GPL-3.0-or-later
// Several runs side by side: whether the difference is real, what stands in the way of comparing them, the settings in which
// they differ, their figures, and their losses over one another.
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"
#include "ui/analysis/comparison.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/setting_rows.h"
#include "ui/analysis/stored_comparison.h"
#include "ui/analysis/verdict.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace nabiz::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> header(const std::vector<ReportRun>& runs, const std::string& first)
{
    std::vector<std::string> cells { first };
    for (const auto& run : runs)
        cells.push_back(markdown::escape(run.overview.run.name));
    return cells;
}

Rows differingSettings(const std::vector<ui::ComparedEntry>& entries)
{
    Rows rows;
    for (const auto& row : ui::settingRows(entries)) {
        if (!row.differs)
            continue;
        std::vector<std::string> cells { markdown::code(row.key) };
        for (const auto& cell : row.cells)
            cells.push_back(cell.value.empty() ? "–" : markdown::code(cell.value));
        rows.push_back(std::move(cells));
    }
    return rows;
}

std::string label(const ui::OutcomeRow& row, const ReportText& text)
{
    using enum ui::Outcome;
    const auto meanOf = std::to_string(ui::kMeanOf);
    switch (row.outcome) {
    case BestValLoss:
        return text("figure.val_best");
    case LastValLoss:
        return text("figure.val_last");
    case BestMeanLoss:
        return text("figure.mean_best", { meanOf });
    case MeanLastLoss:
        return text("figure.loss_mean", { meanOf });
    case LowestLoss:
        return text("figure.loss_best");
    case LastLoss:
        return text("figure.loss_last");
    case ReachedBatch:
        return text("figure.reached_batch", { figure(row.at) });
    case ReachedTime:
        return text("figure.reached_time", { figure(row.at) });
    case AtEqualBatch:
        return text("figure.at_batch", { std::to_string(std::llround(row.at)) });
    case AtEqualTime:
        return text("figure.at_time", { secondsFigure(row.at) });
    case AtEqualMemory:
        return text("figure.at_memory", { bytesFigure(row.at) });
    case PeakMemory:
        return text("figure.memory_most");
    case BatchTime:
        return text("figure.batch_time");
    case TokensPerSecond:
        return text("figure.tokens");
    case Batches:
        return text("figure.batches");
    case Duration:
        return text("figure.duration");
    }
    return {};
}

std::string cellOf(const ui::OutcomeRow& row, const ui::OutcomeValue& value)
{
    if (!value.value)
        return "–";
    std::string cell;
    switch (row.kind) {
    case ui::OutcomeKind::Loss:
        cell = figure(value.value);
        break;
    case ui::OutcomeKind::Bytes:
        cell = bytesFigure(value.value);
        break;
    case ui::OutcomeKind::Seconds:
        cell = row.outcome == ui::Outcome::BatchTime ? figure(value.value) + " s" : secondsFigure(*value.value);
        break;
    default:
        cell = std::to_string(std::llround(*value.value));
        break;
    }
    return value.batch ? cell + " @ " + std::to_string(*value.batch) : cell;
}

// A cell a run; behind the first the change from the baseline, and a mark on the best.
Rows figures(const std::vector<ReportRun>& runs, const std::vector<ui::ComparedEntry>& entries, const ReportText& text)
{
    Rows rows;
    std::vector<std::string> states { text("fact.status") };
    for (const auto& run : runs)
        states.push_back(text("status." + std::string(storage::name(run.overview.run.status))));
    rows.push_back(std::move(states));
    for (const auto& row : ui::outcomeRows(entries)) {
        std::vector<std::string> cells { label(row, text) };
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            std::string cell = cellOf(row, row.values[i]);
            const auto change = i > 0 ? ui::changeFrom(row.values.front().value, row.values[i].value) : std::nullopt;
            if (change && row.kind != ui::OutcomeKind::Batch && row.kind != ui::OutcomeKind::Count) {
                const long percent = std::lround(*change * 100);
                cell += percent == 0 ? "" : (percent > 0 ? " (+" : " (−") + std::to_string(std::abs(percent)) + " %)";
            }
            cells.push_back(row.best == i ? "**" + cell + "**" : cell);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

Rows losses(const std::vector<ReportRun>& runs)
{
    std::int64_t last = -1;
    std::set<std::int64_t> batches;
    for (const auto& run : runs)
        last = std::max(last, lastLossBatch(run));
    for (const auto batch : tableBatches(last))
        batches.insert(batch);
    for (const auto& run : runs) // each run's own last batch too
        if (lastLossBatch(run) >= 0)
            batches.insert(lastLossBatch(run));
    Rows rows;
    for (const auto batch : batches) {
        std::vector<std::string> cells { std::to_string(batch) };
        for (const auto& run : runs) {
            const auto loss = lossAt(run, batch);
            cells.push_back(loss.empty() ? "–" : loss);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

// How much sooner one reached the other's best.
std::string speed(const ui::Verdict& verdict, const std::string& one, const std::string& other, const ReportText& text)
{
    const auto say = [&](const ui::SpeedUp& speed, const std::string& who, const std::string& whose) {
        const auto batch = std::to_string(std::llround(speed.reached->batch));
        return text(speed.batches >= 1 ? "comparison.sooner" : "comparison.later",
            { who, whose, text.number(speed.target), batch, text.number(speed.batches >= 1 ? speed.batches : 1 / speed.batches, 3) });
    };
    if (verdict.speed && verdict.speed->reached && verdict.speed->batches > 0)
        return say(*verdict.speed, other, one);
    std::string result = verdict.speed ? text("comparison.never", { other, one, text.number(verdict.speed->target) }) : "";
    if (verdict.reverse && verdict.reverse->reached && verdict.reverse->batches > 0)
        result += (result.empty() ? "" : " ") + say(*verdict.reverse, one, other);
    return result;
}

// Whether the difference of the final losses is more than seeds make.
std::string reality(const ui::Verdict& verdict, const std::string& one, const std::string& other, const ReportText& text)
{
    const auto seeds = std::to_string(verdict.baselineSeeds), otherSeeds = std::to_string(verdict.otherSeeds);
    if (!verdict.interval)
        return text("comparison.one_seed", { one, other, seeds, otherSeeds });
    const char* key = verdict.judgement == ui::Judgement::Better ? "comparison.better"
        : verdict.judgement == ui::Judgement::Worse              ? "comparison.worse"
                                                                 : "comparison.cannot_tell";
    return text(key, { one, other, text.number(verdict.interval->low), text.number(verdict.interval->high), seeds, otherSeeds });
}

std::string verdicts(const ui::StoredComparison& entries, const ReportText& text)
{
    const auto& groups = entries.grouped();
    std::string result;
    for (std::size_t i = 1; i < groups.size(); ++i) {
        const auto verdict = ui::verdictOn(groups, i);
        if (!verdict)
            continue;
        const auto one = markdown::escape(groups.front().name), other = markdown::escape(groups[i].name);
        const auto sooner = speed(*verdict, one, other, text);
        result += (groups.size() == 2 ? "" : "- ") + sooner + (sooner.empty() ? "" : " ") + reality(*verdict, one, other, text) + "\n";
    }
    return result.empty() ? result : result + "\n";
}

const char* key(ui::ComparisonWarning warning)
{
    using enum ui::ComparisonWarning;
    switch (warning) {
    case OtherData:
        return "comparison.other_data";
    case OtherValidation:
        return "comparison.other_validation";
    case OtherSeed:
        return "comparison.other_seed";
    case NotFinished:
        return "comparison.not_finished";
    case Reference:
        return "comparison.reference";
    case Imported:
        return "comparison.imported";
    }
    return "";
}

std::string warnings(const std::vector<ui::ComparedEntry>& entries, const ReportText& text)
{
    std::string result;
    for (const auto& warning : ui::comparisonWarnings(entries)) {
        std::string names;
        for (const auto& name : warning.runs)
            names += (names.empty() ? "" : ", ") + markdown::escape(name);
        result += "- " + text(key(warning.kind), { names }) + "\n";
    }
    return result.empty() ? result : result + "\n";
}

} // namespace

std::string comparisonSection(const std::vector<ReportRun>& runs, const ReportText& text, int level, bool charts)
{
    const ui::StoredComparison entries(storedRuns(runs));
    std::string result = markdown::heading(level, text("section.comparison"));
    result += text("comparison.baseline", { markdown::escape(runs.front().overview.run.name) }) + "\n\n";
    result += verdicts(entries, text) + warnings(entries.single(), text);

    const auto settings = differingSettings(entries.single());
    if (settings.empty())
        result += text("comparison.same_settings") + "\n\n";
    else
        result += markdown::table(header(runs, text("column.setting")), settings) + "\n";
    result += markdown::table(header(runs, text("column.figure")), figures(runs, entries.single(), text)) + "\n";

    const auto table = losses(runs);
    if (table.empty())
        return result + text("results.none") + "\n\n";
    result += markdown::heading(level + 1, text("comparison.losses"));
    result += markdown::table(header(runs, text("column.batch")), table) + "\n";
    if (charts)
        result += chartLinks(text, text("chart.loss"), "charts/loss", {});
    if (charts && std::any_of(runs.begin(), runs.end(), hasMemory))
        result += chartLinks(text, text("chart.memory"), "charts/memory", {});
    return result;
}

} // namespace nabiz::app
