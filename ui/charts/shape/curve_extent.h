// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot's axes must reach: over all samples in x, over those in view in y. Hidden curves do not count.
// Pure; GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/charts/shape/smoothed_series.h"

#include <optional>
#include <utility>

namespace nabiz::ui {

struct SampleSpan {
    std::size_t first = 0, last = 0; // samples within the view
    std::size_t before = 0, behind = 0; // with a neighbour on either side
};
// Of the curve's series in order, between two values of x.
SampleSpan samplesWithin(const PlotCurve& curve, double x0, double x1);
// Not hidden, and with samples.
bool isDrawn(const PlotCurve& curve);
bool isSmoothed(const PlotCurve& curve, const PlotContent& content);

// First and last x of all samples; none when there is no sample.
std::optional<std::pair<double, double>> xExtent(const PlotContent& content);
// The x axis that shows all of `extent` and what is planned, in values; begins at 0 unless the data begin far from it.
std::pair<double, double> wholeX(const PlotContent& content, const std::optional<std::pair<double, double>>& extent);

struct LogXRange {
    double zero = 0; // where what is not above 0 stands, left of all others
    double low = 0, high = 1;
};
// The same on a log axis, in decimal logarithms.
LogXRange wholeLogX(const PlotContent& content, double last);

// What y must span, in units of the axis and with some air, for all that is within the values x0…x1. Horizontal lines
// count only when asked for: a look into a stretch of the curve must not be flattened by a line far from it.
std::pair<double, double> yExtent(
    const PlotContent& content, double x0, double x1, bool withLines, SmoothedCache& cache);

} // namespace nabiz::ui
