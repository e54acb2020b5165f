// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/curve_shape.h"

#include "ui/charts/shape/curve_shaper.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr int kBandPixels = 5; // width of one step of the envelope: narrower ones flicker, wider ones hide
constexpr int kMarkPixels = 12; // markers closer than this are drawn as the extremes of their neighbours

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

void addMarks(CurveShape& shape, const CurveShaper& shaper, const SampleSpan& span)
{
    for (const RunSeries::Bucket& bucket : shaper.buckets(shaper.series(), span.first, span.last, kMarkPixels)) {
        for (const double value : { bucket.minimum, bucket.maximum }) {
            const double y = shaper.y(value);
            if (!bucket.empty && !std::isnan(y)) {
                shape.marks.append(
                    { shaper.x(bucket.minimumFirst == (value == bucket.minimum) ? bucket.first : bucket.last - 1), y });
            }
            if (bucket.minimum == bucket.maximum) {
                break;
            }
        }
    }
}

// From the lowest to the highest of the members, of what is drawn of the curve itself.
template <typename Columns>
QList<QPolygonF> spreadOf(const CurveShaper& shaper, const SampleSpan& span, const Columns& columns, int pixels)
{
    std::size_t last = span.behind;
    for (const auto* const column : columns) {
        last = std::min(last, column->size());
    }
    CurveShaper::Buckets reach;
    for (const auto* const column : columns) {
        const CurveShaper::Buckets own
            = last > span.before ? shaper.buckets(*column, span.before, last, pixels) : CurveShaper::Buckets();
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (i == reach.size()) {
                reach.push_back(own[i]);
                continue;
            }
            reach[i].empty = reach[i].empty || own[i].empty;
            reach[i].minimum = std::min(reach[i].minimum, own[i].minimum);
            reach[i].maximum = std::max(reach[i].maximum, own[i].maximum);
        }
    }
    return shaper.band(reach);
}

void addSpread(CurveShape& shape, const CurveShaper& shaper, const SampleSpan& span, const PlotCurve& curve,
    const PlotContent& content, int pixels, SmoothedCache& cache)
{
    std::vector<const RunSeries*> members;
    std::vector<const SmoothedSeries*> smoothed;
    for (const RunSeries* const member : curve.members) {
        members.push_back(&member->inOrder(curve.x));
        if (isSmoothed(curve, content)) {
            smoothed.push_back(&cache.smoothed(*members.back(), content.smoothing));
            shape.unfinished = shape.unfinished || smoothed.back()->size() < members.back()->size();
        }
    }
    shape.spread
        = smoothed.empty() ? spreadOf(shaper, span, members, pixels) : spreadOf(shaper, span, smoothed, pixels);
}

void addEdges(CurveShape& shape, const CurveShaper& shaper, const SampleSpan& span, const PlotContent& content,
    const PlotCurve& curve, const PlotMap& map)
{
    const bool clips = content.clipOutliers;
    if (clips) {
        const double low = map.valueY(map.y0) / curve.scale, high = map.valueY(map.y1) / curve.scale;
        const RunSeries& series = shaper.series();
        const std::size_t finite = span.last - span.first - shape.nonFiniteCount;
        const std::size_t under = series.column().countAtMost(span.first, span.last, std::nextafter(low, -HUGE_VAL));
        shape.cutOff = finite - series.column().countAtMost(span.first, span.last, high) + under;
    }
    if (shape.nonFiniteCount == 0 && shape.cutOff == 0) {
        return;
    }
    for (const RunSeries::Bucket& bucket : shaper.buckets(shaper.series(), span.first, span.last, kMarkPixels)) {
        if (bucket.hasNonFinite) {
            shape.nonFinite.append(shaper.x(bucket.first));
        }
        const double middle = (shaper.x(bucket.first) + shaper.x(bucket.last - 1)) / 2;
        if (clips && !bucket.empty && shaper.y(bucket.maximum) > map.y1) {
            shape.above.append(middle);
        }
        if (clips && !bucket.empty && shaper.y(bucket.minimum) < map.y0) {
            shape.below.append(middle);
        }
    }
}

// The last sample within the view, looking past gaps a little: its label must not jump away for one NaN.
void addEnd(CurveShape& shape, const CurveShaper& shaper, const SampleSpan& span, const SmoothedSeries* smoothed)
{
    for (std::size_t i = span.last; i > span.first && span.last - i < 1000; --i) {
        const double value = smoothed && i <= smoothed->size() ? (*smoothed)[i - 1] : shaper.series().value(i - 1);
        const double y = shaper.y(value);
        if (std::isfinite(value) && std::isfinite(y)) {
            shape.end = QPointF(shaper.x(i - 1), y);
            break;
        }
    }
}

} // namespace

CurveShape shapeCurve(
    const PlotCurve& curve, const PlotContent& content, const PlotMap& map, int pixels, SmoothedCache& cache)
{
    CurveShape shape;
    if (!isDrawn(curve)) {
        return shape;
    }
    const CurveShaper shaper(curve, map);
    const RunSeries& series = shaper.series();
    shape.total = series.total();
    const SampleSpan span = samplesWithin(curve, map.fromX(), map.toX());
    if (span.last <= span.before) {
        return shape;
    }
    shape.visible = span.last - span.first;
    shape.nonFiniteCount = series.extent(span.first, span.last).nonFinite;
    if (map.log) {
        shape.notShown = series.column().countAtMost(span.first, span.last, 0);
    }
    if (span.last > span.first) {
        const double batches = series.batch(span.last - 1) - series.batch(span.first) + 1;
        const double room = std::max(1.0, map.pixelX(shaper.x(span.last - 1)) - map.pixelX(shaper.x(span.first)));
        shape.batchesPerPixel = static_cast<double>(shape.visible) > 2 * room ? batches / room : 0;
    }
    const SmoothedSeries* smoothed = nullptr;
    if (curve.points || curve.reference) {
        addMarks(shape, shaper, span);
    } else if (isSmoothed(curve, content)) {
        if (curve.members.empty()) {
            shape.bands = shaper.band(shaper.buckets(series, span.before, span.behind, kBandPixels));
        }
        if (!series.isPreview()) { // an average of a few points only is none of the run
            smoothed = &cache.smoothed(series, content.smoothing);
            shape.unfinished = smoothed->size() < series.size();
            const std::size_t last = std::min(span.behind, smoothed->size());
            if (last > span.before) {
                shape.lines = shaper.line(shaper.buckets(*smoothed, span.before, last, pixels));
            }
        }
    } else {
        shape.lines = shaper.line(shaper.buckets(series, span.before, span.behind, pixels));
        if (curve.filled) {
            shape.bands = areasUnder(shape.lines, map);
        }
    }
    addSpread(shape, shaper, span, curve, content, pixels, cache);
    addEdges(shape, shaper, span, content, curve, map);
    addEnd(shape, shaper, span, smoothed);
    return shape;
}

} // namespace nabiz::ui
