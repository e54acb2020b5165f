// SPDX-License-Identifier: GPL-3.0-or-later
// What the curves of a plot are at one place, and over a stretch, as numbers.
// GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/charts/shape/smoothed_series.h"

#include <optional>
#include <vector>

namespace nabiz::ui {

struct PlotReading {
    std::size_t curve = 0; // of the content
    double x = 0; // where the sample stands: at or before the place asked for
    double value = 0; // as shown: times the curve's scale
    std::optional<double> smoothed;
};

// Of every curve shown that has a sample there, the last at or before x.
std::vector<PlotReading> readingsAt(const PlotContent& content, double x, SmoothedCache& cache);
// A name for the curve, also where none is drawn.
QString nameOf(const PlotCurve& curve);
// A table of what the curves are at x, tab-separated with a line of names, as a spreadsheet takes it.
QString readingsAsText(const PlotContent& content, const std::vector<PlotReading>& readings);

} // namespace nabiz::ui
