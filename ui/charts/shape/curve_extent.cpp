// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/curve_extent.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kQuartileBuckets = 1024;
constexpr double kFarAway = 3; // quartile distances beyond the quartiles

// Collects what y must reach.
class Reach {
public:
    explicit Reach(bool log)
        : m_log(log)
    {
    }
    void take(double value)
    {
        if (std::isfinite(value) && (!m_log || value > 0)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    bool isLog() const { return m_log; }

    double low = kInfinity, high = -kInfinity;

private:
    bool m_log;
};

void takeAll(Reach& reach, const RunSeries& series, const SampleSpan& span, double scale)
{
    const RunSeries::Extent extent = series.extent(span.first, span.last);
    if (extent.finite == 0) {
        return;
    }
    reach.take(extent.maximum * scale);
    reach.take(extent.minimum * scale);
    if (reach.isLog() && extent.minimum <= 0) {
        for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, 4096)) {
            reach.take(bucket.minimum * scale);
            reach.take(bucket.maximum * scale);
        }
    }
}

// Tukey's outer fences about the curve: quartiles of the lows and of the highs of all samples, bucket by bucket, so
// that no sample is left out of the reckoning. On a log axis in logarithms.
void takeUsual(Reach& reach, const RunSeries& series, const SampleSpan& span, double scale)
{
    std::vector<double> lows, highs;
    for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, kQuartileBuckets)) {
        const auto add = [&](std::vector<double>& list, double value) {
            value *= scale;
            if (!bucket.empty && std::isfinite(value) && (!reach.isLog() || value > 0)) {
                list.push_back(reach.isLog() ? std::log10(value) : value);
            }
        };
        add(lows, bucket.minimum);
        add(highs, bucket.maximum);
    }
    if (lows.size() < 4 || highs.size() < 4) {
        takeAll(reach, series, span, scale);
        return;
    }
    std::sort(lows.begin(), lows.end());
    std::sort(highs.begin(), highs.end());
    const double first = lows[lows.size() / 4];
    const double third = highs[highs.size() * 3 / 4];
    const double fence = kFarAway * (third - first);
    const auto value = [&](double position) { return reach.isLog() ? std::pow(10.0, position) : position; };
    // As far as there are samples within the fences.
    const auto low = std::lower_bound(lows.begin(), lows.end(), first - fence);
    const auto high = std::upper_bound(highs.begin(), highs.end(), third + fence);
    reach.take(value(low == lows.end() ? first : *low));
    reach.take(value(high == highs.begin() ? third : *(high - 1)));
}

void takeCurve(
    Reach& reach, const PlotCurve& curve, const PlotContent& content, const SampleSpan& span, SmoothedCache& cache)
{
    const RunSeries& series = curve.series->inOrder(curve.x);
    const bool clipped = content.clipOutliers && !curve.points && !curve.reference;
    const bool smooth = isSmoothed(curve, content) && !series.isPreview();
    if (!smooth || curve.members.empty()) { // of a smoothed group no single batch is drawn
        clipped ? takeUsual(reach, series, span, curve.scale) : takeAll(reach, series, span, curve.scale);
    }
    const auto takeSmoothed = [&](const RunSeries& one) {
        const MinMaxPyramid::Node node = cache.smoothed(one, content.smoothing).extent(span.first, span.last);
        if (node.finite > 0) {
            reach.take(node.minimum * curve.scale);
            reach.take(node.maximum * curve.scale);
        }
    };
    if (smooth && (!clipped || !curve.members.empty())) {
        takeSmoothed(series);
    }
    for (const RunSeries* const member : curve.members) {
        const RunSeries& own = member->inOrder(curve.x);
        smooth ? takeSmoothed(own) : takeAll(reach, own, span, curve.scale);
    }
}

} // namespace

SampleSpan samplesWithin(const PlotCurve& curve, double x0, double x1)
{
    const RunSeries& series = curve.series->inOrder(curve.x);
    SampleSpan span;
    const std::size_t start = series.lastAtOrBefore(x0, curve.x);
    const std::size_t end = series.lastAtOrBefore(x1, curve.x);
    if (end == series.size()) {
        return span; // all lies to the right of the view
    }
    span.first = start == series.size() ? 0 : start;
    if (start < series.size() && series.x(start, curve.x) < x0) {
        span.first = start + 1;
    } else if (span.first > 0) {
        // Of several samples at x0 itself lastAtOrBefore names the last.
        const std::size_t less = series.lastAtOrBefore(std::nextafter(x0, -kInfinity), curve.x);
        span.first = less == series.size() ? 0 : less + 1;
    }
    span.before = span.first > 0 ? span.first - 1 : 0;
    span.last = end + 1;
    span.behind = std::min(series.size(), span.last + 1);
    return span;
}

bool isDrawn(const PlotCurve& curve)
{
    return !curve.hidden && curve.series && !curve.series->empty();
}

bool isSmoothed(const PlotCurve& curve, const PlotContent& content)
{
    return curve.smoothed && !curve.points && !curve.reference && content.smoothing.kind != SmoothingKind::None;
}

std::optional<std::pair<double, double>> xExtent(const PlotContent& content)
{
    std::optional<std::pair<double, double>> extent;
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
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

LogXRange wholeLogX(const PlotContent& content, double last)
{
    double least = kInfinity;
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
            continue;
        }
        const RunSeries& series = curve.series->inOrder(curve.x);
        const std::size_t notAbove = series.lastAtOrBefore(0, curve.x);
        const std::size_t place = notAbove == series.size() ? 0 : notAbove + 1;
        if (place < series.size()) {
            least = std::min(least, series.x(place, curve.x));
        }
    }
    LogXRange range;
    range.low = std::isfinite(least) && least > 0 ? std::log10(least) : 0;
    range.high = last > 0 ? std::max(std::log10(last), range.low + 0.1) : range.low + 1;
    range.zero = range.low - 0.06 * (range.high - range.low);
    range.low = range.zero - 0.02 * (range.high - range.low);
    return range;
}

std::pair<double, double> yExtent(
    const PlotContent& content, double x0, double x1, bool withLines, SmoothedCache& cache)
{
    Reach reach(content.logY);
    for (const PlotCurve& curve : content.curves) {
        const SampleSpan span = isDrawn(curve) ? samplesWithin(curve, x0, x1) : SampleSpan {};
        if (span.last > span.first) {
            takeCurve(reach, curve, content, span, cache);
        }
    }
    for (const PlotLine& line : content.lines) {
        if (withLines) {
            reach.take(line.value);
        }
    }
    double low = reach.low, high = reach.high;
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
    const double span = high / 2 - low / 2; // half of it: the whole may be more than a double holds
    const double air = span > 1e-9 * size ? span * 0.12 : (size > 0 ? 0.1 * size : 0.5);
    if (content.logY) {
        return { std::max(low - air, -323.0), std::min(high + air, 308.2) }; // what a double can be
    }
    constexpr double kMost = std::numeric_limits<double>::max();
    return { content.zeroBased && low == 0 ? 0.0 : std::max(low - air, -kMost),
        std::min(high + (content.zeroBased ? 2 : 1) * air, kMost) };
}

} // namespace nabiz::ui
