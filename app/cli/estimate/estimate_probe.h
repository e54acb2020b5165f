// SPDX-License-Identifier: GPL-3.0-or-later
// Trains two batches of a configuration, keeps nothing of them, and says what they took.
// Main thread; loads the trainer.
#pragma once

#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <string>

namespace nabiz::app {

struct Probe {
    std::int64_t peakBytes = 0; // of tensors
    std::int64_t batches = 0;
    std::string device;
};

// Throws TrainError where the configuration cannot be trained here, OutOfMemory where it does not fit.
Probe probeMemory(const trainer::Config& config);

} // namespace nabiz::app
