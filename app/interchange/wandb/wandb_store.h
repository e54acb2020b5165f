// SPDX-License-Identifier: GPL-3.0-or-later
// A run of W&B as its own file holds it, run-ID.wandb: complete, and readable without an account, while it runs and
// after it was killed. See store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat wandbFormat();

} // namespace nabiz::app
