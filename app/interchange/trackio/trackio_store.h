// SPDX-License-Identifier: GPL-3.0-or-later
// A project of Trackio: one SQLite file with a JSON object a log call. See store_reader.h.
// What it samples of the machine has no step and is left out.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat trackioFormat();

} // namespace nabiz::app
