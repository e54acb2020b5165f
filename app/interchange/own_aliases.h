// SPDX-License-Identifier: GPL-3.0-or-later
// What a person says that scripts call a metric: aliases.yaml in the folder of Nabız's own settings, "loss: [train/ce,
// my_loss]". Compare, Watch, the list of runs and reports find those names where they look for loss. Main thread.
#pragma once

#include <filesystem>

namespace nabiz::app {

// Adds them to the table, if there is such a file. Throws TrainError{BadInput} with what is wrong in it.
void takeOwnAliases(const std::filesystem::path& file);

} // namespace nabiz::app
