// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of memory that one batch of a configuration takes on a device, counted by a rehearsal; what an estimate and
// its suggestions are made of. Reads at most the config.json of language.path. Values and functions; any thread.
#pragma once

#include "trainer/estimate/memory_estimate.h"
#include "trainer/estimate/memory_place.h"

namespace nabiz::trainer {

struct Count {
    MemoryParts parts;
    Arithmetic arithmetic;
    bool isComplete = true;
    std::vector<Message> notes;
};

Count count(const Config& config, const Place& place);
// Bytes an element of a language model's weights, as language.dtype says it.
int widthOf(const std::string& dtype, bool gpu);
// False for what would be refused anyway, and could not be counted.
bool isCountable(const Config& config);

} // namespace nabiz::trainer
