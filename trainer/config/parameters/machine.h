// SPDX-License-Identifier: GPL-3.0-or-later
// The machine as settings are judged by it: its cores, its memory, its cards.
// A value; any thread.
#pragma once

#include <cstdint>
#include <vector>

namespace nabiz::trainer {

// Why there is no CUDA device, as far as the driver says.
enum class NoCuda { Unknown, NoDriver, NoAnswer, NoGpu, Hidden };

// What of this machine decides whether a configuration can run; found without LibTorch (see trainer/memory/hardware.h).
struct Machine {
    int cudaDevices = 0;
    int computeCapability = 0; // of the first device, 75 = 7.5; 0 = unknown
    int cores = 1;
    std::int64_t memoryBytes = 0; // of the machine; 0 = unknown
    std::vector<std::int64_t> gpuBytes {}; // of each CUDA device
    NoCuda noCuda = NoCuda::Unknown; // of a machine without one
};

} // namespace nabiz::trainer
