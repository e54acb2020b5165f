// SPDX-License-Identifier: GPL-3.0-or-later
// Every reason why a configuration cannot start here, each with its remedy, before anything is loaded. Pure but for the
// look at paths in `validateData`; any thread.
#pragma once

#include "trainer/config/config.h"
#include "trainer/config/problem.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace nabiz::trainer {

// What of this machine decides whether a configuration can run; found without LibTorch (see trainer/memory/hardware.h).
struct Machine {
    int cudaDevices = 0;
    int computeCapability = 0; // of the first device, 75 = 7.5; 0 = unknown
    int cores = 1;
    std::int64_t memoryBytes = 0;          // of the machine; 0 = unknown
    std::vector<std::int64_t> gpuBytes {}; // of each CUDA device
};

// Ranges, dependencies between keys, and what this version or this machine cannot do.
std::vector<Problem> validate(const Config& config, const Machine& machine);
// Paths that are missing, empty, unreadable, without text, or smaller than one sample. Reads directories and sizes:
// as long as the disk takes. Throws Cancelled after a stop.
std::vector<Problem> validateData(const Config& config, std::stop_token stop = {});

} // namespace nabiz::trainer
