// SPDX-License-Identifier: GPL-3.0-or-later
// Where a run will take its memory, and how much of it there is for one process of it.
// Values and functions; any thread.
#pragma once

#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/machine.h"

#include <cstdint>
#include <string>

namespace nabiz::trainer {

// What a process takes that no tensor holds: LibTorch and the program on a CPU, the CUDA context on a GPU.
inline constexpr std::int64_t kProcessBytes = 280000000;
inline constexpr std::int64_t kContextBytes = 600000000;

struct Place {
    bool gpu = false;
    std::string name = "cpu";
    std::int64_t capacity = 0;
    std::int64_t usable = 0; // by tensors of one rank
};

Place placeOf(const Config& config, const Machine& machine);
std::int64_t ranksOf(const Config& config);

} // namespace nabiz::trainer
