// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz sample, see its .cpp.
// Main thread.
#pragma once

#include "app/cli/command_context.h"

namespace nabiz::app {

void addSampleCommand(CLI::App& app, CommandContext& context);

} // namespace nabiz::app
