// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/curve_statistics.h"

#include <algorithm>

namespace nabiz::ui {

CurveStatistics::CurveStatistics(const PlotCurve& curve, double x0, double x1)
    : m_curve(curve)
{
    if (!isDrawn(curve)) {
        return;
    }
    const RunSeries& series = curve.series->inOrder(curve.x);
    m_span = samplesWithin(curve, x0, x1);
    m_next = m_span.first;
    if (points() == 0) {
        return;
    }
    last = series.value(m_span.last - 1) * curve.scale;
    const RunSeries::Extent extent = series.extent(m_span.first, m_span.last);
    m_finite = extent.finite;
    if (m_finite == 0) {
        m_next = m_span.last;
        return;
    }
    lowest = extent.minimum * curve.scale;
    highest = extent.maximum * curve.scale;
    lowestX = findX(series, extent.minimum, true);
    highestX = findX(series, extent.maximum, false);
    mean = series.mean(m_span.first, m_span.last) * curve.scale;
    const double largest = std::max(std::abs(lowest), std::abs(highest));
    m_unit = largest > 0 ? largest : 1;
}

// The first sample of that value, halving where it can be.
double CurveStatistics::findX(const RunSeries& series, double value, bool lowest) const
{
    std::size_t first = m_span.first, last = m_span.last;
    while (last - first > 1) {
        const std::size_t middle = first + (last - first) / 2;
        const RunSeries::Extent half = series.extent(first, middle);
        const bool here = half.finite > 0 && (lowest ? half.minimum == value : half.maximum == value);
        (here ? last : first) = middle;
    }
    return series.x(first, m_curve.x);
}

bool CurveStatistics::step(std::size_t samples)
{
    if (isDone()) {
        return false;
    }
    const RunSeries& series = m_curve.series->inOrder(m_curve.x);
    const double origin = series.x(m_span.first, m_curve.x); // dates are far from 0
    const std::size_t end = std::min({ m_span.last, m_next + samples, series.size() });
    for (; m_next < end; ++m_next) {
        const double value = series.value(m_next) * m_curve.scale / m_unit;
        if (!std::isfinite(value)) {
            continue;
        }
        const double x = series.x(m_next, m_curve.x) - origin;
        m_count += 1;
        const double dx = x - m_meanX, dy = value - m_meanY;
        m_meanX += dx / m_count;
        m_meanY += dy / m_count;
        m_xx += dx * (x - m_meanX);
        m_xy += dx * (value - m_meanY);
        m_yy += dy * (value - m_meanY);
    }
    if (end == series.size()) {
        m_next = m_span.last;
    }
    return !isDone();
}

double CurveStatistics::deviation() const
{
    return m_count >= 2 ? std::sqrt(m_yy / (m_count - 1)) * m_unit : NAN;
}

double CurveStatistics::slope() const
{
    return m_count >= 2 && m_xx > 0 ? m_xy / m_xx * m_unit : NAN;
}

} // namespace nabiz::ui
