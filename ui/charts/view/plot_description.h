// SPDX-License-Identifier: GPL-3.0-or-later
// A plot in words, for those who cannot see its curves.
// GUI thread.
#pragma once

#include <QString>

namespace nabiz::ui {

class PlotReader;
struct PlotContent;
struct PlotDrawn;

// How many points, last, lowest and highest of each curve, and what they are at the cursor; empty: there are no curves.
QString plotDescription(const PlotContent& content, const PlotDrawn& drawn, const PlotReader& reader);

} // namespace nabiz::ui
