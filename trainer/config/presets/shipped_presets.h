// SPDX-License-Identifier: GPL-3.0-or-later
// The presets of resources/presets, compiled in: the program has them wherever it lies.
// Constant; any thread.
#pragma once

#include <span>
#include <string_view>

namespace nabiz::trainer {

struct ShippedPreset {
    std::string_view name;
    std::string_view text;
};

// In the order in which they are listed.
std::span<const ShippedPreset> shippedPresets();

} // namespace nabiz::trainer
