// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a plot: the curves by Qt Charts, all else around them by hand, since axes, names and envelopes of Qt Charts are
// either slow or not ours to place. Used by the window and for files alike, hence no widget. GUI thread.
#pragma once

#include "ui/charts/shape/curve_shape.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QMarginsF>
#include <QSizeF>
#include <QString>
#include <memory>
#include <vector>

class QPainter;

namespace nabiz::ui {

struct PlotFrame {
    QSizeF size;
    QFont font;
    const ThemeColors* colors = nullptr;
    double leftMargin = 0, rightMargin = 0; // at least; more when labels need it
    double x0 = 0, x1 = 1; // in units of the axis
    double xZero = 0; // as of PlotMap
    bool whole = true; // all is in view: horizontal lines too
    bool autoY = true;
    double y0 = 0, y1 = 1; // when not autoY
    std::optional<qint64> highlighted; // key of the curve that the others stand back for
};

struct PlacedMark { // one or more that stand too close to be told apart
    QRectF area;
    std::vector<std::size_t> marks; // of the content
};

struct PlotDrawn {
    PlotMap map;
    std::size_t visible = 0, total = 0; // samples of the curves shown, those drawn as points left out
    bool isPreview = false; // they are only some of the total
    double batchesPerPixel = 0; // above 1: an envelope
    std::size_t cutOff = 0; // samples that clipping outliers leaves beyond the axis
    bool unfinished = false; // to be drawn again: not all is smoothed
    QString notes; // what of the data is not drawn, for people
    std::vector<PlacedMark> marks;
};
// "412 of 750 points · 1 px ≈ 3 batches, as an envelope".
QString countNotice(const PlotDrawn& drawn);

class PlotRenderer {
public:
    PlotRenderer();
    ~PlotRenderer();

    // The margins that labels ask for, to line up charts that stand above each other.
    QMarginsF neededMargins(const PlotContent& content, const PlotFrame& frame);
    PlotDrawn draw(QPainter& painter, const PlotContent& content, const PlotFrame& frame);
    SmoothedCache& smoothed() { return m_smoothed; }

private:
    class Curves;
    struct Layout;
    Layout layout(const PlotContent& content, const PlotFrame& frame);
    void drawGrid(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const Layout& layout);
    void drawBands(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
        const std::vector<CurveShape>& shapes);
    void drawLines(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map);
    void drawMarkers(
        QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map, const QColor& inside);
    void drawEdges(QPainter& painter, const PlotCurve& curve, const CurveShape& shape, const PlotMap& map);
    void drawEvents(QPainter& painter, const PlotContent& content, const PlotFrame& frame, PlotDrawn& drawn);
    void drawNames(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotMap& map,
        const std::vector<CurveShape>& shapes);
    void drawHeader(QPainter& painter, const PlotContent& content, const PlotFrame& frame, const PlotDrawn& drawn);
    void drawBadge(QPainter& painter, const PlotFrame& frame, const PlotDrawn& drawn);

    std::unique_ptr<Curves> m_curves;
    SmoothedCache m_smoothed;
};

QFont smallFont(const QFont& font);

} // namespace nabiz::ui
