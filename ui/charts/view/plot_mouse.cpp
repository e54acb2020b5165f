// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_mouse.h"

#include "ui/charts/view/plot_marks.h"
#include "ui/charts/view/plot_menu.h"
#include "ui/charts/view/plot_picture.h"
#include "ui/charts/view/plot_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

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

PlotMouse::PlotMouse(PlotView& plot, PlotPicture& picture)
    : m_plot(plot)
    , m_picture(picture)
{
    plot.setMouseTracking(true);
    plot.installEventFilter(this);
}

QRectF PlotMouse::box() const
{
    const QRectF area = m_picture.drawn().map.area;
    QRectF box = QRectF(m_press, within(m_current, area)).normalized();
    if (m_fullHeight) {
        box.setTop(area.top());
        box.setBottom(area.bottom());
    }
    return box;
}

void PlotMouse::cancel()
{
    m_drag = Drag::None;
    m_plot.unsetCursor();
    m_plot.update();
}

// True for what is not the plot's own any more.
bool PlotMouse::eventFilter(QObject*, QEvent* event)
{
    if (!m_plot.isEnabled()) {
        return false;
    }
    switch (event->type()) {
    case QEvent::Wheel:
        wheel(static_cast<QWheelEvent&>(*event));
        return true;
    case QEvent::MouseButtonPress:
        return press(static_cast<QMouseEvent&>(*event));
    case QEvent::MouseMove:
        move(static_cast<QMouseEvent&>(*event));
        return true;
    case QEvent::MouseButtonRelease:
        release(static_cast<QMouseEvent&>(*event));
        return true;
    case QEvent::MouseButtonDblClick:
        if (static_cast<QMouseEvent&>(*event).button() == Qt::LeftButton) {
            m_drag = Drag::None;
            m_plot.range().showAll();
        }
        return true;
    case QEvent::ContextMenu:
        openMenu(static_cast<QContextMenuEvent&>(*event));
        return true;
    case QEvent::ToolTip:
        showTip(static_cast<QHelpEvent&>(*event));
        return true;
    case QEvent::Leave:
        leave();
        return false;
    default:
        return false;
    }
}

void PlotMouse::wheel(QWheelEvent& event)
{
    const double notches = notchesOf(event);
    event.setAccepted(notches != 0);
    if (notches == 0) {
        return;
    }
    const bool joins = m_lastWheel.isValid() && m_lastWheel.elapsed() < kWheelJoinsMs;
    m_lastWheel.start();
    const double factor = std::pow(kNotchFactor, notches);
    const PlotMap map = m_picture.drawn().map;
    const QPointF at = within(event.position(), map.area);
    const bool overY = event.position().x() < map.area.left() && event.position().y() <= map.area.bottom();
    ViewBox box = m_plot.range().view().box();
    if ((event.modifiers() & Qt::ShiftModifier) || overY) {
        box.y0 = map.y0;
        box.y1 = map.y1;
        box = ViewRange::zoomedY(box, map.unitY(at.y()), factor);
    } else {
        box = ViewRange::zoomedX(box, map.unitX(at.x()), factor);
    }
    m_plot.range().change(box, ViewChange::Wheel, joins);
}

// Whether it was for this plot.
bool PlotMouse::press(const QMouseEvent& event)
{
    if (event.button() == Qt::BackButton || event.button() == Qt::ForwardButton) {
        event.button() == Qt::BackButton ? m_plot.range().goBack() : m_plot.range().goForward();
        return true;
    }
    const PlotMap map = m_picture.drawn().map;
    const bool left = event.button() == Qt::LeftButton;
    const bool pan
        = event.button() == Qt::MiddleButton || (left && (m_pans || (event.modifiers() & Qt::ControlModifier)));
    if (isDragging() || !(left || pan) || !map.area.contains(event.position())) {
        return false;
    }
    m_drag = pan ? Drag::Pan : Drag::Box;
    m_fullHeight = event.modifiers() & Qt::AltModifier;
    m_press = m_current = event.position();
    m_pressBox = m_plot.range().view().box();
    m_pressBox.y0 = map.y0;
    m_pressBox.y1 = map.y1;
    m_pressMap = map;
    m_moved = false;
    if (pan) {
        m_plot.setCursor(Qt::ClosedHandCursor);
    }
    return true;
}

void PlotMouse::move(const QMouseEvent& event)
{
    if (m_drag == Drag::Pan) {
        pan(event.position() - m_press);
        return;
    }
    const PlotDrawn& drawn = m_picture.drawn();
    if (m_drag == Drag::Box) {
        m_fullHeight = event.modifiers() & Qt::AltModifier;
        m_current = event.position();
        m_plot.update();
    } else {
        m_plot.setCursor(markAt(drawn, event.position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    m_inside = drawn.map.area.adjusted(-0.5, 0, 0.5, 0).contains(event.position());
    PlotReader& reader = m_plot.reader();
    const double x = drawn.map.valueX(drawn.map.unitX(event.position().x()));
    reader.moveCursor(m_inside ? std::optional(reader.atSample(x)) : std::nullopt);
}

void PlotMouse::release(const QMouseEvent& event)
{
    if (event.button() == Qt::RightButton) {
        return;
    }
    m_current = event.position();
    if (m_drag == Drag::Box) {
        endBox();
    }
    cancel();
}

void PlotMouse::leave()
{
    m_inside = false;
    if (!isDragging()) {
        m_plot.reader().moveCursor(std::nullopt);
    }
}

// By pixels, from where the drag began; a fitted y stays fitted.
void PlotMouse::pan(const QPointF& way)
{
    ViewBox box = m_pressBox;
    const double perX = (m_pressMap.x1 - m_pressMap.x0) / m_pressMap.area.width();
    const double perY = (m_pressMap.y1 - m_pressMap.y0) / m_pressMap.area.height();
    box.x0 -= way.x() * perX;
    box.x1 -= way.x() * perX;
    if (!box.autoY) {
        box.y0 += way.y() * perY;
        box.y1 += way.y() * perY;
    }
    m_plot.range().change(box, ViewChange::Drag, std::exchange(m_moved, true));
}

void PlotMouse::endBox()
{
    const QRectF chosen = box();
    const PlotDrawn& drawn = m_picture.drawn();
    ViewBox next = m_plot.range().view().box();
    const bool tall = !m_fullHeight && chosen.height() >= kLeastBox;
    if (chosen.width() < kLeastBox && !tall) {
        if (const PlacedMark* const placed = markAt(drawn, m_press)) { // a click
            Q_EMIT m_plot.markActivated(m_plot.content().marks[placed->marks.front()].event);
        } else if (drawn.map.area.contains(m_press)) {
            const PlotMap& map = drawn.map;
            Q_EMIT m_plot.placeChosen(map.valueX(map.unitX(m_press.x())), map.valueY(map.unitY(m_press.y())));
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
    m_plot.range().change(next, ViewChange::Box, false);
}

void PlotMouse::showTip(const QHelpEvent& event)
{
    if (const PlacedMark* const placed = markAt(m_picture.drawn(), QPointF(event.pos()))) {
        // As rich text, which wraps; what a run wrote is no markup.
        QString text = markText(m_plot.content(), *placed).toHtmlEscaped();
        QToolTip::showText(event.globalPos(), text.replace(QLatin1Char('\n'), QLatin1String("<br>")), &m_plot);
    } else {
        QToolTip::hideText();
    }
}

void PlotMouse::openMenu(const QContextMenuEvent& event)
{
    const PlotMap map = m_picture.drawn().map;
    std::optional<double> place = m_plot.reader().cursorX();
    if (event.reason() == QContextMenuEvent::Mouse && map.area.contains(event.pos())) {
        place = m_plot.reader().atSample(map.valueX(map.unitX(event.pos().x())));
    }
    auto* const menu = new QMenu(&m_plot);
    menu->setObjectName(QStringLiteral("plotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillPlotMenu(*menu, m_plot, place);
    Q_EMIT m_plot.menuAboutToShow(menu);
    menu->popup(event.globalPos());
}

} // namespace nabiz::ui
