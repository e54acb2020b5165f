// SPDX-License-Identifier: GPL-3.0-or-later
// What a report's charts show.
// Contents are values, made on any thread; drawing them is for the GUI thread.
#pragma once

#include "app/report/report.h"

#include <map>
#include <string>

namespace nabiz::app {

// One panel over the runs, with nothing to draw where none has its metrics.
ui::PlotContent panelChart(const std::vector<ReportRun>& runs, const ui::PanelSpec& panel, const ReportText& text);
bool hasLoss(const ReportRun& run);
bool hasMemory(const ReportRun& run);
ui::PlotContent lossChart(const ReportRun& run, const ReportText& text);
ui::PlotContent memoryChart(const ReportRun& run, const ReportText& text);
// Each one's memory: the peak of its batches, on a CPU its process.
struct ComparedReport;
ui::PlotContent memoryComparisonChart(const ComparedReport& compared, const ReportText& text);

// A drawn chart: path with ending → bytes. GUI thread.
std::map<std::string, std::string> drawChart(const ReportChart& chart);
// The PNG alone, for the window's preview.
QByteArray drawPreview(const ReportChart& chart);

} // namespace nabiz::app
