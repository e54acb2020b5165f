// SPDX-License-Identifier: GPL-3.0-or-later
// What the Trainer of Hugging Face leaves: trainer_state.json, of which the latest checkpoint has all, and logs of a
// JSON object a line. See store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat trainerStateFormat();
StoreFormat jsonLinesFormat();

} // namespace nabiz::app
