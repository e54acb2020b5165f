// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/scatter_view.h"

#include "ui/charts/render/axis_ticks.h"
#include "ui/charts/view/chart_accessible.h"
#include "ui/pages/watch/watch_content.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kRadius = 5;
constexpr double kReach = 10; // pixels from which a point is meant
constexpr int kColors = 6;

double placed(double value, bool log)
{
    return log ? std::log10(value) : value;
}

// The shape is the second cue beside the colour, which comes again after six runs.
QPainterPath shapeOf(storage::RunId run, const QPointF& at, double radius)
{
    QPainterPath path;
    switch (run / kColors % 4) {
    case 0:
        path.addEllipse(at, radius, radius);
        break;
    case 1:
        path.addRect(QRectF(at - QPointF(radius, radius) * 0.88, QSizeF(radius, radius) * 1.76));
        break;
    case 2:
        path.addPolygon(QPolygonF({ at + QPointF(0, -radius * 1.2), at + QPointF(radius * 1.1, radius * 0.8),
            at + QPointF(-radius * 1.1, radius * 0.8), at + QPointF(0, -radius * 1.2) }));
        break;
    default:
        path.addPolygon(QPolygonF({ at + QPointF(0, -radius * 1.25), at + QPointF(radius * 1.25, 0),
            at + QPointF(0, radius * 1.25), at + QPointF(-radius * 1.25, 0), at + QPointF(0, -radius * 1.25) }));
    }
    return path;
}

} // namespace

ScatterView::ScatterView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    makeAccessibleChart(*this);
}

void ScatterView::setData(ScatterData data, ScatterLook look)
{
    m_data = std::move(data);
    m_look = std::move(look);
    m_look.logX = m_look.logX && m_data.x.allPositive;
    m_look.logY = m_look.logY && m_data.y.allPositive;
    m_pointed.reset();
    redraw();
}

void ScatterView::setCurrentRun(storage::RunId run)
{
    if (run != m_current) {
        m_current = run;
        redraw();
    }
}

void ScatterView::redraw()
{
    m_picture = QPixmap();
    update();
}

ScatterView::Range ScatterView::range(const ScatterAxis& axis, bool log, double scale) const
{
    if (axis.isCategorical()) {
        return { -0.5, static_cast<double>(axis.categories.size()) - 0.5 };
    }
    const double low = placed(axis.low * scale, log), high = placed(axis.high * scale, log);
    const double room = high > low ? (high - low) * 0.06 : std::max(std::abs(high) * 0.1, 0.1);
    return { low - room, high + room };
}

QRectF ScatterView::area() const
{
    const QFontMetricsF metrics(Theme::smallFont());
    const double left = metrics.horizontalAdvance(QStringLiteral("−0.00000")) + 2 * kGap;
    return QRectF(rect()).adjusted(left, metrics.height() + kGap, -kMargin, -2 * metrics.height() - kGap);
}

QPointF ScatterView::positionOf(std::size_t point) const
{
    const QRectF inside = area();
    const Range x = range(m_data.x, m_look.logX, 1), y = range(m_data.y, m_look.logY, m_look.yScale);
    const ScatterPoint& at = m_data.points[point];
    const double px = placed(at.x, m_look.logX), py = placed(at.y * m_look.yScale, m_look.logY);
    return { inside.left() + (px - x.low) / (x.high - x.low) * inside.width(),
        inside.bottom() - (py - y.low) / (y.high - y.low) * inside.height() };
}

void ScatterView::drawAxes(QPainter& painter)
{
    const ThemeColors& colors = Theme::colors();
    const QRectF inside = area();
    const QFont font = Theme::smallFont();
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    const Range x = range(m_data.x, m_look.logX, 1), y = range(m_data.y, m_look.logY, m_look.yScale);
    const auto ticks = [](const Range& range, bool log, int most) {
        const QLocale locale;
        return log ? logTicks(range.low, range.high, most, locale) : linearTicks(range.low, range.high, most, locale);
    };
    const int rows = static_cast<int>(inside.height() / (metrics.height() * 2));
    for (const Tick& tick : ticks(y, m_look.logY, std::max(2, rows))) {
        const double at = inside.bottom() - (tick.position - y.low) / (y.high - y.low) * inside.height();
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(inside.left(), at), QPointF(inside.right(), at));
        painter.setPen(colors.dim);
        painter.drawText(QRectF(0, at - metrics.height(), inside.left() - kGap, 2 * metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    std::vector<Tick> below;
    const double most = inside.width() / (metrics.averageCharWidth() * 10);
    if (m_data.x.isCategorical()) {
        const std::size_t each = static_cast<std::size_t>(std::ceil(m_data.x.categories.size() / std::max(1.0, most)));
        for (std::size_t i = 0; i < m_data.x.categories.size(); i += std::max<std::size_t>(1, each)) {
            below.push_back({ static_cast<double>(i), m_data.x.categories[i] });
        }
    } else {
        below = ticks(x, m_look.logX, std::max(2, static_cast<int>(most)));
    }
    const double room = below.size() > 1 ? inside.width() / static_cast<double>(below.size()) : inside.width();
    for (const Tick& tick : below) {
        const double at = inside.left() + (tick.position - x.low) / (x.high - x.low) * inside.width();
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(at, inside.top()), QPointF(at, inside.bottom()));
        painter.setPen(colors.dim);
        painter.drawText(QRectF(at - room / 2, inside.bottom() + 2, room, metrics.height() * 1.2),
            Qt::AlignHCenter | Qt::AlignTop, metrics.elidedText(tick.label, Qt::ElideMiddle, room - 4));
    }
    painter.setPen(QPen(colors.line, 1));
    painter.drawLine(inside.bottomLeft(), inside.bottomRight());
    painter.setPen(colors.dim);
    painter.drawText(
        QRectF(kGap, 0, width() - 2 * kGap, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, m_look.yName);
    painter.drawText(QRectF(inside.left(), height() - metrics.height() - 1, inside.width(), metrics.height()),
        Qt::AlignRight | Qt::AlignVCenter, m_look.xName);
}

void ScatterView::paintEvent(QPaintEvent*)
{
    if (m_picture.isNull()) {
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(Qt::transparent);
        QPainter painter(&m_picture);
        painter.setRenderHint(QPainter::Antialiasing);
        drawAxes(painter);
        for (std::size_t i = 0; i < m_data.points.size(); ++i) {
            QColor color = runColor(m_data.points[i].run);
            painter.setPen(QPen(Theme::colors().panel, 1));
            color.setAlphaF(0.9F);
            painter.setBrush(color);
            painter.drawPath(shapeOf(m_data.points[i].run, positionOf(i), kRadius));
        }
        for (std::size_t i = 0; i < m_data.points.size(); ++i) {
            if (m_data.points[i].run == m_current) {
                painter.setPen(QPen(Theme::colors().text, 2));
                painter.setBrush(runColor(m_current));
                painter.drawPath(shapeOf(m_current, positionOf(i), kRadius + 1));
            }
        }
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    if (m_pointed) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::colors().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(positionOf(*m_pointed), kRadius + 4, kRadius + 4);
    }
}

std::optional<std::size_t> ScatterView::nearest(const QPointF& position) const
{
    std::optional<std::size_t> nearest;
    double distance = kReach * kReach;
    for (std::size_t i = 0; i < m_data.points.size(); ++i) {
        const QPointF away = positionOf(i) - position;
        if (const double square = QPointF::dotProduct(away, away); square <= distance) {
            distance = square;
            nearest = i;
        }
    }
    return nearest;
}

void ScatterView::point(std::optional<std::size_t> at)
{
    if (at != m_pointed) {
        m_pointed = at;
        update();
        Q_EMIT runPointed(at ? m_data.points[*at].run : 0);
    }
}

void ScatterView::mouseMoveEvent(QMouseEvent* event)
{
    point(nearest(event->position()));
    setCursor(m_pointed ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ScatterView::mousePressEvent(QMouseEvent* event)
{
    const std::optional<std::size_t> at = nearest(event->position());
    if (event->button() == Qt::LeftButton && at) {
        Q_EMIT runChosen(m_data.points[*at].run);
    }
}

void ScatterView::leaveEvent(QEvent*)
{
    if (!hasFocus()) {
        point(std::nullopt);
    }
}

void ScatterView::keyPressEvent(QKeyEvent* event)
{
    const std::size_t size = m_data.points.size();
    if (size == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Right:
        point(m_pointed ? std::min(*m_pointed + 1, size - 1) : 0);
        break;
    case Qt::Key_Left:
        point(m_pointed ? *m_pointed - std::min<std::size_t>(*m_pointed, 1) : size - 1);
        break;
    case Qt::Key_Home:
        point(0);
        break;
    case Qt::Key_End:
        point(size - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_pointed) {
            Q_EMIT runChosen(m_data.points[*m_pointed].run);
        }
        break;
    case Qt::Key_Escape:
        point(std::nullopt);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScatterView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LocaleChange) {
        redraw();
    }
}

void ScatterView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    redraw();
}

} // namespace nabiz::ui
