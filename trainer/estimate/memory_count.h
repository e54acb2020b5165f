// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of memory that one batch of a configuration takes on a device, counted by a rehearsal; what an estimate and
// its suggestions are made of. Reads at most the config.json of language.path. Values and functions; any thread.
#pragma once

#include "trainer/estimate/memory_estimate.h"

namespace nabiz::trainer {

// What a process takes that no tensor holds: LibTorch and the program on a CPU, the CUDA context on a GPU.
inline constexpr std::int64_t kProcessBytes = 400000000;
inline constexpr std::int64_t kContextBytes = 600000000;

struct Place {
    bool gpu = false;
    std::string name = "cpu";
    std::int64_t capacity = 0;
    std::int64_t usable = 0;
};

struct Count {
    MemoryParts parts;
    Arithmetic arithmetic;
    bool isComplete = true;
    std::vector<Message> notes;
};

Place placeOf(const Config& config, const Machine& machine);
Count count(const Config& config, const Place& place);
// Bytes an element of a language model's weights, as language.dtype says it.
int widthOf(const std::string& dtype, bool gpu);
// False for what would be refused anyway, and could not be counted.
bool isCountable(const Config& config);

} // namespace nabiz::trainer
