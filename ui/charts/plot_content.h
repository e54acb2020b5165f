// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart shows, as values: curves over one x axis, lines and marks. The same content is drawn in the window and
// into reports. Curves point to series that live in the RunCatalog (or in the caller, for reports) and must outlive the
// drawing.
#pragma once

#include "ui/models/run_series.h"

#include <QColor>
#include <QString>
#include <vector>

namespace nabiz::ui {

enum class Smoothing { None, Light, Medium, Strong }; // debiased EMA with weight 0, 0.6, 0.9, 0.96

struct PlotCurve {
    const RunSeries* series = nullptr;
    QString label;
    QColor color;
    double accumulation = 1; // batches a step, for XUnit::Step
    bool smoothed = true; // Smoothing applies; the raw envelope stays faintly behind
    bool points = false; // diamonds instead of a line (val.loss)
    bool filled = false; // area down to zero (memory)
    bool dashed = false;
    double scale = 1; // shown value = value × scale (bytes → GB)
};

struct PlotLine { // horizontal
    double value = 0;
    QString label;
    QColor color;
    bool dotted = true;
};

struct PlotContent {
    QString title;
    QString unit; // of y, in the title's second part
    std::vector<PlotCurve> curves;
    std::vector<PlotLine> lines;
    XUnit xUnit = XUnit::Batch;
    Smoothing smoothing = Smoothing::Medium;
    bool logY = false;
    bool zeroBased = false; // y starts at 0 (memory)
    bool showCount = true; // says how many of the first curve's samples are in view
    bool showXAxis = true; // stacked charts draw it once, at the bottom
    double plannedX = 0; // the x axis reaches at least here while following; 0 = the data's end
};

} // namespace nabiz::ui
