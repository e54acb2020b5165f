// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curve_shape.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr int kBandPixels = 5; // width of one step of the envelope: narrower ones flicker, wider ones hide
constexpr int kMarkPixels = 12; // diamonds closer than this are drawn as the extremes of their neighbours

struct Span {
    std::size_t first = 0, last = 0; // samples within the view
    std::size_t before = 0, behind = 0; // with a neighbour on either side
};

Span samplesWithin(const PlotCurve& curve, double x0, double x1)
{
    const RunSeries& series = curve.series->inOrder(curve.x);
    Span span;
    const std::size_t start = series.lastAtOrBefore(x0, curve.x);
    const std::size_t end = series.lastAtOrBefore(x1, curve.x);
    if (end == series.size()) {
        return span; // all lies to the right of the view
    }
    span.before = start == series.size() ? 0 : start;
    span.first = start == series.size() || series.x(start, curve.x) >= x0 ? span.before : start + 1;
    // Of several samples at x0 itself lastAtOrBefore names the last.
    while (span.first > 0 && series.x(span.first - 1, curve.x) >= x0) {
        --span.first;
    }
    span.before = span.first > 0 ? span.first - 1 : 0;
    span.last = end + 1;
    span.behind = std::min(series.size(), span.last + 1);
    return span;
}

class Shaper {
public:
    Shaper(const PlotCurve& curve, const PlotMap& map)
        : m_curve(curve)
        , m_series(curve.series->inOrder(curve.x))
        , m_map(map)
        , m_low(map.y0 - (map.y1 - map.y0))
        , m_high(map.y1 + (map.y1 - map.y0))
    {
    }

    double x(std::size_t i) const { return m_series.x(i, m_curve.x); }
    // At most one screen height outside: a value of 1e30 must not break the drawing.
    double y(double value) const
    {
        const double position = m_map.axisY(value * m_curve.scale);
        return std::isnan(position) ? position : std::clamp(position, m_low, m_high);
    }

    QList<QList<QPointF>> line(const std::vector<RunSeries::Bucket>& buckets) const
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

    QList<QPolygonF> band(const std::vector<RunSeries::Bucket>& buckets) const
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

private:
    const PlotCurve& m_curve;
    const RunSeries& m_series;
    const PlotMap& m_map;
    double m_low, m_high;
};

QList<QPolygonF> areasUnder(const QList<QList<QPointF>>& lines, const PlotMap& map)
{
    QList<QPolygonF> areas;
    const double floor = map.log ? map.area.bottom() : std::min(map.pixelY(0), map.area.bottom() + map.area.height());
    for (const QList<QPointF>& line : lines) {
        QPolygonF area;
        area.append({ map.pixelX(line.first().x()), floor });
        for (const QPointF& point : line) {
            area.append(map.pixel(point));
        }
        area.append({ map.pixelX(line.last().x()), floor });
        areas.append(area);
    }
    return areas;
}

bool isSmoothed(const PlotCurve& curve, const PlotContent& content)
{
    return curve.smoothed && !curve.points && content.smoothing.kind != SmoothingKind::None;
}

} // namespace

CurveShape shapeCurve(
    const PlotCurve& curve, const PlotContent& content, const PlotMap& map, int pixels, SmoothedCache& cache)
{
    CurveShape shape;
    const Span span = curve.series ? samplesWithin(curve, map.x0, map.x1) : Span {};
    if (span.last <= span.before) {
        return shape;
    }
    const RunSeries& series = curve.series->inOrder(curve.x);
    const Shaper shaper(curve, map);
    const auto columnsOf
        = [&](double width) { return static_cast<std::size_t>(std::max(2.0, map.area.width() / width)); };
    shape.visible = span.last - span.first;
    shape.nonFiniteCount = series.extent(span.first, span.last).nonFinite;
    if (map.log) {
        shape.notShown = series.countAtMost(span.first, span.last, 0);
    }
    const std::size_t count = span.behind - span.before;
    if (curve.points) {
        for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, columnsOf(kMarkPixels))) {
            for (const double value : { bucket.minimum, bucket.maximum }) {
                const double y = shaper.y(value);
                if (!bucket.empty && !std::isnan(y)) {
                    shape.marks.append(
                        { shaper.x(bucket.minimumFirst == (value == bucket.minimum) ? bucket.first : bucket.last - 1),
                            y });
                }
                if (bucket.minimum == bucket.maximum) {
                    break;
                }
            }
        }
    } else {
        const bool smoothed = isSmoothed(curve, content);
        const std::size_t room = columnsOf(pixels);
        const std::size_t columns = count <= 2 * room ? count : room;
        shape.lines
            = shaper.line(smoothed ? buckets(cache.values(series, content.smoothing), span.before, span.behind, columns)
                                   : series.buckets(span.before, span.behind, columns));
        if (smoothed) {
            shape.bands = shaper.band(series.buckets(span.before, span.behind, columnsOf(kBandPixels)));
        } else if (curve.filled) {
            shape.bands = areasUnder(shape.lines, map);
        }
    }
    if (shape.nonFiniteCount > 0) {
        for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, columnsOf(kMarkPixels))) {
            if (bucket.hasNonFinite) {
                shape.nonFinite.append(shaper.x(bucket.first));
            }
        }
    }
    // The last sample within the view, looking past gaps a little: its label must not jump away for one NaN.
    const MinMaxPyramid* const smooth = isSmoothed(curve, content) ? &cache.values(series, content.smoothing) : nullptr;
    for (std::size_t i = span.last; i > span.first && span.last - i < 1000; --i) {
        const double value = smooth ? (*smooth)[i - 1] : series.value(i - 1);
        const double y = shaper.y(value);
        if (std::isfinite(value) && std::isfinite(y)) {
            shape.end = QPointF(shaper.x(i - 1), y);
            break;
        }
    }
    return shape;
}

std::optional<std::pair<double, double>> xExtent(const PlotContent& content)
{
    std::optional<std::pair<double, double>> extent;
    for (const PlotCurve& curve : content.curves) {
        if (!curve.series || curve.series->empty()) {
            continue;
        }
        const RunSeries& series = curve.series->inOrder(curve.x);
        const double first = series.x(0, curve.x);
        const double last = series.x(series.size() - 1, curve.x);
        extent = extent ? std::pair(std::min(extent->first, first), std::max(extent->second, last))
                        : std::pair(first, last);
    }
    return extent;
}

std::pair<double, double> wholeX(const PlotContent& content, const std::optional<std::pair<double, double>>& extent)
{
    double first = extent ? extent->first : 0;
    const double last = std::max(extent ? extent->second : 0, content.plannedX);
    if (first > 0 && first <= 0.1 * last) {
        first = 0;
    }
    return { first, last > first ? last : first + 1 };
}

std::pair<double, double> yExtent(
    const PlotContent& content, double x0, double x1, bool withLines, SmoothedCache& cache)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto take = [&](double value) {
        if (std::isfinite(value) && (!content.logY || value > 0)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    };
    for (const PlotCurve& curve : content.curves) {
        const Span span = curve.series ? samplesWithin(curve, x0, x1) : Span {};
        if (span.last <= span.first) {
            continue;
        }
        const RunSeries& series = curve.series->inOrder(curve.x);
        const RunSeries::Extent extent = series.extent(span.first, span.last);
        if (extent.finite == 0) {
            continue;
        }
        take(extent.maximum * curve.scale);
        take(extent.minimum * curve.scale);
        if (content.logY && extent.minimum <= 0) {
            for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, 4096)) {
                take(bucket.minimum * curve.scale);
                take(bucket.maximum * curve.scale);
            }
        }
        if (isSmoothed(curve, content)) {
            const MinMaxPyramid::Node node
                = cache.values(series, content.smoothing).summary(span.first, span.last);
            take(node.finite ? node.minimum * curve.scale : std::nan(""));
            take(node.finite ? node.maximum * curve.scale : std::nan(""));
        }
    }
    for (const PlotLine& line : content.lines) {
        if (withLines) {
            take(line.value);
        }
    }
    if (low > high) {
        return content.logY ? std::pair(-1.0, 1.0) : std::pair(0.0, 1.0);
    }
    if (content.logY) {
        low = std::log10(low);
        high = std::log10(high);
    } else if (content.zeroBased) {
        low = std::min(low, 0.0);
    }
    const double size = std::max(std::abs(low), std::abs(high));
    const double air = high - low > 1e-9 * size ? (high - low) * 0.06 : (size > 0 ? 0.1 * size : 0.5);
    if (content.logY) {
        return { std::max(low - air, -307.0), std::min(high + air, 308.0) }; // what a double can be
    }
    return { content.zeroBased && low == 0 ? 0.0 : low - air, high + (content.zeroBased ? 2 : 1) * air };
}

} // namespace nabiz::ui
