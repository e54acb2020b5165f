// SPDX-License-Identifier: GPL-3.0-or-later
// What of the parameter table this version can honour: a setting that it cannot has no control in the form, unless a preset
// sets it and it must be mended. Asked of the trainer's own list. Any thread.
#pragma once

#include "trainer/config/parameter_table.h"

namespace nabiz::ui {

// Whether the setting can be anything but its default.
bool isAvailable(const trainer::Parameter& parameter);
// Whether one choice of a text or a list can be chosen.
bool isAvailable(const trainer::Parameter& parameter, std::string_view choice);

} // namespace nabiz::ui
