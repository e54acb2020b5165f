// SPDX-License-Identifier: GPL-3.0-or-later
// What the two source files of PlotRenderer share.
// GUI thread, or a thread that paints a picture of its own.
#pragma once

#include "ui/charts/render/axis_ticks.h"
#include "ui/charts/render/plot_renderer.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <vector>

namespace nabiz::ui {

struct PlotRenderer::Layout {
    PlotMap map;
    std::vector<Tick> x, y;
};

inline constexpr double kLabelGap = 8;

inline QString plotText(const char* literal)
{
    return QCoreApplication::translate("PlotView", literal);
}

inline bool hasHeader(const PlotContent& content)
{
    return !content.title.isEmpty() || !content.unit.isEmpty();
}

inline QFont nameFont(const QFont& font)
{
    QFont name = smallFont(font);
    name.setWeight(QFont::DemiBold);
    return name;
}

// Wide names are cut in the middle rather than eat the plot.
inline QString nameOf(const PlotCurve& curve, const QFontMetricsF& metrics, double width)
{
    return metrics.elidedText(curve.label, Qt::ElideMiddle, std::max(40.0, width * 0.25));
}

} // namespace nabiz::ui
