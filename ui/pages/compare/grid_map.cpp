// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/grid_map.h"

#include "ui/charts/render/axis_ticks.h"
#include "ui/charts/view/chart_accessible.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {

namespace {

QString shortKey(const std::string& key)
{
    return QString::fromStdString(key.substr(key.find('.') + 1));
}

std::size_t placeIn(const std::vector<std::string>& values, const std::string& value)
{
    return static_cast<std::size_t>(std::ranges::find(values, value) - values.begin());
}

QColor between(const QColor& from, const QColor& to, double share)
{
    const auto mix = [share](double a, double b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(
        mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()), mix(from.blueF(), to.blueF()));
}

} // namespace

GridMap::GridMap(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    makeAccessibleChart(*this);
}

void GridMap::setGrid(const GridCells& grid, const QString& lossName)
{
    m_grid = grid;
    m_lossName = lossName;
    m_across = grid.keys.empty() ? std::vector<std::string>() : valuesOf(grid, grid.keys.size() - 1);
    m_down = grid.keys.size() == 2 ? valuesOf(grid, 0) : std::vector<std::string>();
    m_low = std::numeric_limits<double>::infinity();
    m_high = -m_low;
    for (const GridCell& cell : grid.cells) {
        const double half = isLine() ? cell.half.value_or(0) : 0;
        if (cell.mean) {
            m_low = std::min(m_low, *cell.mean - half);
            m_high = std::max(m_high, *cell.mean + half);
        }
    }
    update();
}

bool GridMap::hasPicture() const
{
    return (m_grid.keys.size() == 1 || m_grid.keys.size() == 2) && std::isfinite(m_low);
}

QRectF GridMap::area() const
{
    const QFontMetricsF metrics(Theme::smallFont());
    double left = metrics.horizontalAdvance(QStringLiteral("−0.0000"));
    for (const std::string& value : m_down)
        left = std::max(left, metrics.horizontalAdvance(QString::fromStdString(value)));
    left = std::min(left, width() / 3.0) + 2 * kGap;
    return QRectF(rect()).adjusted(left, metrics.height() + kGap, -kGap, -2 * metrics.height() - kGap);
}

QRectF GridMap::placeOf(std::size_t cell) const
{
    if (isLine())
        return barOf(cell);
    const QRectF inside = area();
    const double wide = inside.width() / static_cast<double>(m_across.size());
    const double high = inside.height() / static_cast<double>(m_down.size());
    const auto& values = m_grid.cells[cell].values;
    return { inside.left() + wide * static_cast<double>(placeIn(m_across, values.back())),
        inside.top() + high * static_cast<double>(placeIn(m_down, values.front())), wide, high };
}

// From the low to the high end of the interval, wide enough to be clicked.
QRectF GridMap::barOf(std::size_t cell) const
{
    constexpr double kWidth = 12;
    const QRectF inside = area();
    const GridCell& one = m_grid.cells[cell];
    const double room = m_high > m_low ? (m_high - m_low) * 0.08 : std::max(std::abs(m_high) * 0.1, 1e-9);
    const auto y = [&](double loss) {
        return inside.bottom() - (loss - m_low + room) / (m_high - m_low + 2 * room) * inside.height();
    };
    const double x = inside.left()
        + (static_cast<double>(placeIn(m_across, one.values.back())) + 0.5) * inside.width()
            / static_cast<double>(m_across.size());
    const double half = one.half.value_or(0), mean = one.mean.value_or(m_low);
    return QRectF(QPointF(x - kWidth / 2, y(mean + half)), QPointF(x + kWidth / 2, y(mean - half)));
}

// Up to as far again and again above the median as that is above the best: cells that went astray do not make all
// others look alike.
double GridMap::shade(double loss) const
{
    std::vector<double> means;
    for (const GridCell& cell : m_grid.cells) {
        if (cell.mean)
            means.push_back(*cell.mean);
    }
    std::ranges::sort(means);
    const double median = means[means.size() / 2];
    const double most = median > m_low ? std::min(m_high, median + 3 * (median - m_low)) : m_high;
    return most > m_low ? std::clamp((loss - m_low) / (most - m_low), 0.0, 1.0) : 0;
}

void GridMap::drawMap(QPainter& painter) const
{
    const ThemeColors& colors = Theme::colors();
    const QFontMetricsF metrics(Theme::smallFont());
    for (std::size_t i = 0; i < m_grid.cells.size(); ++i) {
        const GridCell& cell = m_grid.cells[i];
        const QRectF place = placeOf(i).adjusted(1, 1, -1, -1);
        const QColor fill
            = cell.mean ? between(colors.good, colors.panel, 0.15 + 0.75 * shade(*cell.mean)) : colors.panel;
        painter.fillRect(place, fill);
        painter.setPen(QPen(colors.line, 1));
        painter.drawRect(place);
        // What is read on it: dark on light, light on dark.
        painter.setPen(fill.lightnessF() > 0.5 ? QColor(Qt::black) : QColor(Qt::white));
        const QString loss = cell.mean ? numberText(*cell.mean) : QStringLiteral("–");
        const QString seeds = cell.half ? QStringLiteral("± ") + numberText(*cell.half, 2) : QString();
        const bool both = !seeds.isEmpty() && place.height() > 2.4 * metrics.height();
        painter.drawText(place, Qt::AlignCenter, both ? loss + u'\n' + seeds : loss);
        if (m_grid.best == i) {
            painter.setPen(QPen(colors.text, 2));
            painter.drawRect(place.adjusted(1, 1, -1, -1));
        }
    }
    painter.setPen(colors.dim);
    const QRectF inside = area();
    const double high = inside.height() / static_cast<double>(m_down.size());
    for (std::size_t i = 0; i < m_down.size(); ++i)
        painter.drawText(QRectF(0, inside.top() + high * static_cast<double>(i), inside.left() - kGap, high),
            Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(QString::fromStdString(m_down[i]), Qt::ElideMiddle, inside.left() - kGap));
}

void GridMap::drawLine(QPainter& painter) const
{
    const ThemeColors& colors = Theme::colors();
    const QFontMetricsF metrics(Theme::smallFont());
    const QRectF inside = area();
    const double room = m_high > m_low ? (m_high - m_low) * 0.08 : std::max(std::abs(m_high) * 0.1, 1e-9);
    const int rows = std::max(2, static_cast<int>(inside.height() / (2 * metrics.height())));
    for (const Tick& tick : linearTicks(m_low - room, m_high + room, rows, QLocale())) {
        const double y
            = inside.bottom() - (tick.position - m_low + room) / (m_high - m_low + 2 * room) * inside.height();
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y));
        painter.setPen(colors.dim);
        painter.drawText(QRectF(0, y - metrics.height(), inside.left() - kGap, 2 * metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    QPolygonF line;
    for (std::size_t i = 0; i < m_grid.cells.size(); ++i) {
        if (m_grid.cells[i].mean)
            line.append(barOf(i).center());
    }
    painter.setPen(QPen(colors.accent, 2));
    painter.drawPolyline(line);
    for (std::size_t i = 0; i < m_grid.cells.size(); ++i) {
        if (!m_grid.cells[i].mean)
            continue;
        const QRectF bar = barOf(i);
        painter.setPen(QPen(colors.accent, 1.5));
        painter.drawLine(QPointF(bar.center().x(), bar.top()), QPointF(bar.center().x(), bar.bottom()));
        if (bar.height() > 0) {
            painter.drawLine(bar.topLeft() + QPointF(2, 0), bar.topRight() - QPointF(2, 0));
            painter.drawLine(bar.bottomLeft() + QPointF(2, 0), bar.bottomRight() - QPointF(2, 0));
        }
        painter.setPen(QPen(m_grid.best == i ? colors.text : colors.panel, m_grid.best == i ? 2 : 1));
        painter.setBrush(colors.accent);
        painter.drawEllipse(bar.center(), 5, 5);
        painter.setBrush(Qt::NoBrush);
    }
}

void GridMap::drawNames(QPainter& painter) const
{
    const QFontMetricsF metrics(Theme::smallFont());
    const QRectF inside = area();
    painter.setPen(Theme::colors().dim);
    const double wide = inside.width() / static_cast<double>(m_across.size());
    for (std::size_t i = 0; i < m_across.size(); ++i)
        painter.drawText(
            QRectF(inside.left() + wide * static_cast<double>(i), inside.bottom() + 2, wide, metrics.height() * 1.2),
            Qt::AlignHCenter | Qt::AlignTop,
            metrics.elidedText(QString::fromStdString(m_across[i]), Qt::ElideMiddle, wide - 4));
    painter.drawText(QRectF(0, height() - metrics.height() - 1, width() - kGap, metrics.height()),
        Qt::AlignRight | Qt::AlignVCenter, shortKey(m_grid.keys.back()));
    const QString top = isLine() ? m_lossName : shortKey(m_grid.keys.front());
    painter.drawText(QRectF(kGap, 0, width() - 2 * kGap, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, top);
    if (!isLine())
        painter.drawText(
            QRectF(kGap, 0, width() - 2 * kGap, metrics.height()), Qt::AlignRight | Qt::AlignVCenter, m_lossName);
}

void GridMap::paintEvent(QPaintEvent*)
{
    if (!hasPicture())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::smallFont());
    isLine() ? drawLine(painter) : drawMap(painter);
    drawNames(painter);
}

std::optional<std::size_t> GridMap::cellAt(const QPointF& at) const
{
    constexpr double kReach = 6;
    for (std::size_t i = 0; hasPicture() && i < m_grid.cells.size(); ++i) {
        if (placeOf(i).adjusted(-kReach, -kReach, kReach, kReach).contains(at) && (!isLine() || m_grid.cells[i].mean))
            return i;
    }
    return std::nullopt;
}

void GridMap::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell)
        Q_EMIT cellChosen(static_cast<int>(*cell));
}

void GridMap::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(cellAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void GridMap::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

} // namespace nabiz::ui
