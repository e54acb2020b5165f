// SPDX-License-Identifier: GPL-3.0-or-later
// Curves as CSV: of Lightning, Keras, Ultralytics, W&B's panels and files, or any with a header. One file is a run, or
// several where it is a panel of W&B. See store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat csvFormat();

} // namespace nabiz::app
