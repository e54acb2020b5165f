// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot is drawn from besides its content, and what is told of the drawing.
// Values; GUI thread.
#pragma once

#include "ui/charts/shape/plot_map.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QSizeF>
#include <QString>
#include <optional>
#include <vector>

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

} // namespace nabiz::ui
