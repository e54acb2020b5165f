// SPDX-License-Identifier: GPL-3.0-or-later
// Buckets of samples, as many as there are pixel columns, and the lines and bands through them.
// GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/curve_extent.h"
#include "ui/charts/shape/plot_map.h"

#include <QList>
#include <QPolygonF>
#include <vector>

namespace nabiz::ui {

class CurveShaper {
public:
    using Buckets = std::vector<RunSeries::Bucket>;

    CurveShaper(const PlotCurve& curve, const PlotMap& map);

    const RunSeries& series() const { return m_series; }
    double x(std::size_t i) const { return m_map.axisX(m_series.x(i, m_curve.x)); }
    // At most one screen height outside; NaN for what a log axis cannot show.
    double y(double value) const;

    // Of `values`, one a sample of the series: by count on a linear axis, aligned to absolute places so that a live
    // curve does not shimmer; by columns on a log one, whose left end a single bucket would fill.
    template <typename Values>
    Buckets buckets(const Values& values, std::size_t first, std::size_t last, double pixels) const;
    QList<QList<QPointF>> line(const Buckets& buckets) const;
    QList<QPolygonF> band(const Buckets& buckets) const;

private:
    std::size_t endOfColumn(std::size_t i, std::size_t last, double pixels) const;

    const PlotCurve& m_curve;
    const RunSeries& m_series;
    const PlotMap& m_map;
    double m_low, m_high;
};

inline RunSeries::Bucket bucketOf(const RunSeries& series, std::size_t first, std::size_t last)
{
    return bucket(series.column(), first, last);
}
inline RunSeries::Bucket bucketOf(const SmoothedSeries& column, std::size_t first, std::size_t last)
{
    return bucket(column, first, last);
}
inline std::vector<RunSeries::Bucket> bucketsOf(
    const RunSeries& series, std::size_t first, std::size_t last, std::size_t columns)
{
    return series.buckets(first, last, columns);
}
inline std::vector<RunSeries::Bucket> bucketsOf(
    const SmoothedSeries& column, std::size_t first, std::size_t last, std::size_t columns)
{
    return buckets(column, first, last, columns);
}

template <typename Values>
CurveShaper::Buckets CurveShaper::buckets(
    const Values& values, std::size_t first, std::size_t last, double pixels) const
{
    if (!m_map.logX) {
        const auto room = static_cast<std::size_t>(std::max(2.0, m_map.area.width() / pixels));
        return bucketsOf(values, first, last, last - first <= 2 * room ? last - first : room);
    }
    Buckets result;
    for (std::size_t i = first; i < last;) {
        const std::size_t end = endOfColumn(i, last, pixels);
        result.push_back(bucketOf(values, i, end));
        i = end;
    }
    return result;
}

} // namespace nabiz::ui
