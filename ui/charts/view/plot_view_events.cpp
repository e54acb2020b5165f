// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader's mouse does to a plot.
#include "ui/charts/view/plot_view.h"
#include "ui/charts/view/plot_view_private.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kLeastBox = 6; // pixels: a shaky click is no zoom
constexpr double kNotchFactor = 0.87;
constexpr double kPixelsANotch = 40; // of a touchpad
constexpr int kWheelJoinsMs = 800;

QPointF within(const QPointF& point, const QRectF& area)
{
    return { std::clamp(point.x(), area.left(), area.right()), std::clamp(point.y(), area.top(), area.bottom()) };
}

// Notches of a wheel, or what a finger's way on a touchpad amounts to.
double notchesOf(const QWheelEvent& event)
{
    if (!event.pixelDelta().isNull() && event.phase() != Qt::NoScrollPhase) {
        return event.pixelDelta().y() / kPixelsANotch;
    }
    const QPoint angle = event.angleDelta();
    return (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
}

} // namespace

void PlotView::Private::zoomX(double anchor, double factor, ViewChange kind, bool joins)
{
    change(ViewRange::zoomedX(range.box(), anchor, factor), kind, joins);
}

void PlotView::Private::zoomY(double anchor, double factor, ViewChange kind, bool joins)
{
    ViewBox box = range.box();
    box.y0 = drawn.map.y0;
    box.y1 = drawn.map.y1;
    change(ViewRange::zoomedY(box, anchor, factor), kind, joins);
}

// By pixels, from where the drag began; a fitted y stays fitted.
void PlotView::Private::pan(double dx, double dy, bool joins)
{
    ViewBox box = pressBox;
    const double perX = (pressMap.x1 - pressMap.x0) / pressMap.area.width();
    const double perY = (pressMap.y1 - pressMap.y0) / pressMap.area.height();
    box.x0 -= dx * perX;
    box.x1 -= dx * perX;
    if (!box.autoY) {
        box.y0 += dy * perY;
        box.y1 += dy * perY;
    }
    change(box, ViewChange::Drag, joins);
}

QRectF PlotView::Private::box() const
{
    QRectF box = QRectF(press, within(current, drawn.map.area)).normalized();
    if (fullHeight) {
        box.setTop(drawn.map.area.top());
        box.setBottom(drawn.map.area.bottom());
    }
    return box;
}

void PlotView::Private::endBox()
{
    const QRectF chosen = box();
    ViewBox next = range.box();
    const bool tall = !fullHeight && chosen.height() >= kLeastBox;
    if (chosen.width() < kLeastBox && !tall) {
        if (const PlacedMark* const placed = markAt(press)) { // a click
            Q_EMIT q.markActivated(content.marks[placed->marks.front()].event);
        }
        return;
    }
    if (chosen.width() >= kLeastBox) {
        next.x0 = drawn.map.unitX(chosen.left());
        next.x1 = drawn.map.unitX(chosen.right());
    }
    if (tall) {
        next.autoY = false;
        next.y0 = drawn.map.unitY(chosen.bottom());
        next.y1 = drawn.map.unitY(chosen.top());
    }
    change(next, ViewChange::Box, false);
}

void PlotView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    m_private->markDirty(); // fonts, palette, language
}

void PlotView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_private->markDirty();
}

void PlotView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_private->markDirty();
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    m_private->describe();
    m_private->focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
}

void PlotView::wheelEvent(QWheelEvent* event)
{
    Private& d = *m_private;
    d.render();
    const double notches = notchesOf(*event);
    if (notches == 0) {
        event->ignore();
        return;
    }
    event->accept();
    const bool joins = d.lastWheel.isValid() && d.lastWheel.elapsed() < kWheelJoinsMs;
    d.lastWheel.start();
    const double factor = std::pow(kNotchFactor, notches);
    const PlotMap& map = d.drawn.map;
    const QPointF at = within(event->position(), map.area);
    const bool overY = event->position().x() < map.area.left() && event->position().y() <= map.area.bottom();
    if ((event->modifiers() & Qt::ShiftModifier) || overY) {
        d.zoomY(map.unitY(at.y()), factor, ViewChange::Wheel, joins);
    } else {
        d.zoomX(map.unitX(at.x()), factor, ViewChange::Wheel, joins);
    }
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    Private& d = *m_private;
    d.render();
    if (event->button() == Qt::BackButton || event->button() == Qt::ForwardButton) {
        event->button() == Qt::BackButton ? goBack() : goForward();
        return;
    }
    const bool left = event->button() == Qt::LeftButton;
    const bool pan
        = event->button() == Qt::MiddleButton || (left && (d.spaceHeld || (event->modifiers() & Qt::ControlModifier)));
    if (d.drag != Private::Drag::None || !(left || pan) || !d.drawn.map.area.contains(event->position())) {
        event->ignore();
        return;
    }
    d.drag = pan ? Private::Drag::Pan : Private::Drag::Box;
    d.fullHeight = event->modifiers() & Qt::AltModifier;
    d.press = d.current = event->position();
    d.pressBox = d.range.box();
    d.pressBox.y0 = d.drawn.map.y0;
    d.pressBox.y1 = d.drawn.map.y1;
    d.pressMap = d.drawn.map;
    d.panMoved = false;
    if (pan) {
        setCursor(Qt::ClosedHandCursor);
    }
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    Private& d = *m_private;
    d.render();
    if (d.drag == Private::Drag::Pan) {
        const QPointF way = event->position() - d.press;
        d.pan(way.x(), way.y(), std::exchange(d.panMoved, true));
        return;
    }
    if (d.drag == Private::Drag::Box) {
        d.fullHeight = event->modifiers() & Qt::AltModifier;
        d.current = event->position();
        update();
    } else {
        setCursor(d.markAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    d.mouseInside = d.drawn.map.area.adjusted(-0.5, 0, 0.5, 0).contains(event->position());
    const double x = d.toValue(d.drawn.map.unitX(event->position().x()));
    d.moveCursor(d.mouseInside ? std::optional(d.atSample(x)) : std::nullopt, true);
}

void PlotView::mouseReleaseEvent(QMouseEvent* event)
{
    Private& d = *m_private;
    if (event->button() == Qt::RightButton) {
        return;
    }
    d.current = event->position();
    if (d.drag == Private::Drag::Box) {
        d.endBox();
    }
    d.drag = Private::Drag::None;
    unsetCursor();
    update();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_private->drag = Private::Drag::None;
        fit();
    }
}

void PlotView::contextMenuEvent(QContextMenuEvent* event)
{
    Private& d = *m_private;
    d.render();
    std::optional<double> place = d.cursor;
    if (event->reason() == QContextMenuEvent::Mouse && d.drawn.map.area.contains(event->pos())) {
        place = d.atSample(d.toValue(d.drawn.map.unitX(event->pos().x())));
    }
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("plotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    d.fillMenu(*menu, place);
    Q_EMIT menuAboutToShow(menu);
    menu->popup(event->globalPos());
}

void PlotView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_private->mouseInside = false;
    if (m_private->drag == Private::Drag::None) {
        m_private->moveCursor(std::nullopt, true);
    }
}

} // namespace nabiz::ui
