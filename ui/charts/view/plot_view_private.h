// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a PlotView, shared by its source files.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_renderer.h"
#include "ui/charts/shape/view_range.h"
#include "ui/charts/view/plot_view.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QPointer>
#include <QTimer>

#include <array>

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
    double toAxis(double x) const; // values to units of the x axis, and back
    double toValue(double x) const;
    // Applies a change that came from the reader, and tells.
    void change(const ViewBox& box, ViewChange kind, bool joins);
    template <typename Function> void changeBy(Function function);
    void tell(const ViewBox& before);
    void moveCursor(std::optional<double> x, bool say);
    void movePin(int which, std::optional<double> x, bool say);
    double atSample(double x) const; // the main curve's last sample at or before x: what readings there are of
    void stepCursor(int samples);
    void stepMark(int way);
    void zoomX(double anchor, double factor, ViewChange kind, bool joins);
    void zoomY(double anchor, double factor, ViewChange kind, bool joins);
    void pan(double dx, double dy, bool joins);
    QRectF box() const; // being dragged
    void endBox();
    const PlacedMark* markAt(const QPointF& at) const;
    const PlacedMark* markAtCursor() const;
    QString markText(const PlacedMark& placed) const;
    void describe();
    const PlotCurve* mainCurve() const;
    bool isEmpty() const;

    void paintCursor(QPainter& painter);
    void paintPins(QPainter& painter);
    void paintBox(QPainter& painter);
    void paintValues(QPainter& painter);
    void paintTag(QPainter& painter, const QPointF& middle, const QString& text, const QColor& color);
    bool keyPressed(int key, Qt::KeyboardModifiers modifiers);
    bool letterPressed(int key);
    void fillMenu(QMenu& menu, std::optional<double> at);

    PlotView& q;
    PlotContent content;
    PlotRenderer renderer;
    ViewRange range;
    double xZero = 0; // of the log axis
    PlotDrawn drawn;
    QPixmap pixmap;
    double drawnFor = 0; // device pixel ratio
    bool dirty = true;
    bool grown = false; // points came that are not drawn yet
    QTimer timer; // single shot: started by the first change after a redraw
    QString emptyText;
    std::optional<double> cursor; // a value
    std::array<std::optional<double>, 2> pins; // values
    std::vector<QPointer<PlotView>> linked;
    bool sharesRange = true; // with those, where they do too
    std::optional<qint64> highlighted;
    bool valuesShown = true;
    bool mouseInside = false;
    double leftMargin = 0;
    double usedLeft = 0, usedRight = 0;

    Drag drag = Drag::None;
    bool spaceHeld = false;
    bool fullHeight = false; // of the box
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
