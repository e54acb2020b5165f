// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader does to a plot.
#include "ui/charts/plot_view.h"
#include "ui/charts/plot_view_private.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kLeastBox = 6; // pixels: a shaky click is no zoom
constexpr double kNotchFactor = 0.87;
constexpr int kWheelJoinsMs = 800;

QPointF within(const QPointF& point, const QRectF& area)
{
    return { std::clamp(point.x(), area.left(), area.right()), std::clamp(point.y(), area.top(), area.bottom()) };
}

} // namespace

void PlotView::Private::moveCursor(std::optional<double> x, bool say)
{
    if (x == cursor) {
        return;
    }
    cursor = x;
    q.update();
    if (say) {
        Q_EMIT q.cursorMoved(x);
    }
}

// To a sample of the first curve; a cursor that was not there yet begins at the last one in view.
void PlotView::Private::stepCursor(int samples)
{
    const PlotCurve* const curve = mainCurve();
    if (!curve) {
        return;
    }
    const RunSeries& series = curve->series->inOrder(curve->x);
    const ViewBox& box = range.box();
    const auto at = [&](double x) { return series.lastAtOrBefore(x, curve->x); };
    std::size_t now = at(cursor.value_or(box.x1));
    if (now == series.size()) {
        now = 0;
    }
    const auto target = static_cast<std::ptrdiff_t>(now) + (cursor ? samples : 0);
    const auto last = static_cast<std::ptrdiff_t>(series.size()) - 1;
    const auto place = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(target, 0, last));
    const double x = series.x(place, curve->x);
    if (x < box.x0 || x > box.x1) {
        ViewBox moved = box; // the view goes along
        const double shift = x < box.x0 ? x - box.x0 : x - box.x1;
        moved.x0 += shift;
        moved.x1 += shift;
        change(moved, ViewChange::Drag, true);
    }
    moveCursor(x, true);
}

void PlotView::Private::zoomX(double anchor, double factor, ViewChange kind, bool joins)
{
    change(ViewRange::zoomedX(range.box(), anchor, factor), kind, joins);
}

void PlotView::Private::endBox(const QPointF& at)
{
    const QRectF box = QRectF(press, within(at, drawn.map.area)).normalized();
    ViewBox next = range.box();
    if (box.width() < kLeastBox && box.height() < kLeastBox) {
        return;
    }
    if (box.width() >= kLeastBox) {
        next.x0 = drawn.map.unitX(box.left());
        next.x1 = drawn.map.unitX(box.right());
    }
    if (box.height() >= kLeastBox) {
        next.autoY = false;
        next.y0 = drawn.map.unitY(box.bottom());
        next.y1 = drawn.map.unitY(box.top());
    }
    change(next, ViewChange::Box, false);
}

bool PlotView::event(QEvent* event)
{
    // These are the plot's while it has the focus, whatever the window uses them for.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* const key = static_cast<QKeyEvent*>(event);
        const bool alt = key->modifiers() == Qt::AltModifier;
        const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const bool sideways = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right;
        const bool ours = key->key() == Qt::Key_Home || key->key() == Qt::Key_End || key->key() == Qt::Key_L
            || key->key() == Qt::Key_Space || (key->key() == Qt::Key_Escape && m_private->drag != Private::Drag::None);
        if ((sideways && (alt || plain)) || (ours && plain)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlotView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    m_private->markDirty();
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
    const QPoint angle = event->angleDelta();
    const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
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
    if ((event->modifiers() & Qt::ShiftModifier) || event->position().x() < map.area.left()) {
        ViewBox box = d.range.box();
        box.y0 = map.y0;
        box.y1 = map.y1;
        d.change(ViewRange::zoomedY(box, map.unitY(at.y()), factor), ViewChange::Wheel, joins);
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
        const double perX = (d.pressMap.x1 - d.pressMap.x0) / d.pressMap.area.width();
        const double perY = (d.pressMap.y1 - d.pressMap.y0) / d.pressMap.area.height();
        ViewBox box = d.pressBox;
        box.x0 -= way.x() * perX;
        box.x1 -= way.x() * perX;
        if (!box.autoY) { // a fitted y stays fitted
            box.y0 += way.y() * perY;
            box.y1 += way.y() * perY;
        }
        d.change(box, ViewChange::Drag, std::exchange(d.panMoved, true));
        return;
    }
    if (d.drag == Private::Drag::Box) {
        d.current = within(event->position(), d.drawn.map.area);
        update();
    }
    const bool inside = d.drawn.map.area.adjusted(-0.5, 0, 0.5, 0).contains(event->position());
    d.moveCursor(inside ? std::optional(d.drawn.map.unitX(event->position().x())) : std::nullopt, true);
}

void PlotView::mouseReleaseEvent(QMouseEvent* event)
{
    Private& d = *m_private;
    const Private::Drag drag = std::exchange(d.drag, Private::Drag::None);
    unsetCursor();
    if (drag == Private::Drag::Box) {
        d.endBox(event->position());
    }
    update();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_private->drag = Private::Drag::None;
        fit();
    }
}

void PlotView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    if (m_private->drag == Private::Drag::None) {
        m_private->moveCursor(std::nullopt, true);
    }
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    Private& d = *m_private;
    d.render();
    const PlotMap& map = d.drawn.map;
    const double anchor = d.cursor.value_or((map.x0 + map.x1) / 2);
    const int step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        alt ? goBack() : d.stepCursor(-step);
        return;
    case Qt::Key_Right:
        alt ? goForward() : d.stepCursor(step);
        return;
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_End:
        follow();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        d.zoomX(anchor, kNotchFactor, ViewChange::Other, false);
        return;
    case Qt::Key_Minus:
        d.zoomX(anchor, 1 / kNotchFactor, ViewChange::Other, false);
        return;
    case Qt::Key_L:
        if (event->modifiers() == Qt::NoModifier) {
            Q_EMIT logRequested();
            return;
        }
        break;
    case Qt::Key_Space:
        d.spaceHeld = true;
        return;
    case Qt::Key_Escape:
        if (d.drag != Private::Drag::None) {
            d.drag = Private::Drag::None;
            unsetCursor();
            update();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void PlotView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_private->spaceHeld = false;
    }
    QWidget::keyReleaseEvent(event);
}

} // namespace nabiz::ui
