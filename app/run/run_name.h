// SPDX-License-Identifier: GPL-3.0-or-later
// Names of runs.
// Any thread.
#pragma once

#include "storage/records/written.h"

#include <string_view>

namespace nabiz::app {

// Digits alone are an id, so they cannot be a name.
bool looksLikeId(std::string_view name);

// For Recorder::addRun: the base when no run is called so, else base-2, base-3 …
storage::NameChoice freeRunName();

} // namespace nabiz::app
