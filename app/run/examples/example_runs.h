// SPDX-License-Identifier: GPL-3.0-or-later
// A few small runs that show what the program tells of runs: two that differ in one setting, one whose model sees its
// own targets, which the audit says, and three that differ in their seed. Trained where they are asked for, in seconds,
// on generated text: no figure of them is shipped. Any thread.
#pragma once

#include "app/run/run_controller.h"

namespace nabiz::app {

std::vector<StartSpec> exampleRuns();
// Beside the default database. Throws StorageError{Missing} as that does.
std::filesystem::path examplesDatabase();

} // namespace nabiz::app
