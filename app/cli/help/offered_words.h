// SPDX-License-Identifier: GPL-3.0-or-later
// What a shell may put where a value is awaited, by the value's kind as the help names it: presets, runs, parameter
// keys, choices, files. Read from the tables, the presets and the database when they are asked for. Main thread.
#pragma once

#include "app/cli/command_context.h"

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

struct OfferedWord {
    std::string text;
    std::string description; // one line, may be empty
};

struct OfferedWords {
    std::vector<OfferedWord> words;
    bool files = false; // and any file or folder
};

// `kind` is an option's type name, as "PRESET" or "key=value"; what does not begin with `begun` is left out.
void offer(OfferedWords& offered, std::string_view kind, std::string_view begun, const CommandContext& context);
void offerWord(OfferedWords& offered, std::string_view begun, std::string text, std::string description = {});

} // namespace nabiz::app
