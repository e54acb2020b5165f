// SPDX-License-Identifier: GPL-3.0-or-later
// The marks that stand on a plot's x axis: which of them is under the mouse, and what it says.
// GUI thread.
#pragma once

#include "ui/charts/render/plot_frame.h"
#include "ui/charts/shape/plot_content.h"

#include <optional>

namespace nabiz::ui {

// Within a few pixels; null: none. Of `drawn`.
const PlacedMark* markAt(const PlotDrawn& drawn, const QPointF& at);
// The same for a value of x.
const PlacedMark* markAt(const PlotDrawn& drawn, std::optional<double> x);
// A line a mark, of as many as a tooltip holds.
QString markText(const PlotContent& content, const PlacedMark& placed);

} // namespace nabiz::ui
