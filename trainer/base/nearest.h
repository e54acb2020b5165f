// SPDX-License-Identifier: GPL-3.0-or-later
// The known name that a mistyped one was meant to be.
// Pure; any thread.
#pragma once

#include <span>
#include <string_view>

namespace nabiz::trainer {

// The candidate with the smallest edit distance (a swap of neighbours counts once), or empty when more than a third
// of the letters would have to change. Names longer than 100 bytes are near to nothing.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

} // namespace nabiz::trainer
