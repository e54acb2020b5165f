// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.h"

#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/report/sections.h"

#include <algorithm>
#include <cstdlib>

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

std::string resultsPart(
    const ReportRun& run, const ReportText& text, const ReportChoice& choice, int level, const std::string& prefix)
{
    std::string part;
    if (choice.has(Section::Results))
        part += resultsSection(run, text) + reportedSection(run, text, level + 1);
    if (choice.has(Section::Charts))
        part += chartsSection(run, text, prefix);
    if (choice.has(Section::Samples))
        part += samplesSection(run, text, level + 1);
    return part.empty() ? part : markdown::heading(level, text("section.results")) + part;
}

std::string runSections(
    const ReportRun& run, const ReportText& text, const ReportChoice& choice, int level, const std::string& prefix)
{
    std::string page = summarySection(run, text);
    const auto add = [&](Section section, auto make) {
        if (choice.has(section))
            page += make();
    };
    add(Section::Problem, [&] { return wordsSection(run, text, level, Section::Problem); });
    add(Section::Solution, [&] { return wordsSection(run, text, level, Section::Solution); });
    add(Section::Configuration, [&] { return configurationSection(run, text, level); });
    page += resultsPart(run, text, choice, level, prefix);
    add(Section::Observations, [&] { return observationsSection(run, text, level); });
    add(Section::Audit, [&] { return auditSection(run, text, level); });
    add(Section::Environment, [&] { return environmentSection(run, text, level); });
    add(Section::Reproduce, [&] { return reproduceSection(run, text, level); });
    add(Section::Conclusion, [&] { return wordsSection(run, text, level, Section::Conclusion); });
    return page;
}

void addFiles(
    Report& report, const ReportRun& run, const ReportText& text, const ReportChoice& choice, const std::string& prefix)
{
    if (choice.has(Section::Charts) && hasLoss(run))
        report.charts.push_back({ "charts/" + prefix + "loss", lossChart(run, text) });
    if (choice.has(Section::Charts) && hasMemory(run))
        report.charts.push_back({ "charts/" + prefix + "memory", memoryChart(run, text) });
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
        report.markdown = markdown::heading(1, markdown::escape(first.overview.run.name)) + runSections(first, text, choice, 2, {});
        addFiles(report, first, text, choice, {});
    } else {
        const bool charts = choice.has(Section::Charts);
        report.markdown = markdown::heading(1, markdown::escape(title(report.runs, " · ")));
        report.markdown += comparisonSection(report.runs, text, 2, charts);
        if (charts && std::any_of(report.runs.begin(), report.runs.end(), hasLoss))
            report.charts.push_back({ "charts/loss", comparisonChart(report.runs, text) });
        for (const auto& run : report.runs) {
            const auto prefix = "run-" + std::to_string(run.overview.run.id) + "-";
            report.markdown += markdown::heading(2, markdown::escape(run.overview.run.name))
                + runSections(run, text, choice, 3, prefix);
            addFiles(report, run, text, choice, prefix);
        }
    }
    report.markdown += originLine(report.runs, text, choice);
    while (report.markdown.ends_with("\n\n"))
        report.markdown.pop_back();
    return report;
}

} // namespace nabiz::app
