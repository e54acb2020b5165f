// SPDX-License-Identifier: GPL-3.0-or-later
// The signs of a plot, painted alike on the chart, in its legend and in its tables: how a curve is drawn, its marker,
// and the marks on the axis. GUI thread, or a thread that paints a picture of its own.
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/theme/theme.h"

#include <QIcon>
#include <QPen>
#include <QPointF>

class QPainter;

namespace nabiz::ui {

QPen curvePen(const PlotCurve& curve, bool strong);
// `r` is half its size.
void drawMarker(QPainter& painter, MarkerShape shape, const QPointF& at, double r, const QColor& color);
void drawDiamond(QPainter& painter, const QPointF& at, double r, const QColor& color, const QColor& inside);
// A sign of an event, standing on the axis at `foot`.
void drawMark(QPainter& painter, MarkKind kind, const QPointF& foot, const QColor& color);
QColor markColor(MarkKind kind, const ThemeColors& colors);
inline constexpr double kMarkSize = 9; // pixels

// A piece of the curve as it is drawn: line, dashes and marker; hollow when hidden.
QIcon curveSwatch(const PlotCurve& curve, double pixelRatio);
QIcon markSwatch(MarkKind kind, double pixelRatio);

} // namespace nabiz::ui
