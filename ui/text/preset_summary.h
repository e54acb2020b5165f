// SPDX-License-Identifier: GPL-3.0-or-later
// What a preset is, in the window's language where it comes with the program; a person's own says it in their words.
// GUI thread.
#pragma once

#include <QString>
#include <string>

namespace nabiz::ui {

QString presetSummary(const std::string& summary);

} // namespace nabiz::ui
