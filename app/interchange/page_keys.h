// SPDX-License-Identifier: GPL-3.0-or-later
// Lines whose figures have keys: an object of JSON, a dict as Python prints it, "loss = 2.31, step = 100". The step
// goes first, as in the lines that people write. Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace nabiz::app {

// The line itself, or what it holds, each with its step first.
std::vector<std::string> keyedParts(const std::string& line);
// What is struck out (~~2.4~~) goes.
std::string withoutStruck(const std::string& line);

} // namespace nabiz::app
