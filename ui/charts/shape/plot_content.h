// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart shows, as values: curves over one x axis, lines and marks. The same content is drawn in the window and
// into reports, on the GUI thread. Curves point to series that live in the RunCatalog (or in the caller, for reports)
// and must outlive the drawing.
#pragma once

#include "ui/models/run_series.h"

#include <QColor>
#include <QString>
#include <QStringList>
#include <compare>
#include <vector>

namespace nabiz::ui {

enum class SmoothingKind { None, Mean, Exponential };

struct Smoothing {
    SmoothingKind kind = SmoothingKind::None;
    // Mean: its width in batches, as many before a batch as behind it; at the ends of the run of those that there are.
    // Exponential: weight of what came before, 0 … 1, its bias at the start taken out, as TensorBoard does; it lags.
    double amount = 0;
    auto operator<=>(const Smoothing&) const = default;
};
inline constexpr Smoothing kUsualSmoothing { SmoothingKind::Mean, 21 };

enum class DashPattern { Solid, Dashed, Dotted, DashDot };
enum class MarkerShape { None, Circle, Square, TriangleUp, Diamond, TriangleDown, Cross };
inline constexpr int kMarkerShapes = 6; // without None

// A part of the area under a filled curve, from the part below it up to a value that is shown.
struct PlotLayer {
    double upTo = 0;
    QColor color;
};

struct PlotCurve {
    const RunSeries* series = nullptr;
    XScale x; // of the content's unit
    QString label;
    qint64 key = 0; // what legend and hover speak of: the run's id, or the caller's own
    qint64 run = 0; // whose samples: curves of one run share the rows of a table
    QColor color;
    bool hidden = false; // neither drawn nor counted, yet in the legend
    bool smoothed = true; // the content's smoothing applies; the raw envelope stays faintly behind
    bool points = false; // diamonds instead of a line (val.loss)
    bool reference = false; // a few published values: markers alone, never joined nor smoothed
    bool filled = false; // area down to zero (memory)
    std::vector<PlotLayer> layers; // of that area, from below; what is above the last has the curve's colour
    bool dashed = false; // a thin, secondary line (reserved memory)
    double scale = 1; // shown value = value × scale (bytes → GB)
    // Over the same samples: a band around the curve reaches from the lowest to the highest of them, smoothed as it is.
    std::vector<const RunSeries*> members;
    // The second cue beside the colour, shown by curve and legend alike.
    DashPattern dash = DashPattern::Solid;
    MarkerShape marker = MarkerShape::None; // a few along the curve
};

struct PlotLine { // horizontal
    double value = 0;
    QString label;
    QColor color;
    bool dotted = true;
};

enum class MarkKind { Evaluation, Checkpoint, Resume, RateChange, Warning };

struct PlotMark { // on the x axis
    double x = 0;
    MarkKind kind = MarkKind::Evaluation;
    QString text;
    qint64 event = 0; // the caller's, given back when the mark is chosen
    QColor color; // invalid: the kind's own
};

struct PlotContent {
    QString title;
    QString unit; // of y, in the title's second part
    QStringList notes; // what is not drawn, and why: said on the chart
    std::vector<PlotCurve> curves;
    std::vector<PlotLine> lines;
    std::vector<PlotMark> marks; // by x
    XUnit xUnit = XUnit::Batch;
    Smoothing smoothing = kUsualSmoothing;
    bool logX = false; // what is not above 0 (batch 0) stands at the left end; not for wall time
    bool logY = false;
    bool zeroBased = false; // y starts at 0 (memory)
    bool clipOutliers = false; // y fits without each curve's few far values; a badge counts what that cuts off
    bool showCount = true; // says how many samples are in view
    bool showXAxis = true; // stacked charts draw it once, at the bottom
    double plannedX = 0; // the x axis reaches at least here while following; 0 = the data's end
};

} // namespace nabiz::ui
