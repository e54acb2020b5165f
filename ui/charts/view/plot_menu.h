// SPDX-License-Identifier: GPL-3.0-or-later
// All that can be done with a plot: as a menu, and as a list for the help. The keys stand here as text alone.
// GUI thread.
#pragma once

#include <QString>
#include <optional>
#include <vector>

class QMenu;

namespace nabiz::ui {

class PlotView;

// `at`: where the menu was asked for, in values of x.
void fillPlotMenu(QMenu& menu, PlotView& plot, std::optional<double> at);

struct PlotShortcut {
    QString keys;
    QString action;
};
// In the reader's language.
std::vector<PlotShortcut> plotShortcuts();

} // namespace nabiz::ui
