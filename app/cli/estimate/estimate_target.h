// SPDX-License-Identifier: GPL-3.0-or-later
// For which memory an estimate is made, and the largest value of a setting that fits into it. Reads no disk; main
// thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/machine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

// Bytes of "15e9", "15GB", "14.6 GiB", "15G" (decimal), or of a card that is named: "t4". Throws UsageError naming the
// text.
std::int64_t parseBytes(std::string_view text);

// The machine with that much memory where `config` would be trained: the processor's for `hardware.device: cpu`, else
// each card's; without a card, that of one.
trainer::Machine withCapacity(trainer::Machine machine, const trainer::Config& config, std::int64_t bytes);

// The largest value of a whole-number setting with which the configuration can be counted and is not too large. None
// when not even the smallest fits. Throws UsageError for a key that is none, that is no whole number or that memory
// does not grow with, and where the capacity is not known.
std::optional<std::int64_t> largestThatFits(
    const trainer::Config& config, const std::string& key, const trainer::Machine& machine);

} // namespace nabiz::app
