// SPDX-License-Identifier: GPL-3.0-or-later
// What happened during a run, as marks on its charts' axis. Each names its event, to be found in the log.
// Reads the catalogue; GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <vector>

namespace nabiz::ui {

struct RunDetail;

inline constexpr qint64 kNoEvent = -1;

// By x. `event` is the place in detail.events, or kNoEvent where the log has no line of it.
std::vector<PlotMark> marksOf(const RunDetail& detail, XUnit unit);

} // namespace nabiz::ui
