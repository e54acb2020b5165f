// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.h"

#include "app/report/compared_report.h"
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/report/report_title.h"
#include "app/report/sections.h"
#include "trainer/base/plain_number.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace nabiz::app {

std::optional<double> ReportRun::fact(const std::string& key) const
{
    const auto found = overview.run.facts.find(key);
    return found == overview.run.facts.end() ? std::nullopt : trainer::finiteNumber(found->second);
}

ComparedReport::ComparedReport(
    const std::vector<ReportRun>& all, ui::ComparedSeries& means, const ui::CompareLook& wanted)
    : runs(all)
    , series(means)
    , look(wanted)
{
    std::vector<storage::RunId> ids;
    for (const ReportRun& run : runs)
        ids.push_back(run.overview.run.id);
    columns = ui::compareColumns(lookup(), ids, look.grouped);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto chosen = look.colors.find(columns[i].runs.front());
        columns[i].color = chosen != look.colors.end() ? chosen->second
            : i == 0                                   ? ui::Theme::lightColors().text
                     : ui::Theme::seriesColor(static_cast<int>(columns[i].runs.front()), false);
    }
    entries = ui::compareEntriesOf(lookup(), series, columns);
}

ui::RunLookup ComparedReport::lookup() const
{
    return [this](storage::RunId id) -> const ui::RunDetail* {
        const auto found
            = std::find_if(runs.begin(), runs.end(), [id](const auto& run) { return run.overview.run.id == id; });
        return found == runs.end() ? nullptr : &*found;
    };
}

std::vector<std::string> Report::files() const
{
    std::vector<std::string> files { "report.md" };
    for (const auto& chart : charts) {
        files.push_back(chart.path + ".svg");
        files.push_back(chart.path + ".png");
    }
    for (const auto& table : tables)
        files.push_back(table.first);
    for (const auto& text : texts)
        files.push_back(text.first);
    return files;
}

namespace {

constexpr std::size_t kMostLines = 60; // seen while all folds are closed
constexpr std::size_t kMostBatches = 10; // of the table of losses

std::string resultsPart(const ReportRun& run, const std::vector<ReportChart>& panels, const ReportText& text,
    const ReportChoice& choice, int level)
{
    std::string part;
    if (choice.has(Section::Results)) {
        const auto losses = lossesTable(run, text);
        const bool isLong = std::size_t(std::count(losses.begin(), losses.end(), '\n')) > kMostBatches + 3;
        part += isLong ? markdown::fold(text("results.losses"), losses) : losses;
        if (const auto figures = figuresTable(run, text); !figures.empty())
            part += markdown::fold(
                text("results.figures"), figures + text("results.digits", { "[CSV](data/figures.csv)" }));
        part += markdown::foldSection(reportedSection(run, text, level + 1));
    }
    if (choice.has(Section::Charts))
        part += chartsSection(run, text) + panelsSection(panels, text);
    if (choice.has(Section::Samples))
        part += markdown::foldSection(samplesSection(run, text, level + 1));
    return part.empty() ? part : markdown::heading(level, text("section.results")) + part;
}

std::string made(const SectionPlace& place, const ReportRun& run, const ReportText& text, int level, int folds)
{
    const std::string section = place.make(run, text, level);
    const bool isFolded
        = place.fold == SectionPlace::Folded || (place.fold != SectionPlace::Open && folds >= place.fold);
    return isFolded ? markdown::foldSection(section) : section;
}

// `folds` of what is said of the run are folded away, the last first: what a person has written never is.
std::string runSections(const Report& report, const ReportText& text, const ReportChoice& choice, int level, int folds)
{
    const ReportRun& run = report.runs.front();
    const std::string changed = changedSection(run, text);
    std::string page = (folds > 0 && !changed.empty() ? markdown::fold(text("changed.fold"), changed) : changed)
        + summarySection(run, text, report.title);
    for (const SectionPlace& place : kSectionsOfOne) {
        if (!place.make)
            page += resultsPart(run, report.charts, text, choice, level);
        else if (choice.has(place.section))
            page += made(place, run, text, level, folds);
    }
    return page;
}

// One run among several, folded away.
std::string amongOthers(const ReportRun& run, const ReportText& text, const ReportChoice& choice)
{
    std::string page = summarySection(run, text, {});
    for (const SectionPlace& place : kSectionsAmongOthers) {
        if (choice.has(place.section))
            page += made(place, run, text, 3, 0);
    }
    const auto points = "data/run-" + std::to_string(run.overview.run.id) + "-points.csv";
    return markdown::fold(run.overview.run.name, page + text("results.points", { "[CSV](" + points + ")" }) + "\n");
}

void addCharts(Report& report, const ReportRun& run, const ReportText& text)
{
    if (hasLoss(run))
        report.charts.push_back({ "charts/loss", lossChart(run, text) });
    if (hasMemory(run))
        report.charts.push_back({ "charts/memory", memoryChart(run, text) });
}

// Of those that some run has something for.
void addPanels(Report& report, const ReportText& text, const ReportChoice& choice)
{
    for (const ui::PanelSpec& panel : choice.has(Section::Charts) ? choice.panels : std::vector<ui::PanelSpec>()) {
        ui::PlotContent content = panelChart(report.runs, panel, text);
        if (!content.curves.empty())
            report.charts.push_back({ "charts/panel-" + std::to_string(report.charts.size() + 1), std::move(content) });
    }
}

void addFiles(Report& report, const ReportRun& run, const std::string& prefix)
{
    report.tables.emplace_back("data/" + prefix + "points.csv", run.overview.run.id);
    if (!run.overview.run.presetText.empty())
        report.texts.emplace_back(prefix + "preset.yaml", run.overview.run.presetText);
}

void makeComparison(Report& report, const ReportText& text, const ReportChoice& choice)
{
    const auto& runs = report.runs;
    const bool charts = choice.has(Section::Charts);
    addPanels(report, text, choice);
    report.compared = std::make_shared<ui::ComparedSeries>();
    const ComparedReport compared(runs, *report.compared, choice.look);
    std::vector<std::string> names;
    for (const auto& entry : compared.entries)
        names.push_back(entry.name);
    report.title = choice.title.empty() ? titleOf(names, text) : choice.title;
    std::string rest;
    for (const auto& run : runs) {
        rest += amongOthers(run, text, choice);
        addFiles(report, run, "run-" + std::to_string(run.overview.run.id) + "-");
    }
    if (runs.size() > 3)
        rest = markdown::fold(text("comparison.runs", { std::to_string(runs.size()) }), rest);
    report.texts.emplace_back("data/figures.csv", outcomeCsv(compared, text));
    rest += originLine(runs, text, choice);
    for (int folds = 0; folds <= 2; ++folds) {
        report.markdown = markdown::heading(1, markdown::escape(report.title))
            + comparisonSection(compared, text, 2, charts, folds) + panelsSection(report.charts, text) + rest;
        if (markdown::visibleLines(report.markdown) <= kMostLines)
            break;
    }
    if (charts && std::any_of(runs.begin(), runs.end(), hasLoss))
        report.charts.push_back({ "charts/loss", comparisonChart(compared, text) });
    if (charts && std::any_of(runs.begin(), runs.end(), hasMemory))
        report.charts.push_back({ "charts/memory", memoryComparisonChart(compared, text) });
}

void makeSingle(Report& report, const ReportText& text, const ReportChoice& choice)
{
    const auto& run = report.runs.front();
    report.title = choice.title.empty() ? titleOf(run, text) : choice.title;
    addPanels(report, text, choice); // the page shows those that there are
    for (int folds = 0; folds <= 3; ++folds) {
        report.markdown = markdown::heading(1, markdown::escape(report.title))
            + runSections(report, text, choice, 2, folds) + originLine(report.runs, text, choice);
        if (markdown::visibleLines(report.markdown) <= kMostLines)
            break;
    }
    if (choice.has(Section::Charts))
        addCharts(report, run, text);
    addFiles(report, run, {});
    if (run.overview.summary.batches > 0)
        report.texts.emplace_back("data/figures.csv", figuresCsv(run, text));
}

std::string folderName(const Report& report, const ReportChoice& choice)
{
    std::string names = choice.title;
    for (const auto& run : report.runs)
        names += choice.title.empty() ? (names.empty() ? "" : "-vs-") + run.overview.run.name : "";
    return safeFolderName(names, "run-" + std::to_string(report.runs.front().overview.run.id));
}

} // namespace

std::string shownPath(const std::string& path)
{
    const char* home = std::getenv("HOME");
    const std::string prefix = home && *home ? std::string(home) + "/" : std::string();
    return !prefix.empty() && path.starts_with(prefix) ? "~/" + path.substr(prefix.size()) : path;
}

Report makeReport(std::vector<ReportRun> runs, const ReportText& text, const ReportChoice& choice)
{
    Report report;
    report.runs = std::move(runs);
    report.language = text.language();
    report.name = folderName(report, choice);
    if (report.runs.size() == 1)
        makeSingle(report, text, choice);
    else
        makeComparison(report, text, choice);
    while (report.markdown.ends_with("\n\n"))
        report.markdown.pop_back();
    return report;
}

} // namespace nabiz::app
