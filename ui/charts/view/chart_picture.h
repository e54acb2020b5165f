// SPDX-License-Identifier: GPL-3.0-or-later
// A plot as a person sees it, as a picture for the clipboard, and the part of it that is in view for one in a file.
// GUI thread.
#pragma once

#include "ui/charts/export/chart_export.h"

#include <optional>

namespace nabiz::ui {

class PlotView;

// The part that a plot shows, for its picture; nothing while it shows all.
std::optional<ChartPart> partInView(const PlotView& chart);
// The plot's picture on the clipboard.
void copyPicture(const PlotView& chart);

} // namespace nabiz::ui
