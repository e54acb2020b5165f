// SPDX-License-Identifier: GPL-3.0-or-later
// What `nabiz presets` does to presets of one's own, and which runs were made from them.
// Main thread.
#pragma once

#include "app/cli/command_context.h"

#include <cstdint>
#include <map>
#include <string>

namespace nabiz::app {

struct PresetUse {
    std::int64_t runs = 0; // made from it, the waiting ones among them
    std::int64_t waiting = 0; // in the queue: they keep the settings they were queued with
};

// By name; of a database that is not there, none.
std::map<std::string, PresetUse> presetUses(const CommandContext& context);
// rename, delete, restore, save-from.
void addPresetEdits(CLI::App& presets, CommandContext& context);

} // namespace nabiz::app
