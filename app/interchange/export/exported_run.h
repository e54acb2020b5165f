// SPDX-License-Identifier: GPL-3.0-or-later
// What every writer of other programs' formats asks of a run: its clock, and which of its metrics are float32.
// Main thread; reads the database.
#pragma once

#include "storage/records/run_clock.h"
#include "storage/run_store.h"

#include <vector>

namespace nabiz::app {

// Where nothing tells when it began, it is when it was entered.
storage::RunClock exportClock(storage::Run run);
// Whether every value of each metric is one that a float32 holds.
std::vector<bool> singlePrecision(
    const storage::RunStore& store, storage::RunId run, const std::vector<storage::Metric>& metrics);

} // namespace nabiz::app
