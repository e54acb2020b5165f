// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_keys.h"

#include "ui/charts/view/plot_marks.h"
#include "ui/charts/view/plot_mouse.h"
#include "ui/charts/view/plot_picture.h"
#include "ui/charts/view/plot_view.h"

#include <QKeyEvent>

namespace nabiz::ui {
namespace {

constexpr double kKeyFactor = 0.87;

} // namespace

PlotKeys::PlotKeys(PlotView& plot, PlotPicture& picture, PlotMouse& mouse)
    : m_plot(plot)
    , m_picture(picture)
    , m_mouse(mouse)
{
    plot.setFocusPolicy(Qt::WheelFocus); // who zooms by the wheel goes back by keys
    plot.installEventFilter(this);
}

// True for what is not the plot's own any more.
bool PlotKeys::eventFilter(QObject*, QEvent* event)
{
    if (!m_plot.isEnabled()) {
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        if (isOurs(static_cast<QKeyEvent&>(*event))) {
            event->accept();
            return true;
        }
        return false;
    case QEvent::KeyPress:
        return pressed(static_cast<QKeyEvent&>(*event));
    case QEvent::KeyRelease: {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (key.key() == Qt::Key_Space && !key.isAutoRepeat()) {
            m_mouse.setPans(false);
        }
        return false;
    }
    default:
        return false;
    }
}

bool PlotKeys::isOurs(const QKeyEvent& key) const
{
    const bool alt = key.modifiers() == Qt::AltModifier;
    const bool plain = (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    const bool sideways = key.key() == Qt::Key_Left || key.key() == Qt::Key_Right;
    const bool letter = key.key() >= Qt::Key_A && key.key() <= Qt::Key_Z;
    const bool clears = key.key() == Qt::Key_Escape && (m_mouse.isDragging() || m_plot.reader().hasPins());
    const bool ours = letter || key.key() == Qt::Key_Home || key.key() == Qt::Key_End || key.key() == Qt::Key_Space
        || key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter || clears;
    return key.matches(QKeySequence::Copy) || (sideways && (alt || plain)) || (ours && plain);
}

bool PlotKeys::pressed(const QKeyEvent& event)
{
    if (event.key() == Qt::Key_Escape) {
        return escaped();
    }
    if (event.matches(QKeySequence::Copy)) {
        m_plot.reader().copyValues();
        return true;
    }
    m_picture.drawn(); // what is in view is up to date
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_M && (modifiers & Qt::ShiftModifier)) {
        m_plot.reader().stepToMark(-1);
        return true;
    }
    return moved(event.key(), modifiers) || zoomed(event.key()) || (modifiers == Qt::NoModifier && letter(event.key()));
}

bool PlotKeys::escaped()
{
    if (m_mouse.isDragging()) {
        m_mouse.cancel();
        return true;
    }
    const bool had = m_plot.reader().hasPins();
    m_plot.reader().unpin();
    return had;
}

bool PlotKeys::moved(int key, Qt::KeyboardModifiers modifiers)
{
    PlotRange& range = m_plot.range();
    PlotReader& reader = m_plot.reader();
    const bool alt = modifiers & Qt::AltModifier;
    const int samples = modifiers & Qt::ShiftModifier ? 10 : 1;
    switch (key) {
    case Qt::Key_Left:
        alt ? range.goBack() : reader.stepCursor(-samples);
        return true;
    case Qt::Key_Right:
        alt ? range.goForward() : reader.stepCursor(samples);
        return true;
    case Qt::Key_Home:
        range.showAll();
        return true;
    case Qt::Key_End:
        range.follow();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const PlacedMark* const placed = markAt(m_picture.drawn(), reader.cursorX())) {
            Q_EMIT m_plot.markActivated(m_plot.content().marks[placed->marks.front()].event);
            return true;
        }
        return false;
    case Qt::Key_Space:
        m_mouse.setPans(true);
        return true;
    default:
        return false;
    }
}

// About the cursor, else about the middle.
bool PlotKeys::zoomed(int key)
{
    const PlotMap map = m_picture.drawn().map;
    ViewBox box = m_plot.range().view().box();
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        box.y0 = map.y0;
        box.y1 = map.y1;
        box = ViewRange::zoomedY(box, (map.y0 + map.y1) / 2, key == Qt::Key_Up ? kKeyFactor : 1 / kKeyFactor);
    } else if (key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus) {
        const std::optional<double> cursor = m_plot.reader().cursorX();
        const double anchor = cursor ? map.axisX(*cursor) : (map.x0 + map.x1) / 2;
        box = ViewRange::zoomedX(box, anchor, key == Qt::Key_Minus ? 1 / kKeyFactor : kKeyFactor);
    } else {
        return false;
    }
    m_plot.range().change(box, ViewChange::Other, false);
    return true;
}

bool PlotKeys::letter(int key)
{
    PlotReader& reader = m_plot.reader();
    const PlotMap axis = m_plot.range().axis();
    switch (key) {
    case Qt::Key_A:
    case Qt::Key_B:
        reader.setPin(
            key == Qt::Key_A ? 0 : 1, reader.cursorX().value_or(reader.atSample(axis.valueX((axis.x0 + axis.x1) / 2))));
        return true;
    case Qt::Key_F:
        m_plot.range().fitY();
        return true;
    case Qt::Key_L:
        Q_EMIT m_plot.logRequested();
        return true;
    case Qt::Key_X:
        Q_EMIT m_plot.logXRequested();
        return true;
    case Qt::Key_O:
        Q_EMIT m_plot.clipRequested();
        return true;
    case Qt::Key_V:
        reader.setValuesShown(!reader.valuesShown());
        return true;
    case Qt::Key_T:
        m_plot.showTable();
        return true;
    case Qt::Key_M:
        reader.stepToMark(1);
        return true;
    default:
        return false;
    }
}

} // namespace nabiz::ui
