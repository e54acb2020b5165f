// SPDX-License-Identifier: GPL-3.0-or-later
// The page for man, told from the table of commands and options that parses the command line, so that it cannot say
// what the program does not do. Constant; any thread.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace nabiz::app {

// In roff, UTF-8.
std::string manualPage(const CLI::App& program);

} // namespace nabiz::app
