// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz train as one rank of several that a launcher started, such as torchrun: rank 0 records the run, and goes on
// with it when the launcher has begun them anew. Main thread.
#pragma once

#include "app/cli/command_context.h"
#include "app/cli/train_setup.h"
#include "trainer/distributed/world.h"

namespace nabiz::app {

// Returns the exit code. Throws UsageError, TrainError and StorageError.
int trainRank(const CommandContext& context, TrainOptions options, trainer::World world);

} // namespace nabiz::app
