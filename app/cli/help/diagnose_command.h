// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz diagnose, see its .cpp.
// Main thread.
#pragma once

#include "app/cli/command_context.h"

namespace nabiz::app {

void addDiagnoseCommand(CLI::App& app, CommandContext& context);

} // namespace nabiz::app
