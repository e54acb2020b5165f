// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a side file: a line each for what it is, each stream, row and edit, and behind each line its sum. What
// follows a line that is not whole is left out. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::storage {

struct SideContent;

std::string toLines(const SideContent& content);
SideContent fromLines(std::string_view text);

} // namespace nabiz::storage
