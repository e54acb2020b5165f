// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a plot that belong to single samples and batches: envelopes, markers, what lies beyond the axis, and the
// marks of what happened.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_frame.h"
#include "ui/charts/shape/curve_shape.h"

class QPainter;

namespace nabiz::ui {

// `shapes`: of the content's curves, in their order.
void drawBands(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
    const std::vector<CurveShape>& shapes);
void drawMarkers(
    QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map, const QColor& inside);
void drawEdges(QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map);
// Tells where they stand.
void drawEvents(QPainter& painter, const PlotContent& content, const PlotFrame& frame, PlotDrawn& drawn);

} // namespace nabiz::ui
