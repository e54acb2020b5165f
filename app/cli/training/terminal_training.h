// SPDX-License-Identifier: GPL-3.0-or-later
// A run in the terminal, from its first word to its exit code: progress on stderr, signals that stop and save, and what
// the database says of it at the end. For `nabiz train` and `nabiz resume`. Main thread.
#pragma once

#include "app/cli/command_context.h"
#include "app/run/run_controller.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nabiz::app {

struct TerminalTraining {
    std::string name;
    trainer::Config config;
    std::vector<std::string> notes; // said first
    std::function<storage::RunId(RunController&)> begin; // what throws there, throws from trainInTerminal()
    TrainerFactory factory = trainer::loadTrainer;
};

// Returns the exit code.
int trainInTerminal(const CommandContext& context, std::filesystem::path database, const TerminalTraining& training);

} // namespace nabiz::app
