// SPDX-License-Identifier: GPL-3.0-or-later
// Why runs ended, as sentences that can be translated: of the events that tell it.
// The store's thread.
#pragma once

#include "storage/run_store.h"
#include "ui/models/run_reasons.h"

#include <span>

namespace nabiz::app {

ui::RunReasons::Sentences readReasons(const storage::RunStore& store, std::span<const storage::RunOverview> runs);

} // namespace nabiz::app
