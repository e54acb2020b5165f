// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch's charts of loss and rate show of which runs. Reads the catalogue, draws nothing.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/shape/plot_content.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

class RunCatalog;
struct RunDetail;

struct WatchOptions {
    XUnit xUnit = XUnit::Batch;
    bool logX = false;
    bool logY = true;
    bool clipOutliers = false;
    bool marks = true;
    bool rate = false; // a chart of the learning rate between loss and memory
    bool linked = true; // one x range for all charts, its axis drawn once
    Smoothing smoothing = kUsualSmoothing;
};

// The current run first, with its validation losses and the entropy of its text; the checked ones over it.
PlotContent lossContent(const RunCatalog& catalog, storage::RunId current, const std::vector<storage::RunId>& checked,
    const WatchOptions& options);
// The learning rates of the same runs; nothing unless asked for.
PlotContent rateContent(const RunCatalog& catalog, storage::RunId current, const std::vector<storage::RunId>& checked,
    const WatchOptions& options);
// How far a live run will go, where its x can be known beforehand; else 0.
double plannedX(const RunCatalog& catalog, storage::RunId run, XUnit unit);

// What the run has recorded of a metric, over x; nothing where there is none of it, or no such x is known.
std::optional<PlotCurve> watchCurve(const RunDetail& detail, const std::string& metric, XUnit unit);
QColor runColor(storage::RunId run);
// Marker and dashes of a run, as stable as its colour: the second cue where several are drawn.
void setCue(PlotCurve& curve, storage::RunId run);

} // namespace nabiz::ui
