// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a run draw from streams of their own, told apart by these.
// Any thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/data/random.h"

namespace nabiz::trainer {

enum class SeedStream : std::uint64_t { Dropout = 2, Sample = 3 };

inline std::uint64_t streamSeed(const Config& config, SeedStream stream)
{
    return mix(static_cast<std::uint64_t>(config.integer("training.seed")), static_cast<std::uint64_t>(stream));
}

} // namespace nabiz::trainer
