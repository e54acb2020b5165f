// SPDX-License-Identifier: GPL-3.0-or-later
// The panels and layouts that come with the program: no metric in them is needed, one that a run lacks is told of.
// Their names are translated where they are shown. Any thread, but for the titles (GUI thread).
#pragma once

#include "ui/models/panel_layout.h"

namespace nabiz::ui {

// The page's own chart that a layout begins with: its loss on Watch, its curves on Compare.
inline constexpr const char* kMainPanel = "main";
inline constexpr const char* kRatePanel = "rate";
inline constexpr const char* kMemoryPanel = "memory";

// Titles in English; see panelTitle().
const std::vector<PanelSpec>& readyPanels();
// Training, GPU, Router.
const std::vector<PanelLayout>& shippedLayouts();
bool isShippedLayout(const QString& name);
// In the reader's language; of one without a title of its own: its metrics.
QString panelTitle(const PanelSpec& panel);
QString layoutTitle(const QString& name);

} // namespace nabiz::ui
