// SPDX-License-Identifier: GPL-3.0-or-later
// Between a plot's units and its pixels. On a log axis y is the decimal logarithm: zoom, ticks and Qt Charts' domain
// stay linear, and no value can empty a whole curve as it does on Qt Charts' own log axis. Values; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <cmath>
#include <limits>

namespace nabiz::ui {

struct PlotMap {
    QRectF area;
    double x0 = 0, x1 = 1;
    double y0 = 0, y1 = 1; // in units of the axis
    bool log = false;

    // NaN for what a log axis cannot show.
    double axisY(double value) const
    {
        if (!log) {
            return value;
        }
        return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
    }
    double valueY(double y) const { return log ? std::pow(10.0, y) : y; }

    double pixelX(double x) const { return area.left() + (x - x0) / (x1 - x0) * area.width(); }
    double pixelY(double y) const { return area.bottom() - (y - y0) / (y1 - y0) * area.height(); }
    QPointF pixel(const QPointF& point) const { return { pixelX(point.x()), pixelY(point.y()) }; }
    double unitX(double pixel) const { return x0 + (pixel - area.left()) / area.width() * (x1 - x0); }
    double unitY(double pixel) const { return y0 + (area.bottom() - pixel) / area.height() * (y1 - y0); }
};

} // namespace nabiz::ui
