// SPDX-License-Identifier: GPL-3.0-or-later
// The settings that take less memory, each checked against the prediction.
// Pure but for the look at language.path's config.json; any thread.
#pragma once

#include "trainer/estimate/memory_count.h"

namespace nabiz::trainer {

// For an estimate of `total` bytes. What changes nothing that is learned is said in any case, the rest where it
// `isNeeded`.
std::vector<MemorySuggestion> suggestionsFor(
    const Config& config, const Place& place, std::int64_t total, bool isNeeded);

} // namespace nabiz::trainer
