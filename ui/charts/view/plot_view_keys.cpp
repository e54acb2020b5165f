// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader's keys do to a plot.
#include "ui/charts/export/plot_table_dialog.h"
#include "ui/charts/view/plot_view.h"
#include "ui/charts/view/plot_view_private.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kKeyFactor = 0.87;

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

void PlotView::Private::movePin(int which, std::optional<double> x, bool say)
{
    std::optional<double>& pin = pins.at(static_cast<std::size_t>(which));
    if (pin == x) {
        return;
    }
    pin = x;
    q.update();
    if (say) {
        Q_EMIT q.pinMoved(which, x);
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
    std::size_t now = series.lastAtOrBefore(cursor.value_or(toValue(box.x1)), curve->x);
    if (now == series.size()) {
        now = 0;
    }
    const auto target = static_cast<std::ptrdiff_t>(now) + (cursor ? samples : 0);
    const auto last = static_cast<std::ptrdiff_t>(series.size()) - 1;
    const auto place = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(target, 0, last));
    const double x = series.x(place, curve->x);
    const double position = toAxis(x);
    if (position < box.x0 || position > box.x1) {
        ViewBox moved = box; // the view goes along
        const double shift = position < box.x0 ? position - box.x0 : position - box.x1;
        moved.x0 += shift;
        moved.x1 += shift;
        change(moved, ViewChange::Drag, true);
    }
    moveCursor(x, true);
    describe();
}

bool PlotView::Private::letterPressed(int key)
{
    const double place = cursor.value_or(atSample(toValue((range.box().x0 + range.box().x1) / 2)));
    switch (key) {
    case Qt::Key_A:
    case Qt::Key_B:
        movePin(key == Qt::Key_A ? 0 : 1, place, true);
        return true;
    case Qt::Key_F:
        q.fitY();
        return true;
    case Qt::Key_L:
        Q_EMIT q.logRequested();
        return true;
    case Qt::Key_X:
        Q_EMIT q.logXRequested();
        return true;
    case Qt::Key_O:
        Q_EMIT q.clipRequested();
        return true;
    case Qt::Key_V:
        q.setValuesShown(!valuesShown);
        return true;
    case Qt::Key_T:
        q.showTable();
        return true;
    case Qt::Key_M:
        stepMark(1);
        return true;
    default:
        return false;
    }
}

bool PlotView::Private::keyPressed(int key, Qt::KeyboardModifiers modifiers)
{
    const PlotMap& map = drawn.map;
    const double anchor = cursor ? map.axisX(*cursor) : (map.x0 + map.x1) / 2;
    const double middle = (map.y0 + map.y1) / 2;
    const bool shift = modifiers & Qt::ShiftModifier;
    const bool alt = modifiers & Qt::AltModifier;
    switch (key) {
    case Qt::Key_Left:
        alt ? q.goBack() : stepCursor(shift ? -10 : -1);
        return true;
    case Qt::Key_Right:
        alt ? q.goForward() : stepCursor(shift ? 10 : 1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        zoomY(middle, key == Qt::Key_Up ? kKeyFactor : 1 / kKeyFactor, ViewChange::Other, false);
        return true;
    case Qt::Key_Home:
        q.fit();
        return true;
    case Qt::Key_End:
        q.follow();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomX(anchor, kKeyFactor, ViewChange::Other, false);
        return true;
    case Qt::Key_Minus:
        zoomX(anchor, 1 / kKeyFactor, ViewChange::Other, false);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const PlacedMark* const placed = markAtCursor()) {
            Q_EMIT q.markActivated(content.marks[placed->marks.front()].event);
            return true;
        }
        return false;
    case Qt::Key_M:
        if (shift) {
            stepMark(-1);
            return true;
        }
        break;
    case Qt::Key_Space:
        spaceHeld = true;
        return true;
    default:
        break;
    }
    return modifiers == Qt::NoModifier && letterPressed(key);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    Private& d = *m_private;
    d.render();
    if (event->key() == Qt::Key_Escape && d.drag != Private::Drag::None) {
        d.drag = Private::Drag::None;
        unsetCursor();
        update();
    } else if (event->key() == Qt::Key_Escape && (d.pins[0] || d.pins[1])) {
        d.movePin(0, std::nullopt, true);
        d.movePin(1, std::nullopt, true);
    } else if (event->matches(QKeySequence::Copy)) {
        copyValues();
    } else if (!d.keyPressed(event->key(), event->modifiers() & ~Qt::KeypadModifier)) {
        QWidget::keyPressEvent(event);
    }
}

void PlotView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_private->spaceHeld = false;
    }
    QWidget::keyReleaseEvent(event);
}

void PlotView::showTable()
{
    auto* const dialog = new PlotTableDialog(m_private->content, m_private->cursor, xRange(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace nabiz::ui
