// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.h"

#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/report/sections.h"

#include <algorithm>

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

std::string runSections(const ReportRun& run, const ReportText& text, int level, const std::string& prefix)
{
    return summarySection(run, text) + auditSection(run, text, level) + noteSection(run, text, level)
        + resultsSection(run, text, level, prefix)
        + configurationSection(run, text, level) + samplesSection(run, text, level) + environmentSection(run, text, level)
        + reproduceSection(run, text, level) + allSettingsSection(run, text);
}

void addFiles(Report& report, const ReportRun& run, const ReportText& text, const std::string& prefix)
{
    if (hasLoss(run))
        report.charts.push_back({ "charts/" + prefix + "loss", lossChart(run, text) });
    if (hasMemory(run))
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

Report makeReport(std::vector<ReportRun> runs, const ReportText& text)
{
    Report report;
    report.runs = std::move(runs);
    const auto& first = report.runs.front();
    report.name = safeFolderName(title(report.runs, "-vs-"), "run-" + std::to_string(first.overview.run.id));
    if (report.runs.size() == 1) {
        report.markdown = markdown::heading(1, markdown::escape(first.overview.run.name)) + runSections(first, text, 2, {});
        addFiles(report, first, text, {});
    } else {
        report.markdown = markdown::heading(1, markdown::escape(title(report.runs, " · ")));
        report.markdown += comparisonSection(report.runs, text, 2);
        if (std::any_of(report.runs.begin(), report.runs.end(), hasLoss))
            report.charts.push_back({ "charts/loss", comparisonChart(report.runs, text) });
        for (const auto& run : report.runs) {
            const auto prefix = "run-" + std::to_string(run.overview.run.id) + "-";
            report.markdown += markdown::heading(2, markdown::escape(run.overview.run.name)) + runSections(run, text, 3, prefix);
            addFiles(report, run, text, prefix);
        }
    }
    while (report.markdown.ends_with("\n\n"))
        report.markdown.pop_back();
    return report;
}

} // namespace nabiz::app
