// SPDX-License-Identifier: GPL-3.0-or-later
// What a person writes of a run on the command line, as the window's fields would have it.
// Pure.
#pragma once

#include <string>
#include <vector>

namespace nabiz::app {

std::string trimmed(const std::string& text);
// Trimmed and on one line.
std::string simplified(const std::string& text);
// At every comma, simplified, without the empty ones.
std::vector<std::string> commaWords(const std::string& text);

} // namespace nabiz::app
