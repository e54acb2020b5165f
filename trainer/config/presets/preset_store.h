// SPDX-License-Identifier: GPL-3.0-or-later
// Finds presets by name or path and resolves `extends`. Shipped presets are compiled in and read-only; a user's own lie
// in the config folder's nabiz/presets. Any thread; touches the disk.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/config/presets/preset_document.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct Preset {
    std::string name; // "quick", or a file's stem
    std::filesystem::path path; // empty for a shipped preset
    std::string summary;
    bool shipped = false;
    PresetDocument document; // its own text
    Config config; // defaults, then what it extends, then itself
    std::vector<Problem> problems; // of it and of what it extends
};

class PresetStore {
public:
    // `userFolder` may be missing or empty: then only shipped presets are listed.
    explicit PresetStore(std::filesystem::path userFolder);

    // $XDG_CONFIG_HOME/nabiz/presets, else ~/.config/nabiz/presets; empty when there is no home.
    static std::filesystem::path defaultUserFolder();

    // Shipped ones first, in the design's order, then the user's by name.
    std::vector<Preset> list() const;
    // A shipped name, a user's name, or a file. What cannot be found or read is a preset with a problem.
    Preset load(const std::string& nameOrPath) const;
    // The preset of a text that is being edited, as if it lay at `file`.
    Preset parse(const std::string& text, const std::string& file) const;

    // A name that is free, made from `base`: quick-2, quick-3 …
    std::string freeName(const std::string& base) const;
    // Writes aside, then renames; throws TrainError{Io} naming the path when that fails.
    std::filesystem::path save(const std::string& name, const std::string& text) const;

private:
    std::filesystem::path m_userFolder;
};

} // namespace nabiz::trainer
