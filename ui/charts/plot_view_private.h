// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a PlotView, shared by its two source files.
// GUI thread.
#pragma once

#include "ui/charts/plot_renderer.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/view_range.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QPointer>
#include <QTimer>

namespace nabiz::ui {

class PlotView::Private {
public:
    enum class Drag { None, Box, Pan };

    explicit Private(PlotView& view);

    void markDirty(); // redraw at the next paint
    void render(); // if dirty
    PlotFrame frame() const;
    void updateWhole();
    QMarginsF margins();
    // Applies a change that came from the reader, and tells.
    void change(const ViewBox& box, ViewChange kind, bool joins);
    template <typename Function> void changeBy(Function function);
    void tell(const ViewBox& before);
    void moveCursor(std::optional<double> x, bool say);
    void stepCursor(int samples);
    void zoomX(double anchor, double factor, ViewChange kind, bool joins);
    void endBox(const QPointF& at);
    void describe();
    void paintCursor(QPainter& painter);
    void paintBox(QPainter& painter);
    const PlotCurve* mainCurve() const;

    PlotView& q;
    PlotContent content;
    PlotRenderer renderer;
    ViewRange range;
    PlotDrawn drawn;
    QPixmap pixmap;
    bool dirty = true;
    bool grown = false; // points came that are not drawn yet
    QTimer timer; // single shot: started by the first change after a redraw
    QString emptyText;
    std::optional<double> cursor;
    QPointer<PlotView> linked;
    double leftMargin = 0;
    double usedLeft = 0, usedRight = 0;

    Drag drag = Drag::None;
    bool spaceHeld = false;
    QPointF press, current;
    ViewBox pressBox;
    PlotMap pressMap;
    bool panMoved = false;
    bool focusByKey = false; // only then is the focus worth a frame
    QElapsedTimer lastWheel;
    QElapsedTimer described;
};

template <typename Function> void PlotView::Private::changeBy(Function function)
{
    const ViewBox before = range.box();
    function();
    tell(before);
}

} // namespace nabiz::ui
