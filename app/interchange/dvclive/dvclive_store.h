// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of DVCLive: plots/metrics with a file a metric, metrics.json with the latest values, params.yaml. See
// store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat dvcliveFormat();

} // namespace nabiz::app
