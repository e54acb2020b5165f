// SPDX-License-Identifier: GPL-3.0-or-later
// What of a curve is drawn in a given view: at most two points a pixel column, cut where values are missing, kept near
// the view so that no single value can break the drawing. Pure; GUI thread (it reads series).
#pragma once

#include "ui/charts/plot_content.h"
#include "ui/charts/plot_map.h"
#include "ui/charts/smoothed_series.h"

#include <QList>
#include <QPolygonF>
#include <optional>
#include <utility>

namespace nabiz::ui {

struct CurveShape {
    QList<QList<QPointF>> lines; // pieces of the curve, in units of the axes
    QList<QPolygonF> bands; // raw envelope behind a smoothed curve, or the area under a filled one; pixels
    QList<QPointF> marks; // diamonds, in units of the axes
    QList<double> nonFinite; // x of what is NaN or infinite
    std::optional<QPointF> end; // last shown point, in units of the axes
    std::size_t visible = 0; // samples within the view
    std::size_t notShown = 0; // of them, those a log axis cannot show
    std::size_t nonFiniteCount = 0;
};

// `pixels` is the width of one column.
CurveShape shapeCurve(
    const PlotCurve& curve, const PlotContent& content, const PlotMap& map, int pixels, SmoothedCache& cache);

// First and last x of all samples; none when there is no sample.
std::optional<std::pair<double, double>> xExtent(const PlotContent& content);
// The x axis that shows all of `extent` and what is planned; begins at 0 unless the data begin far from it.
std::pair<double, double> wholeX(const PlotContent& content, const std::optional<std::pair<double, double>>& extent);
// What y must span, in units of the axis and with some air, for all that is within x0…x1. Horizontal lines count only
// when asked for: a look into a stretch of the curve must not be flattened by a line far from it.
std::pair<double, double> yExtent(
    const PlotContent& content, double x0, double x1, bool withLines, SmoothedCache& cache);

} // namespace nabiz::ui
