// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a plot stand: its margins, the area of the curves, the ticks of both axes, its fonts.
// GUI thread (Qt's fonts).
#pragma once

#include "ui/charts/render/axis_ticks.h"
#include "ui/charts/render/plot_frame.h"
#include "ui/charts/shape/plot_content.h"
#include "ui/charts/shape/smoothed_series.h"

#include <QFontMetricsF>
#include <QMarginsF>
#include <vector>

namespace nabiz::ui {

inline constexpr double kLabelGap = 8;

struct PlotLayout {
    PlotMap map;
    std::vector<Tick> x, y;
};
PlotLayout layoutOf(const PlotContent& content, const PlotFrame& frame, SmoothedCache& cache);
// The margins that labels ask for, to line up charts that stand above each other.
QMarginsF neededMargins(const PlotContent& content, const PlotFrame& frame, SmoothedCache& cache);

bool hasHeader(const PlotContent& content);
QFont smallFont(const QFont& font);
QFont nameFont(const QFont& font);
// Wide names are cut in the middle rather than eat the plot.
QString nameOf(const PlotCurve& curve, const QFontMetricsF& metrics, double width);

} // namespace nabiz::ui
