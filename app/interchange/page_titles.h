// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around lines of figures and says whose they are: headings, labels, the mark of a rank or of a file before
// each. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::app {

// "Run A", "Seed 2", "Experiment 3: wide": it names one of several runs.
bool namesARun(std::string_view title);
// Of the words before the batch, what tells lines of several runs apart: rank0, a.log, seed 1. Empty where nothing
// does.
std::string tagOf(std::string_view line);

// The last words of a line that ends in a colon: they say what stands below it.
std::string announcement(const std::string& plain);

// What the figures below are of, where they have no name of their own.
enum class TitleNames { Nothing, Loss, ValidationLoss, Another };
TitleNames namedBy(std::string_view title);

} // namespace nabiz::app
