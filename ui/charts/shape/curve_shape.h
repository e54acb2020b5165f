// SPDX-License-Identifier: GPL-3.0-or-later
// What of a curve is drawn in a given view: at most two points a pixel column, cut where values are missing, kept near
// the view so that no single value can break the drawing. Pure; GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/curve_extent.h"
#include "ui/charts/shape/plot_map.h"

#include <QList>
#include <QPolygonF>
#include <optional>

namespace nabiz::ui {

struct CurveShape {
    QList<QList<QPointF>> lines; // pieces of the curve, in units of the axes
    QList<QPolygonF> bands; // raw envelope behind a smoothed curve, or the area under a filled one; pixels
    QList<QPolygonF> spread; // from the lowest to the highest of the curve's members; pixels
    QList<QPointF> marks; // single points with a marker each, in units of the axes
    QList<double> nonFinite; // x, in units of the axis, of what is NaN or infinite
    QList<double> above, below; // x of what clipping cuts off
    std::optional<QPointF> end; // last shown point, in units of the axes
    std::size_t visible = 0; // samples within the view
    std::size_t total = 0;
    std::size_t notShown = 0; // of them, those a log axis cannot show
    std::size_t nonFiniteCount = 0;
    std::size_t cutOff = 0; // beyond the axis, while outliers are clipped
    double batchesPerPixel = 0; // above 1: what is drawn is an envelope
    bool unfinished = false; // not all of it is smoothed yet
};

// `pixels` is the width of one column.
CurveShape shapeCurve(
    const PlotCurve& curve, const PlotContent& content, const PlotMap& map, int pixels, SmoothedCache& cache);

} // namespace nabiz::ui
