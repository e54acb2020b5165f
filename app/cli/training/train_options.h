// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a command that makes runs: preset, settings, and what is said of them.
// Main thread.
#pragma once

#include "app/cli/command_context.h"
#include "app/cli/train_setup.h"

#include <memory>

namespace nabiz::app {

// They are there when the command has been parsed.
std::shared_ptr<TrainOptions> addTrainOptions(CLI::App& command);

} // namespace nabiz::app
