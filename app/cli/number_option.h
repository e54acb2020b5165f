// SPDX-License-Identifier: GPL-3.0-or-later
// Options that take a number: read to the last character, without the locale, and within their range. CLI11 alone would
// take nan, inf, hexadecimal digits and what stands before the first letter. Main thread.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace nabiz::app {

// `value` must live as long as the command.
CLI::Option* addNumber(
    CLI::App& command, const std::string& name, double& value, double low, double high, const std::string& help);
CLI::Option* addNumber(
    CLI::App& command, const std::string& name, int& value, int low, int high, const std::string& help);

} // namespace nabiz::app
