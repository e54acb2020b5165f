// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/plot_glyphs.h"

#include <QPainter>
#include <QPixmap>
#include <QPolygonF>

namespace nabiz::ui {
namespace {

constexpr QSize kSwatch(30, 12);

QPixmap emptyPixmap(QSize size, double ratio)
{
    QPixmap pixmap(size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

} // namespace

QPen curvePen(const PlotCurve& curve, bool strong)
{
    QPen pen(curve.color, (curve.dashed ? 1.2 : 1.6) * (strong ? 1.8 : 1.0));
    // Qt Charts draws piece by piece: flat ends would leave gaps, and round ones cost four times as much.
    pen.setJoinStyle(Qt::BevelJoin);
    pen.setCapStyle(Qt::SquareCap);
    const auto dash = [&pen](const QList<qreal>& pattern) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern(pattern);
    };
    if (curve.dashed) {
        dash({ 4, 3 });
    } else if (curve.dash == DashPattern::Dashed) {
        dash({ 6, 2.5 });
    } else if (curve.dash == DashPattern::Dotted) {
        dash({ 1.5, 1.5 });
    } else if (curve.dash == DashPattern::DashDot) {
        dash({ 6, 2, 1.5, 2 });
    }
    return pen;
}

void drawMarker(QPainter& painter, MarkerShape shape, const QPointF& at, double r, const QColor& color)
{
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(color);
    const auto polygon = [&](std::initializer_list<QPointF> points) {
        QPolygonF shape;
        for (const QPointF& point : points) {
            shape.append(at + r * point);
        }
        painter.drawPolygon(shape);
    };
    switch (shape) {
    case MarkerShape::None:
        break;
    case MarkerShape::Circle:
        painter.drawEllipse(at, r * 0.9, r * 0.9);
        break;
    case MarkerShape::Square:
        polygon({ { -0.8, -0.8 }, { 0.8, -0.8 }, { 0.8, 0.8 }, { -0.8, 0.8 } });
        break;
    case MarkerShape::TriangleUp:
        polygon({ { 0, -1 }, { 1, 0.8 }, { -1, 0.8 } });
        break;
    case MarkerShape::Diamond:
        polygon({ { 0, -1 }, { 1, 0 }, { 0, 1 }, { -1, 0 } });
        break;
    case MarkerShape::TriangleDown:
        polygon({ { 0, 1 }, { 1, -0.8 }, { -1, -0.8 } });
        break;
    case MarkerShape::Cross:
        painter.setPen(QPen(color, 2));
        painter.drawLine(at + QPointF(-r, -r), at + QPointF(r, r));
        painter.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
        break;
    }
}

void drawDiamond(QPainter& painter, const QPointF& at, double r, const QColor& color, const QColor& inside)
{
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(inside);
    painter.drawPolygon(
        QPolygonF({ at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0) }));
}

QColor markColor(MarkKind kind, const ThemeColors& colors)
{
    switch (kind) {
    case MarkKind::Warning:
        return colors.warn;
    case MarkKind::Evaluation:
        return colors.accent;
    default:
        return colors.dim;
    }
}

void drawMark(QPainter& painter, MarkKind kind, const QPointF& foot, const QColor& color)
{
    const double r = kMarkSize / 2;
    const QPointF at = foot - QPointF(0, r);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const auto polygon = [&](std::initializer_list<QPointF> points) {
        QPolygonF shape;
        for (const QPointF& point : points) {
            shape.append(at + r * point);
        }
        painter.drawPolygon(shape);
    };
    switch (kind) {
    case MarkKind::Evaluation:
        polygon({ { 0, -0.9 }, { 0.8, 0 }, { 0, 0.9 }, { -0.8, 0 } });
        break;
    case MarkKind::Checkpoint: // a flag
        polygon({ { -0.5, 1 }, { -0.5, -1 }, { 0.8, -0.4 }, { -0.2, 0.1 }, { -0.2, 1 } });
        break;
    case MarkKind::Resume: // on from here
        polygon({ { -0.6, -0.8 }, { 0.8, 0 }, { -0.6, 0.8 } });
        break;
    case MarkKind::RateChange: // a step down
        polygon({ { -0.9, -0.6 }, { 0.1, -0.6 }, { 0.1, 0.4 }, { 0.9, 0.4 }, { 0.9, 0.9 }, { -0.4, 0.9 },
            { -0.4, -0.1 }, { -0.9, -0.1 } });
        break;
    case MarkKind::Warning:
        polygon({ { 0, -1 }, { 1, 1 }, { -1, 1 } });
        break;
    }
}

QIcon curveSwatch(const PlotCurve& curve, double ratio)
{
    QPixmap pixmap = emptyPixmap(kSwatch, ratio);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = kSwatch.height() / 2.0;
    QColor color = curve.color;
    color.setAlphaF(curve.hidden ? 0.35f : 1.0f);
    if (!curve.points && !curve.reference) {
        PlotCurve drawn = curve;
        drawn.color = color;
        painter.setPen(curvePen(drawn, false));
        painter.drawLine(QPointF(1, middle), QPointF(kSwatch.width() - 1, middle));
    }
    const QPointF at(kSwatch.width() / 2.0, middle);
    if (curve.points || curve.reference) {
        drawDiamond(painter, at, 4.5, color, curve.reference ? color : Qt::transparent);
    } else {
        drawMarker(painter, curve.marker, at, 4, color);
    }
    painter.end();
    return QIcon(pixmap);
}

QIcon markSwatch(MarkKind kind, double ratio)
{
    const QSize size(12, 12);
    QPixmap pixmap = emptyPixmap(size, ratio);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    drawMark(painter, kind, { size.width() / 2.0, size.height() - 1.5 }, markColor(kind, Theme::colors()));
    painter.end();
    return QIcon(pixmap);
}

} // namespace nabiz::ui
