// SPDX-License-Identifier: GPL-3.0-or-later
// What a panel of metrics draws of which runs, on a page or on paper. Reads details, draws nothing.
// GUI thread, or where the details live.
#pragma once

#include "storage/records/records.h"
#include "ui/charts/shape/plot_content.h"
#include "ui/models/panel_layout.h"

#include <string>
#include <vector>

namespace nabiz::ui {

struct RunDetail;

struct PanelOptions {
    XUnit xUnit = XUnit::Batch;
    bool logX = false;
    bool clipOutliers = false;
    bool showXAxis = true;
    bool dark = false;
    Smoothing smoothing = kUsualSmoothing;
    double plannedX = 0;
};

using PanelRuns = std::vector<const RunDetail*>; // loaded ones, the current one first
// One run: a colour a metric. Several: a colour a run, dashes where there are several metrics. What no run has is said.
PlotContent panelContent(const PanelRuns& runs, const PanelSpec& panel, const PanelOptions& options);
// Of the runs' metrics those that the panel names, each once, as the table has them, others behind by name.
std::vector<std::string> panelMetrics(const PanelRuns& runs, const PanelSpec& panel);
// How many curves panelContent() would have: more, once a metric has its first value.
std::size_t panelCurves(const PanelRuns& runs, const PanelSpec& panel);

} // namespace nabiz::ui
