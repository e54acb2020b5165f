// SPDX-License-Identifier: GPL-3.0-or-later
// Names of metrics by pattern: * stands for any letters, ? for one; and those that hold all words of a search. Ten
// thousand names are gone through at each key. Pure; any thread.
#pragma once

#include <string_view>

namespace nabiz::ui {

bool isPattern(std::string_view text);
bool matchesPattern(std::string_view pattern, std::string_view name);
// Each word of `search`, in any order and case; a word with * or ? anywhere in the name.
bool isFound(std::string_view search, std::string_view name);

} // namespace nabiz::ui
