// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot says of the points it shows and does not show.
// GUI thread (the reader's language).
#pragma once

#include "ui/charts/render/plot_frame.h"
#include "ui/charts/shape/curve_shape.h"

namespace nabiz::ui {

// "412 of 750 points · 1 px ≈ 3 batches, as an envelope".
QString countNotice(const PlotDrawn& drawn);
// What of the data cannot be seen, and why.
QString notesOf(const PlotContent& content, const std::vector<CurveShape>& shapes);

} // namespace nabiz::ui
