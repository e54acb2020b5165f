// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_overlay.h"

#include "ui/charts/render/plot_layout.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/shape/plot_glyphs.h"
#include "ui/charts/view/plot_mouse.h"
#include "ui/charts/view/plot_view.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kMostRows = 12;
constexpr double kColumnGap = 14;
constexpr double kRowIcon = 34;

using Row = std::array<QString, 5>; // name, x, value, smoothed, difference

std::vector<Row> rowsOf(const PlotContent& content, const std::vector<PlotReading>& readings)
{
    std::vector<Row> rows { { QString(), xUnitName(content.xUnit), QCoreApplication::translate("PlotView", "value"),
        QCoreApplication::translate("PlotView", "smoothed"), QStringLiteral("Δ") } };
    for (std::size_t i = 0; i < std::min(readings.size(), kMostRows); ++i) {
        const PlotReading& reading = readings[i];
        rows.push_back({ nameOf(content.curves[reading.curve]), xText(reading.x, content.xUnit),
            numberText(reading.value, 5), reading.smoothed ? numberText(*reading.smoothed, 5) : QString(),
            i == 0 ? QString() : numberText(reading.value - readings.front().value, 3) });
    }
    return rows;
}

double at(const QRectF& area, double x)
{
    return std::clamp(std::round(x) + 0.5, area.left() + 0.5, area.right() + 0.5);
}

} // namespace

PlotOverlay::PlotOverlay(const PlotView& plot, const PlotDrawn& drawn, const PlotMouse& mouse)
    : m_plot(plot)
    , m_drawn(drawn)
    , m_mouse(mouse)
{
}

void PlotOverlay::paint(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    paintPins(painter);
    paintCursor(painter);
    paintBox(painter);
    paintValues(painter);
}

void PlotOverlay::paintCursor(QPainter& painter) const
{
    const PlotMap& map = m_drawn.map;
    const std::optional<double> cursor = m_plot.reader().cursorX();
    if (!cursor || map.axisX(*cursor) < map.x0 || map.axisX(*cursor) > map.x1) {
        return;
    }
    QColor color = Theme::colors().text;
    color.setAlphaF(0.65f);
    painter.setPen(QPen(color, 1));
    const double x = at(map.area, map.pixelX(map.axisX(*cursor)));
    painter.drawLine(QPointF(x, map.area.top()), QPointF(x, map.area.bottom()));
}

void PlotOverlay::paintTag(QPainter& painter, const QPointF& middle, const QString& text, const QColor& color) const
{
    const QFont font = smallFont(m_plot.font());
    const QFontMetricsF metrics(font);
    QRectF tag(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2);
    tag.moveCenter(middle);
    tag.moveLeft(std::clamp(tag.left(), 0.0, std::max(0.0, m_plot.width() - tag.width())));
    tag.moveTop(std::clamp(tag.top(), 0.0, std::max(0.0, m_plot.height() - tag.height())));
    painter.setPen(QPen(color, 1));
    painter.setBrush(Theme::colors().panel);
    painter.drawRoundedRect(tag, 3, 3);
    painter.setFont(font);
    painter.drawText(tag, Qt::AlignCenter, text);
}

void PlotOverlay::paintPins(QPainter& painter) const
{
    const PlotMap& map = m_drawn.map;
    const QColor color = Theme::colors().accent;
    for (const int which : { 0, 1 }) {
        const std::optional<double> pin = m_plot.reader().pin(which);
        if (!pin || map.axisX(*pin) < map.x0 || map.axisX(*pin) > map.x1) {
            continue;
        }
        const double x = at(map.area, map.pixelX(map.axisX(*pin)));
        painter.setPen(QPen(color, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, map.area.top()), QPointF(x, map.area.bottom()));
        paintTag(painter, { x, map.area.top() }, which == 0 ? QStringLiteral("A") : QStringLiteral("B"), color);
    }
}

// With the range that is being chosen at its edges.
void PlotOverlay::paintBox(QPainter& painter) const
{
    const QRectF chosen = m_mouse.box();
    if (!m_mouse.choosesBox() || chosen.isEmpty()) {
        return;
    }
    const PlotMap& map = m_drawn.map;
    const XUnit unit = m_plot.content().xUnit;
    QColor color = Theme::colors().accent;
    painter.setPen(QPen(color, 1));
    QColor inside = color;
    inside.setAlphaF(0.12f);
    painter.setBrush(inside);
    painter.drawRect(chosen);
    const double below = map.area.bottom() + 9;
    paintTag(painter, { chosen.left(), below }, xText(map.valueX(map.unitX(chosen.left())), unit), color);
    if (chosen.width() > 40) {
        paintTag(painter, { chosen.right(), below }, xText(map.valueX(map.unitX(chosen.right())), unit), color);
    }
    if (!m_mouse.isFullHeight() && chosen.height() > 20) {
        for (const double y : { chosen.top(), chosen.bottom() }) {
            paintTag(painter, { map.area.left() / 2, y }, numberText(map.valueY(map.unitY(y)), 3), color);
        }
    }
}

// Beside the cursor, on the side with more room.
void PlotOverlay::paintValues(QPainter& painter) const
{
    const PlotMap& map = m_drawn.map;
    const PlotReader& reader = m_plot.reader();
    const std::optional<double> cursor = reader.cursorX();
    if (!reader.valuesShown() || !cursor || !m_mouse.isInside() || m_mouse.isDragging()) {
        return;
    }
    const std::vector<PlotReading> readings = reader.readings(*cursor);
    if (readings.size() < 2) {
        return;
    }
    const PlotContent& content = m_plot.content();
    std::vector<Row> rows = rowsOf(content, readings);
    const QFont font = smallFont(m_plot.font());
    const QFontMetricsF metrics(font);
    std::array<double, 5> widths {};
    for (Row& row : rows) {
        row[0] = metrics.elidedText(row[0], Qt::ElideMiddle, map.area.width() * 0.25);
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], metrics.horizontalAdvance(row[column]));
        }
    }
    double width = kRowIcon + 16;
    for (const double column : widths) {
        width += column > 0 ? column + kColumnGap : 0;
    }
    const double line = metrics.height() + 2;
    QRectF table(0, map.area.top() + 6, width - kColumnGap + 4, line * static_cast<double>(rows.size()) + 8);
    const double x = map.pixelX(map.axisX(*cursor));
    table.moveLeft(x < map.area.center().x() ? x + 12 : x - 12 - table.width());
    painter.setPen(QPen(Theme::colors().line, 1));
    QColor behind = Theme::colors().panel;
    behind.setAlphaF(0.93f);
    painter.setBrush(behind);
    painter.drawRoundedRect(table, 4, 4);
    painter.setFont(font);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double top = table.top() + 4 + line * static_cast<double>(row);
        if (row > 0) {
            const QIcon icon = curveSwatch(content.curves[readings[row - 1].curve], m_plot.devicePixelRatioF());
            icon.paint(&painter, QRect(QPointF(table.left() + 8, top).toPoint(), QSize(30, static_cast<int>(line))));
        }
        painter.setPen(row == 0 ? Theme::colors().dim : Theme::colors().text);
        double left = table.left() + 8 + kRowIcon;
        for (std::size_t column = 0; column < widths.size(); ++column) {
            painter.drawText(QRectF(left, top, widths[column] + 1, line),
                (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, rows[row][column]);
            left += widths[column] > 0 ? widths[column] + kColumnGap : 0;
        }
    }
}

} // namespace nabiz::ui
