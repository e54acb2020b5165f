// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with presets, for `nabiz presets` and `nabiz train`.
// Main thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/validation.h"

#include <string>
#include <vector>

namespace nabiz::app {

// Throws UsageError when there are errors: the first in its line, all of them below it when they are several, then how
// to start all the same. `begin` stands before the first.
void refuseErrors(
    const std::vector<trainer::Problem>& problems, const std::string& begin = {}, const std::string& remedy = {});

// Says where in `file`, the preset's, the key of the problem stands, unless it says so already.
void placeProblem(trainer::Problem& problem, const trainer::Preset& preset, const std::string& file);

// Every reason why the preset cannot start on this machine; empty when it can.
std::vector<std::string> startReasons(const trainer::Preset& preset, const trainer::Machine& machine);

// Problems of the text and of its settings among each other, wherever it would run, each at its line and column.
std::vector<trainer::Problem> checkPreset(const trainer::Preset& preset, const std::string& file);

} // namespace nabiz::app
