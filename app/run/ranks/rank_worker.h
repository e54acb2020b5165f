// SPDX-License-Identifier: GPL-3.0-or-later
// A rank other than 0 from its first word to its exit code: it trains, and records nothing.
// Main thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/distributed/world.h"

namespace nabiz::app {

// Throws TrainError.
int trainAsRank(trainer::World world, const trainer::Config& config);

// The process ends with whoever started it, by SIGTERM.
void endWithParent();

} // namespace nabiz::app
