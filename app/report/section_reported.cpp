// SPDX-License-Identifier: GPL-3.0-or-later
// A run of a t4 preset beside the reported run that those presets come from: the loss at the same batches, the memory,
// and what the reported figures mean.
#include "app/interchange/reported_run.h"
#include "app/report/markdown.h"
#include "app/report/memory_figures.h"
#include "app/report/sections.h"
#include "trainer/base/finding.h"

namespace nabiz::app {

namespace {

// Warnings of this run's audit, by their titles.
std::string warnings(const ReportRun& run, const ReportText& text)
{
    std::vector<trainer::Finding> told;
    for (const auto& event : run.events) {
        auto finding = event.kind == "audit" ? trainer::findingFrom(event.message, event.arguments) : std::nullopt;
        if (finding)
            told.push_back(std::move(*finding));
    }
    std::string titles;
    for (const auto& finding : trainer::standing(told)) {
        if (finding.severity == trainer::FindingSeverity::Warning)
            titles += (titles.empty() ? "" : "; ") + markdown::escape(text.sentence(trainer::findingTitle(finding.id)));
    }
    return titles;
}

bool wasAudited(const ReportRun& run)
{
    for (const auto& event : run.events) {
        if (event.kind == "audit")
            return true;
    }
    return false;
}

std::string meaning(const ReportRun& run, const ReportText& text)
{
    std::string result = text("reported.meaning");
    const auto found = warnings(run, text);
    if (!found.empty())
        result += " " + text("reported.same_here", { found });
    else if (wasAudited(run))
        result += " " + text("reported.not_here");
    return result + "\n\n";
}

} // namespace

std::string reportedSection(const ReportRun& run, const ReportText& text, int level)
{
    if (!isHeldAgainstReported(run.overview.run.preset) || !hasLossPoints(run))
        return {};
    const auto& reported = reportedRun();
    std::string result = markdown::heading(level, text("section.reported"));
    std::vector<std::vector<std::string>> rows;
    for (const auto& point : reported.points) {
        const auto here = lossAt(run, point.batch);
        rows.push_back({ std::to_string(point.batch), publishedFigure(point.value), here.empty() ? "–" : here });
    }
    result += markdown::table(
                  { text("column.batch"), text("column.reported"), text("column.this_run") }, text.figures(rows))
        + "\n";

    const auto figures = memoryFigures(run);
    rows.clear();
    for (const auto& memory : reported.memory)
        rows.push_back({ text("figure.memory_" + memory.kind), bytesFigure(memory.bytes),
            bytesFigure(memory.kind == "peak" ? figures.peak : figures.steady) });
    result += markdown::table(
                  { text("column.figure"), text("column.reported"), text("column.this_run") }, text.figures(rows))
        + "\n";
    if (figures.isOfProcess)
        result += text("reported.process") + "\n\n";
    return result + meaning(run, text);
}

} // namespace nabiz::app
