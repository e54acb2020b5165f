// SPDX-License-Identifier: GPL-3.0-or-later
// Several runs side by side: whether the difference is real, what stands in the way of comparing them, the settings in
// which they differ, their figures, and their losses over one another.
#include "app/report/compared_report.h"
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"
#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/setting_rows.h"
#include "ui/analysis/verdict.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace nabiz::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> header(const ComparedReport& compared, const ReportText& text, const char* first)
{
    std::vector<std::string> cells { text(first) };
    for (const auto& entry : compared.entries)
        cells.push_back(markdown::escape(columnName(entry, text)));
    return cells;
}

Rows differingSettings(const ComparedReport& compared)
{
    Rows rows;
    for (const auto& row : ui::choose(ui::settingRows(compared.entries), {}).rows) {
        std::vector<std::string> cells { markdown::code(row.key) };
        for (const auto& cell : row.cells)
            cells.push_back(cell.value.empty() ? "–" : markdown::code(cell.value));
        rows.push_back(std::move(cells));
    }
    return rows;
}

// Of a group the mean of those that have a loss there.
std::string lossAt(const ui::ComparedEntry& entry, std::int64_t batch)
{
    std::vector<double> losses;
    for (const auto& run : entry.members) {
        const auto* points = run.loss ? run.loss.points : nullptr;
        const auto i = points ? ui::lastAtBatch(*points, double(batch)) : 0;
        if (points && i < points->size() && points->batch(i) == double(batch))
            losses.push_back(points->value(i));
    }
    if (losses.empty())
        return "–";
    return figure(entry.isGroup() ? ui::meanOf(losses.data(), losses.size()) : losses.front());
}

std::int64_t lastBatch(const ui::ComparedEntry& entry)
{
    std::int64_t last = -1;
    for (const auto& run : entry.members)
        last = run.loss
            ? std::max<std::int64_t>(last, std::llround(run.loss.points->batch(run.loss.points->size() - 1)))
            : last;
    return last;
}

Rows losses(const ComparedReport& compared)
{
    std::int64_t last = -1;
    std::set<std::int64_t> batches;
    for (const auto& entry : compared.entries)
        last = std::max(last, lastBatch(entry));
    for (const auto batch : tableBatches(last))
        batches.insert(batch);
    for (const auto& entry : compared.entries) // each one's own last batch too
        if (lastBatch(entry) >= 0)
            batches.insert(lastBatch(entry));
    Rows rows;
    for (const auto batch : batches) {
        std::vector<std::string> cells { std::to_string(batch) };
        for (const auto& entry : compared.entries)
            cells.push_back(lossAt(entry, batch));
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
            { who, whose, text.number(speed.target), batch,
                text.number(speed.batches >= 1 ? speed.batches : 1 / speed.batches, 3) });
    };
    if (verdict.speed && verdict.speed->reached && verdict.speed->batches > 0)
        return say(*verdict.speed, other, one);
    std::string result
        = verdict.speed ? text("comparison.never", { other, one, text.number(verdict.speed->target) }) : "";
    if (verdict.reverse && verdict.reverse->reached && verdict.reverse->batches > 0)
        result += (result.empty() ? "" : " ") + say(*verdict.reverse, one, other);
    return result;
}

// Whether the difference of the final losses is more than seeds make.
std::string reality(
    const ui::Verdict& verdict, const std::string& one, const std::string& other, const ReportText& text)
{
    const auto seeds = std::to_string(verdict.baselineSeeds), otherSeeds = std::to_string(verdict.otherSeeds);
    if (!verdict.interval)
        return text("comparison.one_seed", { one, other, seeds, otherSeeds });
    const char* key = verdict.judgement == ui::Judgement::Better ? "comparison.better"
        : verdict.judgement == ui::Judgement::Worse              ? "comparison.worse"
                                                                 : "comparison.cannot_tell";
    return text(key,
        { one, other, text.number(verdict.interval->low), text.number(verdict.interval->high), seeds, otherSeeds });
}

// What holds however often it is looked at, and how many seeds it would take.
std::string anytime(const ui::AnytimeVerdict& verdict, const ReportText& text)
{
    const auto written = [](std::size_t number) { return std::to_string(number); };
    std::string result = text("comparison.anytime",
        { written(verdict.look), written(verdict.looks), written(verdict.baselineSeeds), written(verdict.otherSeeds) });
    if (verdict.interval)
        result += ' '
            + text("comparison.anytime_interval",
                { text.number(verdict.interval->low), text.number(verdict.interval->high) });
    const bool isTold = verdict.judgement == ui::Judgement::Better || verdict.judgement == ui::Judgement::Worse;
    const char* key = verdict.judgement == ui::Judgement::Better ? "comparison.anytime_better"
        : verdict.judgement == ui::Judgement::Worse              ? "comparison.anytime_worse"
        : verdict.interval                                       ? "comparison.anytime_cannot_tell"
                                                                 : "comparison.anytime_nothing";
    result += ' ' + text(key);
    if (!isTold && verdict.seedsNeeded && *verdict.seedsNeeded > std::min(verdict.baselineSeeds, verdict.otherSeeds))
        result += ' ' + text("comparison.anytime_seeds", { written(*verdict.seedsNeeded) });
    return result;
}

std::string verdicts(const ComparedReport& compared, const ReportText& text)
{
    const auto& entries = compared.entries;
    std::string result;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        const auto verdict = ui::verdictOn(entries, i);
        if (!verdict)
            continue;
        const auto one = markdown::escape(entries.front().name), other = markdown::escape(entries[i].name);
        result += entries.size() == 2 ? "" : "- ";
        if (verdict->obstacle) {
            result += obstacleSentence(*verdict->obstacle, one, other, text) + "\n";
            continue;
        }
        const auto sooner = speed(*verdict, one, other, text);
        result += sooner + (sooner.empty() ? "" : " ") + reality(*verdict, one, other, text);
        result += (verdict->anytime ? ' ' + anytime(*verdict->anytime, text) : "") + "\n";
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
    case WentOn:
        return "comparison.went_on";
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

std::string foldedIf(bool isFolded, const std::string& title, const std::string& body)
{
    return isFolded ? markdown::fold(title, body) : body;
}

} // namespace

std::string comparisonSection(const ComparedReport& compared, const ReportText& text, int level, bool charts, int folds)
{
    const auto& entries = compared.entries;
    std::string result = markdown::heading(level, text("section.comparison"));
    result += text("comparison.baseline", { markdown::escape(columnName(entries.front(), text)) }) + "\n\n";
    result += verdicts(compared, text) + warnings(entries, text);

    const auto settings = differingSettings(compared);
    if (settings.empty())
        result += text("comparison.same_settings") + "\n\n";
    else
        result += foldedIf(folds > 0, text("comparison.settings", { std::to_string(settings.size()) }),
            markdown::table(header(compared, text, "column.setting"), settings) + "\n");
    const auto figures = header(compared, text, "column.figure");
    result += foldedIf(
        folds > 1, text("comparison.figures"), markdown::table(figures, outcomeTable(compared, text, false)) + "\n");
    result += markdown::fold(text("comparison.all_figures"),
        markdown::table(figures, outcomeTable(compared, text, true)) + "\n"
            + text("results.digits", { "[CSV](data/figures.csv)" }));

    const auto table = text.figures(losses(compared));
    if (table.empty())
        return result + text("results.none") + "\n\n";
    result += markdown::fold(text("comparison.losses"), markdown::table(header(compared, text, "column.batch"), table));
    if (charts)
        result += "![" + text("chart.loss") + "](charts/loss.png)\n\n";
    const bool memory = charts && std::any_of(compared.runs.begin(), compared.runs.end(), hasMemory);
    if (memory)
        result += "![" + text("chart.memory") + "](charts/memory.png)\n\n";
    return charts ? result + chartLinks(text, memory, {}) : result;
}

} // namespace nabiz::app
