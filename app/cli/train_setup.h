// SPDX-License-Identifier: GPL-3.0-or-later
// From the words of `nabiz train` to a run that can start: preset, overrides, and every reason why not, with the one
// line that mends them all. Main thread; reads presets and looks at the data's paths.
#pragma once

#include "app/run/run_controller.h"
#include "trainer/config/presets/preset_store.h"

#include <string>
#include <vector>

namespace nabiz::app {

struct TrainOptions {
    const char* command = "train"; // that a remedy repeats
    std::string preset;
    std::vector<std::string> overrides; // key=value
    std::string name;
    std::string why;
    std::string group;
    std::string tags; // commas between
    std::string note;
    bool missing = false; // of a grid, those that its group has not got
};

struct TrainSetup {
    StartSpec spec;
    std::vector<std::string> notes; // what is worth saying but keeps nothing from starting
};

struct PresetSettings {
    trainer::Preset preset;
    trainer::Config config; // with the overrides
    std::vector<std::string> notes;
};

// A preset without errors of its own, and what the words override. Throws UsageError.
PresetSettings readSettings(const TrainOptions& options);

// Throws UsageError.
TrainSetup setUpTraining(const TrainOptions& options);

} // namespace nabiz::app
