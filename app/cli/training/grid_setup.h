// SPDX-License-Identifier: GPL-3.0-or-later
// From the words of a command to the runs of a grid: every configuration looked at before anything starts.
// Main thread; reads presets, the data's paths, and the database for names and speeds.
#pragma once

#include "app/cli/command_context.h"
#include "app/cli/train_setup.h"

#include <optional>

namespace nabiz::app {

struct GridSetup {
    std::string group;
    std::vector<StartSpec> runs; // in the order in which they are trained
    std::vector<std::string> notes;
    std::string summary; // how many, of what, and how long they will take
};

// None when nothing varies. Throws UsageError, with each run that cannot start and why.
std::optional<GridSetup> setUpGrid(const CommandContext& context, const TrainOptions& options);

} // namespace nabiz::app
