// SPDX-License-Identifier: GPL-3.0-or-later
// Event files of TensorBoard: a folder with such files is a run, by several writers one after another or at once. See
// store_reader.h.
#pragma once

#include "app/interchange/stores/store_reader.h"

namespace nabiz::app {

StoreFormat tensorboardFormat();

} // namespace nabiz::app
