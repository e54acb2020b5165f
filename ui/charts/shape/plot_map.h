// SPDX-License-Identifier: GPL-3.0-or-later
// Between a plot's units and its pixels. On a log axis a unit is the decimal logarithm: zoom, ticks and drawing stay
// linear, and no value can empty a whole curve as it does on Qt Charts' own log axis. Reckoned in shares of the range,
// so that neither 1e308 nor 1e-308 overflows. Values; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {

struct PlotMap {
    QRectF area;
    double x0 = 0, x1 = 1; // in units of the axis
    double y0 = 0, y1 = 1;
    bool log = false;
    bool logX = false;
    double xZero = 0; // where a log x axis puts what is not above 0, in its units

    // NaN for what a log axis cannot show.
    double axisY(double value) const
    {
        if (!log) {
            return value;
        }
        return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
    }
    double valueY(double y) const { return log ? std::pow(10.0, y) : y; }
    double axisX(double value) const { return !logX ? value : value > 0 ? std::log10(value) : xZero; }
    double valueX(double x) const { return !logX ? x : x > xZero ? std::pow(10.0, x) : 0; }
    // The values in view; a power of ten may come out a rounding short of the sample it was made from.
    double fromX() const
    {
        return !logX ? x0 : x0 <= xZero ? -std::numeric_limits<double>::infinity() : valueX(x0) * (1 - 1e-12);
    }
    double toX() const { return logX ? valueX(x1) * (1 + 1e-12) : x1; }

    double pixelX(double x) const { return area.left() + share(x, x0, x1) * area.width(); }
    double pixelY(double y) const { return area.bottom() - share(y, y0, y1) * area.height(); }
    QPointF pixel(const QPointF& point) const { return { pixelX(point.x()), pixelY(point.y()) }; }
    double unitX(double pixel) const { return at((pixel - area.left()) / area.width(), x0, x1); }
    double unitY(double pixel) const { return at((area.bottom() - pixel) / area.height(), y0, y1); }
    // How far beyond the view on either side is still drawn, in units: one height.
    double lowestY() const { return at(-1, y0, y1); }
    double highestY() const { return at(2, y0, y1); }

private:
    static double share(double value, double from, double to)
    {
        const double size = std::max(std::abs(from), std::abs(to));
        return size < 1e150 ? (value - from) / (to - from) : (value / size - from / size) / (to / size - from / size);
    }
    static double at(double share, double from, double to)
    {
        const double value = (1 - share) * from + share * to;
        constexpr double kMost = std::numeric_limits<double>::max();
        return std::isnan(value) ? to : std::clamp(value, -kMost, kMost);
    }
};

} // namespace nabiz::ui
