// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/curve_shaper.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

CurveShaper::CurveShaper(const PlotCurve& curve, const PlotMap& map)
    : m_curve(curve)
    , m_series(curve.series->inOrder(curve.x))
    , m_map(map)
    , m_low(map.lowestY())
    , m_high(map.highestY())
{
}

double CurveShaper::y(double value) const
{
    const double position = m_map.axisY(value * m_curve.scale);
    return std::isnan(position) ? position : std::clamp(position, m_low, m_high);
}

// Behind the last sample before `last` that stands in the same pixel column as sample i.
std::size_t CurveShaper::endOfColumn(std::size_t i, std::size_t last, double pixels) const
{
    const double column = std::floor((m_map.pixelX(x(i)) - m_map.area.left()) / pixels);
    const double edge = m_map.unitX(m_map.area.left() + (column + 1) * pixels);
    std::size_t first = i + 1, count = last - first;
    while (count > 0) {
        const std::size_t half = count / 2;
        if (x(first + half) < edge) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

QList<QList<QPointF>> CurveShaper::line(const Buckets& buckets) const
{
    QList<QList<QPointF>> pieces;
    QList<QPointF> piece;
    const auto cut = [&] {
        if (!piece.isEmpty()) {
            pieces.append(std::exchange(piece, {}));
        }
    };
    const auto add = [&](double x, double y) {
        if (!std::isnan(y)) {
            piece.append({ x, y });
        }
    };
    for (const RunSeries::Bucket& bucket : buckets) {
        const double minimum = y(bucket.minimum);
        const double maximum = y(bucket.maximum);
        if (bucket.empty || std::isnan(maximum)) {
            cut();
            continue;
        }
        if (bucket.last - bucket.first == 1) {
            add(x(bucket.first), maximum);
            continue;
        }
        add(x(bucket.first), bucket.minimumFirst ? minimum : maximum);
        add(x(bucket.last - 1), bucket.minimumFirst ? maximum : minimum);
    }
    cut();
    return pieces;
}

QList<QPolygonF> CurveShaper::band(const Buckets& buckets) const
{
    QList<QPolygonF> bands;
    QPolygonF upper, lower;
    const auto cut = [&] {
        if (!upper.isEmpty()) {
            std::reverse(lower.begin(), lower.end());
            bands.append(upper + lower);
        }
        upper.clear();
        lower.clear();
    };
    for (const RunSeries::Bucket& bucket : buckets) {
        const double maximum = y(bucket.maximum);
        if (bucket.empty || std::isnan(maximum)) {
            cut();
            continue;
        }
        const double minimum = y(bucket.minimum);
        const double middle = m_map.pixelX((x(bucket.first) + x(bucket.last - 1)) / 2);
        upper.append({ middle, m_map.pixelY(maximum) });
        lower.append(
            { middle, std::isnan(minimum) ? m_map.area.bottom() + m_map.area.height() : m_map.pixelY(minimum) });
    }
    cut();
    return bands;
}

} // namespace nabiz::ui
