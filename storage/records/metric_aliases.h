// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what other programs call the metrics of this one, so that their runs are listed, drawn and compared
// beside ours. Names stay the source's own; only who looks for one finds the others. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::storage {

// A person's own names of a metric, before those of the table. At the program's start, before another thread asks.
void addAliases(const std::string& metric, const std::vector<std::string>& others);

// What else the metric is called, the likeliest first.
std::span<const std::string_view> aliasesOf(std::string_view metric);

} // namespace nabiz::storage
