// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with presets of their own beside saving them: renames, puts into the trash and takes out of it
// again, keeps what a run was made of. Shipped ones stay. Throws TrainError{BadInput} with the remedy, or {Io}. Any
// thread; touches the disk.
#pragma once

#include "trainer/config/presets/preset_store.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::trainer {

// Nothing takes the place of another preset, and none loses what it extends.
void renamePreset(const PresetStore& store, const std::string& name, const std::string& other);
// Into the folder .trash beside it, under a name that is free there: where it lies then.
std::filesystem::path trashPreset(const PresetStore& store, const std::string& name);
// Back again, where its name was taken meanwhile under one that is free: which.
std::string restorePreset(const PresetStore& store, const std::filesystem::path& trashed);
// The newest of that name in the trash of a folder; empty where there is none.
std::filesystem::path findTrashed(const std::filesystem::path& folder, const std::string& name);
// Of a person's own presets those that extend this one.
std::vector<std::string> extendedBy(const PresetStore& store, const std::string& name);

// The settings a run was started with, as a preset's text: the one it was made from, and whatever differs from it.
// `declared`: its parameters, key and YAML text.
PresetDocument presetOfRun(const PresetStore& store, const std::string& runName, const std::string& presetText,
    const std::vector<std::pair<std::string, std::string>>& declared);

} // namespace nabiz::trainer
