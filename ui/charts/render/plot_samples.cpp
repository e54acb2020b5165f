// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_samples.h"

#include "ui/charts/render/envelope_painter.h"
#include "ui/charts/shape/plot_glyphs.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kMarkerEvery = 130; // pixels between the markers along a curve
constexpr double kMarksApart = 8; // nearer ones are drawn as one

QColor faint(QColor color, const ThemeColors& colors)
{
    color.setAlphaF(colors.panel.lightnessF() > 0.5 ? 0.16f : 0.24f);
    return color;
}

// They stay with the curve when it moves: at whole multiples of a stretch of the axis, each curve's own share further.
void drawAlong(QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map)
{
    const double perPixel = (map.x1 - map.x0) / map.area.width();
    const double every = std::exp2(std::round(std::log2(kMarkerEvery * perPixel)));
    const double shift = every * std::fmod(static_cast<double>(static_cast<int>(curve.marker)) * 0.3819, 1.0);
    double passed = -HUGE_VAL;
    for (const QList<QPointF>& line : shape.lines) {
        for (const QPointF& point : line) {
            const double cell = std::floor((point.x() - shift) / every);
            if (cell <= passed) {
                continue;
            }
            const bool first = passed == -HUGE_VAL;
            passed = cell;
            const QPointF at = map.pixel(point);
            if (!first && map.area.adjusted(-1, -1, 1, 1).contains(at)) {
                drawMarker(painter, curve.marker, at, 4, curve.color);
            }
        }
    }
}

void drawLayers(QPainter& painter, const PlotCurve& curve, const QPolygonF& area, const PlotMap& map)
{
    if (curve.layers.empty()) {
        return;
    }
    QPainterPath inside;
    inside.addPolygon(area);
    painter.save();
    painter.setClipPath(inside, Qt::IntersectClip);
    double bottom = map.pixelY(map.axisY(0));
    for (const PlotLayer& layer : curve.layers) {
        const double top = map.pixelY(map.axisY(layer.upTo));
        QColor color = layer.color;
        color.setAlphaF(0.55f);
        painter.fillRect(QRectF(QPointF(map.area.left(), top), QPointF(map.area.right(), bottom)), color);
        bottom = top;
    }
    painter.restore();
}

// The one that says most of a few.
MarkKind loudest(const PlotContent& content, const std::vector<std::size_t>& marks)
{
    MarkKind kind = content.marks[marks.front()].kind;
    for (const std::size_t i : marks) {
        kind = std::max(kind, content.marks[i].kind);
    }
    return kind;
}

} // namespace

void drawBands(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
    const std::vector<CurveShape>& shapes)
{
    painter.save();
    painter.setClipRect(map.area.adjusted(-1, -1, 1, 1));
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const PlotCurve& curve = content.curves[i];
        QColor color = faint(curve.color, *frame.colors);
        if (frame.highlighted && *frame.highlighted != curve.key) {
            color.setAlphaF(color.alphaF() * 0.3f);
        }
        painter.setBrush(color);
        painter.setPen(Qt::NoPen);
        for (const QPolygonF& band : shapes[i].spread) {
            paintEnvelope(painter, band, color, map.area);
        }
        for (const QPolygonF& band : shapes[i].bands) {
            curve.filled ? painter.drawPolygon(band) : paintEnvelope(painter, band, color, map.area);
            drawLayers(painter, curve, band, map);
        }
    }
    painter.restore();
}

void drawMarkers(
    QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map, const QColor& inside)
{
    for (const QPointF& mark : shape.marks) {
        const QPointF at = map.pixel(mark);
        if (map.area.adjusted(-1, -1, 1, 1).contains(at)) {
            const bool own = curve.reference && curve.marker != MarkerShape::None;
            own ? drawMarker(painter, curve.marker, at, 5, curve.color)
                : drawDiamond(painter, at, 5, curve.color, curve.reference ? curve.color : inside);
        }
    }
    if (curve.marker != MarkerShape::None && !shape.lines.isEmpty()) {
        drawAlong(painter, curve, shape, map);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(curve.color);
    for (const QList<QPointF>& line : shape.lines) {
        if (line.size() == 1 && map.area.contains(map.pixel(line.first()))) {
            painter.drawEllipse(map.pixel(line.first()), 1.5, 1.5); // a sample between two gaps
        }
    }
}

void drawEdges(QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(curve.color);
    for (const double x : shape.nonFinite) {
        const QPointF tip(map.pixelX(x), map.area.top());
        painter.drawPolygon(QPolygonF({ tip, tip + QPointF(5, 9), tip + QPointF(-5, 9) }));
    }
    painter.setPen(QPen(curve.color, 1.5));
    painter.setBrush(Qt::NoBrush);
    const auto arrow = [&](double x, double edge, double way) {
        const QPointF tip(map.pixelX(x), edge);
        painter.drawPolyline(QPolygonF({ tip + QPointF(-4, way * 5), tip, tip + QPointF(4, way * 5) }));
    };
    for (const double x : shape.above) {
        arrow(x, map.area.top() + 1, 1);
    }
    for (const double x : shape.below) {
        arrow(x, map.area.bottom() - 1, -1);
    }
}

void drawEvents(QPainter& painter, const PlotContent& content, const PlotFrame& frame, PlotDrawn& drawn)
{
    const PlotMap& map = drawn.map;
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        const double x = map.pixelX(map.axisX(content.marks[i].x));
        if (!(x >= map.area.left() - 1 && x <= map.area.right() + 1)) {
            continue;
        }
        if (!drawn.marks.empty() && x - drawn.marks.back().area.center().x() < kMarksApart) {
            drawn.marks.back().marks.push_back(i);
            continue;
        }
        drawn.marks.push_back(
            { QRectF(x - kMarkSize / 2, map.area.bottom() - kMarkSize, kMarkSize, kMarkSize), { i } });
    }
    for (const PlacedMark& placed : drawn.marks) {
        const MarkKind kind = loudest(content, placed.marks);
        const QColor own = content.marks[placed.marks.front()].color;
        drawMark(painter, kind, { placed.area.center().x(), placed.area.bottom() },
            own.isValid() ? own : markColor(kind, *frame.colors));
    }
}

} // namespace nabiz::ui
