// SPDX-License-Identifier: GPL-3.0-or-later
// How charts name their units, averages and marks, and write places on their x axis, in the reader's language and
// locale. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"

namespace nabiz::ui {

QString xUnitName(XUnit unit); // "batch", "time with pauses"
QString smoothingName(Smoothing smoothing); // "mean of 21 batches"
// The strong lines are averages: says of what, on the chart.
void sayHowSmooth(PlotContent& content);
QString markName(MarkKind kind);
// A place on the axis, with its unit where the number alone would not tell: "412", "1 min 20 s", "24 Nov 15:30:12".
QString xText(double x, XUnit unit);
// A stretch of the axis.
QString xLengthText(double length, XUnit unit);

} // namespace nabiz::ui
