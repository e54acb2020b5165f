// SPDX-License-Identifier: GPL-3.0-or-later
// The queue, run in the terminal until nothing is left of it: progress on stderr, a signal that stops and saves the run
// at hand, which then waits before the rest, and what came of each at the end. For `nabiz queue run`, and for `nabiz
// train` of a grid. Main thread.
#pragma once

#include "app/cli/command_context.h"
#include "app/run/run_controller.h"

#include <functional>
#include <string>

namespace nabiz::app {

// Throws UsageError when it is paused, or when another process runs it; nothing is said of a database that is not
// there.
void refuseToRunQueue(const CommandContext& context);

struct QueueTraining {
    std::string group = {}; // that alone; empty = all
    std::function<void(RunController&)> begin = {}; // first; what throws there, throws from runQueueInTerminal()
};

// Returns the exit code: 1 when one of them has not finished, 130 when a signal stopped it. Prints the runs' ids, or
// {"group", "runs": [as `train --json` says of each], "waiting", "paused"}.
int runQueueInTerminal(const CommandContext& context, const QueueTraining& training);

} // namespace nabiz::app
