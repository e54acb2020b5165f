// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as files and pictures, always on the light theme: reports, and Save in the window. GUI thread (Qt's fonts), no
// window needed.
#pragma once

#include "ui/charts/plot_content.h"

#include <QByteArray>
#include <QSize>

namespace nabiz::ui {

// `size` in pixels at scale 1. Deterministic: the same content gives the same bytes on one machine.
QByteArray chartSvg(const PlotContent& content, QSize size);
QByteArray chartPng(const PlotContent& content, QSize size, double scale);

} // namespace nabiz::ui
