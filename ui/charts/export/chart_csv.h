// SPDX-License-Identifier: GPL-3.0-or-later
// A chart's samples as they were recorded, in the form of `nabiz export`: batch, time, then a column a metric, one row
// a batch, an empty cell where a metric has none; shortest digits that read back the same in the type recorded, in
// every locale, and in the base unit. Never thinned out, never smoothed. GUI thread (it reads series).
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <functional>
#include <string_view>

namespace nabiz::ui {

// False while a long run is a preview, of which nothing may be written.
bool isWhole(const PlotContent& content);
// Of the curves shown, what stands between two values of x. Several runs stand below one another, told apart by a first
// column `run`. Returns the rows below the header.
using CsvSink = std::function<void(std::string_view)>;
qint64 writeChartCsv(const PlotContent& content, double x0, double x1, const CsvSink& write);

} // namespace nabiz::ui
