// SPDX-License-Identifier: GPL-3.0-or-later
// What every writer of other programs' formats asks of a run: when it began, and which metrics are float32.
// Main thread; reads the database.
#pragma once

#include "storage/run_store.h"

#include <vector>

namespace nabiz::app {

// Seconds since 1970 at which a batch's time is 0.
double zeroOf(const storage::Run& run);
// Whether every value of each metric is one that a float32 holds.
std::vector<bool> singlePrecision(
    const storage::RunStore& store, storage::RunId run, const std::vector<storage::Metric>& metrics);

} // namespace nabiz::app
