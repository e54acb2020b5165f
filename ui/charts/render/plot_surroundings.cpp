// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_surroundings.h"

#include "ui/charts/render/label_layout.h"
#include "ui/charts/render/plot_notes.h"
#include "ui/charts/render/plot_text.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace nabiz::ui {

void drawGrid(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotLayout& layout)
{
    const PlotMap& map = layout.map;
    const QFont font = smallFont(frame.font);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    for (const Tick& tick : layout.y) {
        const double y = std::round(map.pixelY(tick.position)) + 0.5;
        if (y < map.area.top() - 1 || y > map.area.bottom() + 1) {
            continue;
        }
        painter.setPen(QPen(frame.colors->grid, 1));
        painter.drawLine(QPointF(map.area.left(), y), QPointF(map.area.right(), y));
        painter.setPen(frame.colors->dim);
        painter.drawText(QRectF(0, y - metrics.height() / 2, map.area.left() - kLabelGap, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    if (!content.showXAxis) {
        return;
    }
    painter.setPen(frame.colors->dim);
    double end = map.area.right();
    for (const Tick& tick : layout.x) {
        const double x = map.pixelX(tick.position);
        const double width = metrics.horizontalAdvance(tick.label) + 4;
        painter.drawText(
            QRectF(x - width / 2, map.area.bottom() + kLabelGap, width, metrics.height()), Qt::AlignCenter, tick.label);
        end = std::max(end, x + width / 2);
    }
    const QString unit = isTime(content.xUnit) ? QString() : xUnitName(content.xUnit); // times name theirs
    if (end + kLabelGap + metrics.horizontalAdvance(unit) <= frame.size.width()) {
        painter.drawText(QPointF(end + kLabelGap, map.area.bottom() + kLabelGap + metrics.ascent()), unit);
    }
}

void drawLines(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map)
{
    const QFont font = smallFont(frame.font);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    for (const PlotLine& line : content.lines) {
        const double position = map.axisY(line.value);
        if (!(position >= map.y0 && position <= map.y1)) {
            continue;
        }
        const double y = std::round(map.pixelY(position)) + 0.5;
        QPen pen(line.color, 1.2);
        if (line.dotted) {
            pen.setDashPattern({ 1.2, 3 });
            pen.setCapStyle(Qt::FlatCap);
        }
        painter.setPen(pen);
        painter.drawLine(QPointF(map.area.left(), y), QPointF(map.area.right(), y));
        painter.setPen(frame.colors->dim);
        const double above = y - metrics.height() - 2;
        const double top = above < map.area.top() ? y + 2 : above;
        painter.drawText(QRectF(map.area.left() + 6, top, map.area.width(), metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, line.label);
    }
}

void drawNames(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
    const std::vector<CurveShape>& shapes)
{
    const QFont font = nameFont(frame.font);
    const QFontMetricsF metrics(font);
    std::vector<LabelWish> wishes;
    std::vector<std::size_t> owners;
    QList<QList<QPointF>> obstacles;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (const QList<QPointF>& line : shapes[i].lines) {
            QList<QPointF> pixels;
            for (const QPointF& point : line) {
                if (point.x() <= map.x1) { // what lies beyond is cut off, and names stand there
                    pixels.append(map.pixel(point));
                }
            }
            obstacles.append(pixels);
        }
        const PlotCurve& curve = content.curves[i];
        const bool standsBack = frame.highlighted && *frame.highlighted != curve.key;
        if (!shapes[i].end || curve.label.isEmpty() || standsBack) {
            continue;
        }
        const QPointF end(map.pixelX(shapes[i].end->x()),
            std::clamp(map.pixelY(shapes[i].end->y()), map.area.top(), map.area.bottom()));
        const QString name = nameOf(curve, metrics, frame.size.width());
        wishes.push_back({ end, QSizeF(metrics.horizontalAdvance(name) + 2, metrics.height()) });
        owners.push_back(i);
        if (!curve.filled && !curve.dashed && !curve.reference && map.area.adjusted(-1, -1, 1, 1).contains(end)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(curve.color);
            painter.drawEllipse(end, 3, 3);
        }
    }
    const QRectF bounds(map.area.left(), map.area.top(), frame.size.width() - map.area.left(), map.area.height());
    const std::vector<QRectF> labels = placeLabels(wishes, obstacles, bounds);
    painter.setFont(font);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        QColor behind = frame.colors->panel;
        behind.setAlphaF(0.8f);
        painter.fillRect(labels[i].adjusted(-2, 1, 0, -1), behind);
        painter.setPen(content.curves[owners[i]].color);
        painter.drawText(labels[i], Qt::AlignLeft | Qt::AlignVCenter,
            nameOf(content.curves[owners[i]], metrics, frame.size.width()));
    }
}

void drawHeader(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotDrawn& drawn)
{
    if (!hasHeader(content)) {
        return;
    }
    QFont font = frame.font;
    font.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(frame.colors->text);
    painter.drawText(QPointF(0, metrics.ascent()), content.title);
    QStringList parts;
    if (!content.unit.isEmpty()) {
        parts.append(content.unit);
    }
    if (!drawn.notes.isEmpty()) {
        parts.append(drawn.notes);
    }
    if (drawn.total > 0 && content.showCount) {
        parts.append(countNotice(drawn));
    }
    const double left = content.title.isEmpty() ? 0 : metrics.horizontalAdvance(content.title) + 12;
    painter.setFont(frame.font);
    painter.setPen(frame.colors->dim);
    const QFontMetricsF plain(frame.font);
    painter.drawText(QPointF(left, metrics.ascent()),
        plain.elidedText(parts.join(QStringLiteral(" · ")), Qt::ElideRight, std::max(0.0, frame.size.width() - left)));
}

void drawBadge(QPainter& painter, const PlotFrame& frame, const PlotDrawn& drawn)
{
    if (drawn.cutOff == 0) {
        return;
    }
    const QString text = QCoreApplication::translate("PlotView", "outliers clipped: %1 beyond the axis")
                             .arg(countText(static_cast<qint64>(drawn.cutOff)));
    const QFont font = nameFont(frame.font);
    const QFontMetricsF metrics(font);
    QRectF badge(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 4);
    badge.moveTopRight(drawn.map.area.topRight() + QPointF(-6, 14));
    painter.setPen(QPen(frame.colors->warn, 1));
    painter.setBrush(frame.colors->panel);
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
    painter.setPen(frame.colors->warn);
    painter.setFont(font);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace nabiz::ui
