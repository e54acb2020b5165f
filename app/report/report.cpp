// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.h"

#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/report/sections.h"
#include "ui/models/series_points.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace nabiz::app {

const ui::RunSeries* ReportRun::find(const std::string& metric) const
{
    const auto found = series.find(metric);
    return found == series.end() || found->second->empty() ? nullptr : found->second.get();
}

std::string ReportRun::value(const std::string& key) const
{
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& row) { return row.key == key; });
    if (found == parameters.end())
        return {};
    return found->applied.empty() ? found->declared : found->applied;
}

std::vector<ui::StoredRun> storedRuns(const std::vector<ReportRun>& runs)
{
    const auto points = [](const ui::RunSeries* series) {
        return series ? std::make_shared<ui::SeriesPoints>(*series) : nullptr;
    };
    std::vector<ui::StoredRun> stored;
    for (const ReportRun& run : runs) {
        const auto* peak = run.find("memory.peak");
        stored.push_back({ run.overview, run.parameters, points(run.find("loss")), points(run.find("val.loss")),
            points(peak ? peak : run.find("memory.process")) });
    }
    return stored;
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

std::string resultsPart(const ReportRun& run, const ReportText& text, const ReportChoice& choice, int level)
{
    std::string part;
    if (choice.has(Section::Results))
        part += resultsSection(run, text) + reportedSection(run, text, level + 1);
    if (choice.has(Section::Charts))
        part += chartsSection(run, text);
    if (choice.has(Section::Samples))
        part += samplesSection(run, text, level + 1);
    return part.empty() ? part : markdown::heading(level, text("section.results")) + part;
}

// One run among several: what the comparison has not said already, with settings and environment folded away.
std::string shortSections(const ReportRun& run, const ReportText& text, const ReportChoice& choice, int level)
{
    std::string page = summarySection(run, text);
    const auto add = [&](Section section, auto make) {
        if (choice.has(section))
            page += make();
    };
    add(Section::Problem, [&] { return wordsSection(run, text, level, Section::Problem); });
    add(Section::Solution, [&] { return wordsSection(run, text, level, Section::Solution); });
    add(Section::Observations, [&] { return observationsSection(run, text, level); });
    add(Section::Audit, [&] { return auditSection(run, text, level); });
    add(Section::Conclusion, [&] { return wordsSection(run, text, level, Section::Conclusion); });
    add(Section::Configuration, [&] { return allSettings(run, text); });
    add(Section::Environment, [&] { return foldedEnvironment(run, text); });
    add(Section::Reproduce, [&] { return reproduceLine(run); });
    return page;
}

std::string runSections(const ReportRun& run, const ReportText& text, const ReportChoice& choice, int level)
{
    std::string page = summarySection(run, text);
    const auto add = [&](Section section, auto make) {
        if (choice.has(section))
            page += make();
    };
    add(Section::Problem, [&] { return wordsSection(run, text, level, Section::Problem); });
    add(Section::Solution, [&] { return wordsSection(run, text, level, Section::Solution); });
    add(Section::Configuration, [&] { return configurationSection(run, text, level); });
    page += resultsPart(run, text, choice, level);
    add(Section::Observations, [&] { return observationsSection(run, text, level); });
    add(Section::Audit, [&] { return auditSection(run, text, level); });
    add(Section::Environment, [&] { return environmentSection(run, text, level); });
    add(Section::Reproduce, [&] { return reproduceSection(run, text, level); });
    add(Section::Conclusion, [&] { return wordsSection(run, text, level, Section::Conclusion); });
    return page;
}

void addCharts(Report& report, const ReportRun& run, const ReportText& text)
{
    if (hasLoss(run))
        report.charts.push_back({ "charts/loss", lossChart(run, text) });
    if (hasMemory(run))
        report.charts.push_back({ "charts/memory", memoryChart(run, text) });
}

void addFiles(Report& report, const ReportRun& run, const std::string& prefix)
{
    report.tables.emplace_back("data/" + prefix + "points.csv", run.overview.run.id);
    if (!run.overview.run.presetText.empty())
        report.texts.emplace_back(prefix + "preset.yaml", run.overview.run.presetText);
}

std::string title(const std::vector<ReportRun>& runs, std::string_view between)
{
    std::string result;
    for (const auto& run : runs)
        result += (result.empty() ? "" : std::string(between)) + run.overview.run.name;
    return result;
}

void makeComparison(Report& report, const ReportText& text, const ReportChoice& choice)
{
    const auto& runs = report.runs;
    const bool charts = choice.has(Section::Charts);
    report.markdown = markdown::heading(1, markdown::escape(title(runs, " · "))) + comparisonSection(runs, text, 2, charts);
    if (charts && std::any_of(runs.begin(), runs.end(), hasLoss))
        report.charts.push_back({ "charts/loss", comparisonChart(runs, text) });
    if (charts && std::any_of(runs.begin(), runs.end(), hasMemory))
        report.charts.push_back({ "charts/memory", memoryComparisonChart(runs, text) });
    for (const auto& run : runs) {
        const auto prefix = "run-" + std::to_string(run.overview.run.id) + "-";
        report.markdown += markdown::heading(2, markdown::escape(run.overview.run.name)) + shortSections(run, text, choice, 3);
        report.markdown += text("results.points", { "[CSV](data/" + prefix + "points.csv)" }) + "\n\n";
        addFiles(report, run, prefix);
    }
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
    const auto& first = report.runs.front();
    report.name = safeFolderName(title(report.runs, "-vs-"), "run-" + std::to_string(first.overview.run.id));
    if (report.runs.size() == 1) {
        report.markdown = markdown::heading(1, markdown::escape(first.overview.run.name)) + runSections(first, text, choice, 2);
        if (choice.has(Section::Charts))
            addCharts(report, first, text);
        addFiles(report, first, {});
    } else {
        makeComparison(report, text, choice);
    }
    report.markdown += originLine(report.runs, text, choice);
    while (report.markdown.ends_with("\n\n"))
        report.markdown.pop_back();
    return report;
}

} // namespace nabiz::app
