// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a plot: the curves by Qt Charts, all else around them by hand, since axes, names and envelopes of Qt Charts are
// either slow or not ours to place. Used by the window and for files alike, hence no widget. GUI thread.
#pragma once

#include "ui/charts/render/plot_frame.h"
#include "ui/charts/shape/plot_content.h"
#include "ui/charts/shape/smoothed_series.h"

#include <memory>

class QPainter;

namespace nabiz::ui {

class ChartCurves;

class PlotRenderer {
public:
    PlotRenderer();
    ~PlotRenderer();

    PlotDrawn draw(QPainter& painter, const PlotContent& content, const PlotFrame& frame);
    SmoothedCache& smoothed() { return m_smoothed; }

private:
    std::unique_ptr<ChartCurves> m_curves;
    SmoothedCache m_smoothed;
};

} // namespace nabiz::ui
