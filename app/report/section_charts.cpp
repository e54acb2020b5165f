// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of one run, with links to their SVG and to every point.
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string chartLinks(const ReportText& text, bool memory, const std::string& table)
{
    const std::string drawings = "[" + text("chart.loss") + "](charts/loss.svg)"
        + (memory ? " · [" + text("chart.memory") + "](charts/memory.svg)" : "");
    return (table.empty() ? text("results.drawings", { drawings })
                          : text("results.links", { drawings, "[CSV](" + table + ")" }))
        + "\n\n";
}

std::string chartsSection(const ReportRun& run, const ReportText& text)
{
    std::string result;
    if (hasLoss(run))
        result += "![" + text("chart.loss") + "](charts/loss.png)\n\n";
    if (hasMemory(run))
        result += "![" + text("chart.memory") + "](charts/memory.png)\n\n";
    return hasLoss(run) ? result + chartLinks(text, hasMemory(run), "data/points.csv") : result;
}

std::string panelsSection(const std::vector<ReportChart>& panels, const ReportText& text)
{
    std::string pictures, drawings;
    for (const ReportChart& panel : panels) {
        const std::string title = markdown::escape(panel.content.title.toStdString());
        pictures += "![" + title + "](" + panel.path + ".png)\n\n";
        drawings += (drawings.empty() ? "[" : " · [") + title + "](" + panel.path + ".svg)";
    }
    return panels.empty() ? std::string() : pictures + text("results.drawings", { drawings }) + "\n\n";
}

} // namespace nabiz::app
