// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as files and pictures, always on the light theme: reports, and Save in the window. GUI thread (Qt's fonts), no
// window needed.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <QByteArray>
#include <QSize>
#include <optional>
#include <utility>

namespace nabiz::ui {

// What part of a chart: in units of its axes. y fits what is in view where it is not given.
struct ChartPart {
    double x0 = 0, x1 = 1;
    std::optional<std::pair<double, double>> y;
};

// `size` in pixels at scale 1. Deterministic: the same content gives the same bytes on one machine.
QByteArray chartSvg(const PlotContent& content, QSize size, const std::optional<ChartPart>& part = std::nullopt);
QByteArray chartPng(
    const PlotContent& content, QSize size, double scale, const std::optional<ChartPart>& part = std::nullopt);

} // namespace nabiz::ui
