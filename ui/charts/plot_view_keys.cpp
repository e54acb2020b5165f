// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader's keys and the context menu do to a plot.
#include "ui/charts/plot_table_dialog.h"
#include "ui/charts/plot_text.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/plot_view_private.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

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

// The cursor to the next mark that way.
void PlotView::Private::stepMark(int way)
{
    const double now = cursor.value_or(way > 0 ? -HUGE_VAL : HUGE_VAL);
    std::optional<double> next;
    for (const PlotMark& mark : content.marks) {
        const bool ahead = way > 0 ? mark.x > now : mark.x < now;
        if (ahead && (!next || (way > 0 ? mark.x < *next : mark.x > *next))) {
            next = mark.x;
        }
    }
    if (next) {
        moveCursor(*next, true);
        describe();
    }
}

const PlacedMark* PlotView::Private::markAtCursor() const
{
    if (!cursor) {
        return nullptr;
    }
    const double x = drawn.map.pixelX(drawn.map.axisX(*cursor));
    return markAt({ x, drawn.map.area.bottom() - 2 });
}

bool PlotView::Private::letterPressed(int key)
{
    const double place = cursor.value_or(toValue((range.box().x0 + range.box().x1) / 2));
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

// Shortcuts are shown, not bound: the keys act while the plot has the focus, as everywhere else in it.
void PlotView::Private::fillMenu(QMenu& menu, std::optional<double> at)
{
    const auto add = [&menu](const char* name, const QString& text, const QString& keys, auto function) {
        QAction* const action = menu.addAction(keys.isEmpty() ? text : text + QLatin1Char('\t') + keys);
        action->setObjectName(QLatin1String(name));
        QObject::connect(action, &QAction::triggered, &menu, function);
        return action;
    };
    const auto key = [](const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); };
    add("plotFit", PlotView::tr("Show &all"), key(Qt::Key_Home), [this] { q.fit(); });
    add("plotFollow", PlotView::tr("&Follow the end"), key(Qt::Key_End), [this] { q.follow(); });
    add("plotFitY", PlotView::tr("F&it y to what is in view"), key(Qt::Key_F), [this] {
        q.fitY();
    })->setEnabled(!range.box().autoY);
    add("plotBack", PlotView::tr("&View before"), key(Qt::ALT | Qt::Key_Left), [this] {
        q.goBack();
    })->setEnabled(range.canGoBack());
    add("plotForward", PlotView::tr("View a&fter"), key(Qt::ALT | Qt::Key_Right), [this] {
        q.goForward();
    })->setEnabled(range.canGoForward());
    menu.addSeparator();
    for (const int which : { 0, 1 }) {
        add(which == 0 ? "plotPinA" : "plotPinB", which == 0 ? PlotView::tr("Pin &A here") : PlotView::tr("Pin &B here"),
            key(which == 0 ? Qt::Key_A : Qt::Key_B), [this, which, at] { movePin(which, at, true); })
            ->setEnabled(at.has_value());
    }
    add("plotUnpin", PlotView::tr("Take the &pins away"), key(Qt::Key_Escape), [this] {
        movePin(0, std::nullopt, true);
        movePin(1, std::nullopt, true);
    })->setEnabled(pins[0] || pins[1]);
    menu.addSeparator();
    const auto check = [](QAction* action, bool on) {
        action->setCheckable(true);
        action->setChecked(on);
    };
    check(add("plotLogY", PlotView::tr("&Logarithmic y axis"), key(Qt::Key_L), [this] { Q_EMIT q.logRequested(); }),
        content.logY);
    QAction* const logX
        = add("plotLogX", PlotView::tr("Logarithmic &x axis"), key(Qt::Key_X), [this] { Q_EMIT q.logXRequested(); });
    check(logX, content.logX);
    logX->setEnabled(content.xUnit != XUnit::WallTime);
    check(add("plotClip", PlotView::tr("Clip &outliers"), key(Qt::Key_O), [this] { Q_EMIT q.clipRequested(); }),
        content.clipOutliers);
    check(add("plotValues", PlotView::tr("&Values beside the cursor"), key(Qt::Key_V),
              [this] { q.setValuesShown(!valuesShown); }),
        valuesShown);
    menu.addSeparator();
    add("plotTable", PlotView::tr("Values as a &table …"), key(Qt::Key_T), [this] { q.showTable(); });
    add("plotCopyValues", PlotView::tr("&Copy the values here"), key(QKeySequence::Copy), [this, at] {
        moveCursor(at ? at : cursor, true);
        q.copyValues();
    });
}

std::vector<PlotShortcut> plotShortcuts()
{
    const auto key = [](const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); };
    return {
        { PlotView::tr("Wheel"), PlotView::tr("zoom x at the mouse; over the y axis, or with Shift, y") },
        { PlotView::tr("Drag"), PlotView::tr("zoom into the box; with Alt over its whole height") },
        { PlotView::tr("Middle button, Ctrl or Space and drag"), PlotView::tr("move the view") },
        { PlotView::tr("Right click"), PlotView::tr("all of this as a menu") },
        { PlotView::tr("Double click, %1").arg(key(Qt::Key_Home)), PlotView::tr("show all") },
        { key(Qt::Key_End), PlotView::tr("follow the end") },
        { key(Qt::Key_F), PlotView::tr("fit y to what is in view") },
        { PlotView::tr("%1, %2").arg(key(Qt::ALT | Qt::Key_Left), key(Qt::ALT | Qt::Key_Right)),
            PlotView::tr("the views before and after; also buttons 4 and 5 of the mouse") },
        { QStringLiteral("+ −"), PlotView::tr("zoom x") },
        { QStringLiteral("↑ ↓"), PlotView::tr("zoom y") },
        { QStringLiteral("← →"), PlotView::tr("move the cursor by a point; with Shift by ten") },
        { QStringLiteral("A B"), PlotView::tr("pin A and pin B at the cursor; Escape takes them away") },
        { QStringLiteral("M"), PlotView::tr("cursor to the next mark; with Shift to the one before; Enter opens it") },
        { QStringLiteral("L X O"), PlotView::tr("logarithmic y, logarithmic x, clip outliers") },
        { QStringLiteral("V T"), PlotView::tr("values beside the cursor, values as a table") },
        { key(QKeySequence::Copy), PlotView::tr("copy the values at the cursor") },
    };
}

} // namespace nabiz::ui
