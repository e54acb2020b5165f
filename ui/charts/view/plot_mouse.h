// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader's mouse does to a plot: the wheel zooms, a drag chooses a box or moves the view, the cursor follows,
// a click on a mark opens it. It sees the plot's events before the plot does.
// GUI thread.
#pragma once

#include "ui/charts/shape/plot_map.h"
#include "ui/charts/shape/view_range.h"

#include <QElapsedTimer>
#include <QObject>

class QContextMenuEvent;
class QHelpEvent;
class QMouseEvent;
class QWheelEvent;

namespace nabiz::ui {

class PlotPicture;
class PlotView;

class PlotMouse : public QObject {
    Q_OBJECT
public:
    PlotMouse(PlotView& plot, PlotPicture& picture);

    bool isInside() const { return m_inside; } // the area of the curves
    bool isDragging() const { return m_drag != Drag::None; }
    bool choosesBox() const { return m_drag == Drag::Box; }
    QRectF box() const; // being dragged
    bool isFullHeight() const { return m_fullHeight; } // the box: it chooses x alone
    void cancel();
    // Until it is taken away, the left button moves the view.
    void setPans(bool pans) { m_pans = pans; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    enum class Drag { None, Box, Pan };
    void wheel(QWheelEvent& event);
    bool press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void leave();
    void pan(const QPointF& way);
    void endBox();
    void showTip(const QHelpEvent& event);
    void openMenu(const QContextMenuEvent& event);

    PlotView& m_plot;
    PlotPicture& m_picture;
    Drag m_drag = Drag::None;
    bool m_pans = false;
    bool m_fullHeight = false;
    bool m_inside = false;
    bool m_moved = false; // the view, by this drag
    QPointF m_press, m_current;
    ViewBox m_pressBox; // what was in view then
    PlotMap m_pressMap;
    QElapsedTimer m_lastWheel;
};

} // namespace nabiz::ui
