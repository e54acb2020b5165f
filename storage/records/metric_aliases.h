// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what other programs call the metrics of this one, so that their runs are listed, drawn and compared
// beside ours. Names stay the source's own; only who looks for one finds the others. Constant; any thread.
#pragma once

#include <span>
#include <string_view>

namespace nabiz::storage {

// What else the metric is called, the likeliest first.
std::span<const std::string_view> aliasesOf(std::string_view metric);

} // namespace nabiz::storage
