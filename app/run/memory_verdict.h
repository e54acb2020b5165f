// SPDX-License-Identifier: GPL-3.0-or-later
// What runs that were measured say of memory: beside the account of one that ran out of it the nearest that fitted and
// what to change, and beside an estimate what was measured. Reads the database; any thread.
#pragma once

#include "storage/run_store.h"
#include "trainer/config/parameters/config.h"
#include "trainer/estimate/memory_card.h"

namespace nabiz::app {

trainer::MemoryCard memoryCard(
    const trainer::MemoryAccount& account, const trainer::Config& config, const storage::RunStore& store);
// What was measured of the run nearest to a configuration, and what it says of the estimate.
struct MeasuredMemory {
    trainer::FittedRun run; // without differing settings: the same
    double ratio = 1; // measured over predicted, of that run
};
// Of runs on the same kind of device, whose tensors were measured and which differ in two settings at most.
std::optional<MeasuredMemory> measuredMemory(
    const storage::RunStore& store, const trainer::Config& config, const std::string& device);

// The card that was kept with a run: of its last failure.
std::optional<trainer::MemoryCard> keptCard(const std::vector<storage::Event>& events);

} // namespace nabiz::app
