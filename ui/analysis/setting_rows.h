// SPDX-License-Identifier: GPL-3.0-or-later
// Settings side by side: a row a key, a value an entry.
// Pure; any thread.
#pragma once

#include "ui/analysis/compared_run.h"

#include <set>

namespace nabiz::ui {

struct SettingCell {
    std::string value; // as applied, or before that is known, as declared; of a group, its values: "1, 2, 3"
    std::string declared; // where what was applied is not it; empty otherwise
};

struct SettingRow {
    std::string key;
    std::vector<SettingCell> cells; // one an entry; an empty value where it does not know the key
    bool differs = false; // in value
    std::string section() const { return key.substr(0, key.find('.')); }
};

// In the order of the first entry, then what the others have more.
std::vector<SettingRow> settingRows(const std::vector<ComparedEntry>& entries);

struct SettingChoice {
    bool all = false; // equal ones too
    std::set<std::string> ignored; // keys not to show
};
struct ChosenSettings {
    std::vector<SettingRow> rows;
    std::size_t equal = 0; // how many have one value, shown or not
    std::size_t ignored = 0; // that would have been shown
};
ChosenSettings choose(const std::vector<SettingRow>& rows, const SettingChoice& choice);

} // namespace nabiz::ui
