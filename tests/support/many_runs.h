// SPDX-License-Identifier: GPL-3.0-or-later
// A database of thousands of ended runs with parameters, tags and figures but no points, written in one go: what a list
// of runs must bear. Any thread.
#pragma once

#include <filesystem>

namespace nabiz::tests {

// Names, figures and parameters vary by a fixed rule; the i-th run (from 0) is named "run-<i>".
void writeManyRuns(const std::filesystem::path& file, int runs, int parameters);

} // namespace nabiz::tests
