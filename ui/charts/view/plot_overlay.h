// SPDX-License-Identifier: GPL-3.0-or-later
// What is painted over a plot's picture: cursor, pins, the box being chosen, the values beside the mouse. It moves with
// the mouse, and redrawing the curves for that would be slow.
// GUI thread.
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>

class QPainter;

namespace nabiz::ui {

struct PlotDrawn;
class PlotMouse;
class PlotView;

class PlotOverlay {
public:
    PlotOverlay(const PlotView& plot, const PlotDrawn& drawn, const PlotMouse& mouse);
    void paint(QPainter& painter) const;

private:
    void paintCursor(QPainter& painter) const;
    void paintPins(QPainter& painter) const;
    void paintBox(QPainter& painter) const;
    void paintValues(QPainter& painter) const;
    void paintTag(QPainter& painter, const QPointF& middle, const QString& text, const QColor& color) const;

    const PlotView& m_plot;
    const PlotDrawn& m_drawn;
    const PlotMouse& m_mouse;
};

} // namespace nabiz::ui
