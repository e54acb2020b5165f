// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a plot that stand around its curves: grid, horizontal lines, names, header, and the badge that says what
// is cut off.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_layout.h"
#include "ui/charts/shape/curve_shape.h"

class QPainter;

namespace nabiz::ui {

void drawGrid(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotLayout& layout);
void drawLines(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map);
// Of the curves, at their ends. `shapes`: theirs, in their order.
void drawNames(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
    const std::vector<CurveShape>& shapes);
void drawHeader(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotDrawn& drawn);
// On the plot itself, where nobody can overlook that something is cut off.
void drawBadge(QPainter& painter, const PlotFrame& frame, const PlotDrawn& drawn);

} // namespace nabiz::ui
