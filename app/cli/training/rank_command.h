// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz rank: one of the ranks that a run with hardware.ranks starts on its own machine. Not for people, and not in the
// help. Main thread.
#pragma once

#include "app/cli/command_context.h"

namespace nabiz::app {

void addRankCommand(CLI::App& app, CommandContext& context);

} // namespace nabiz::app
