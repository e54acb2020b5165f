// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that runs wrote while they trained, side by side at the nearest batch they have in common.
// Pure; the owner's thread.
#pragma once

#include "storage/records/records.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nabiz::ui {

// Batches at which any of them wrote, rising, each once.
std::vector<std::int64_t> sampleBatches(const std::vector<const std::vector<storage::Event>*>& runs);

// The last batch at which all that wrote anything did; where there is none, the last batch of the one that ended first.
// None where none wrote.
std::optional<std::int64_t> commonSampleBatch(const std::vector<const std::vector<storage::Event>*>& runs);

// The sample nearest to the batch, the earlier of two as near; of several at one batch the last. nullptr where there is
// none.
const storage::Event* nearestSample(const std::vector<storage::Event>& events, std::int64_t batch);

} // namespace nabiz::ui
