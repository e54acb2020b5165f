// SPDX-License-Identifier: GPL-3.0-or-later
// The program's one style sheet, made from the theme's colours.
// GUI thread.
#pragma once

#include "ui/theme/theme.h"

namespace nabiz::ui {

// `pixels` is the size of ordinary text.
QString styleSheet(const ThemeColors& colors, bool dark, int pixels);

} // namespace nabiz::ui
