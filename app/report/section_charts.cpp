// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of one run, with links to their SVG and to every point.
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string chartLinks(const ReportText& text, const std::string& label, const std::string& chart, const std::string& table)
{
    const std::string links = table.empty() ? text("results.svg", { "[SVG](" + chart + ".svg)" })
                                            : text("results.links", { "[SVG](" + chart + ".svg)", "[CSV](" + table + ")" });
    return "![" + label + "](" + chart + ".png)\n\n" + links + "\n\n";
}

std::string chartsSection(const ReportRun& run, const ReportText& text)
{
    const std::string table = "data/points.csv";
    std::string result;
    if (hasLoss(run))
        result += chartLinks(text, text("chart.loss"), "charts/loss", table);
    if (hasMemory(run))
        result += chartLinks(text, text("chart.memory"), "charts/memory", table);
    return result;
}

} // namespace nabiz::app
