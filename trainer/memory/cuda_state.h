// SPDX-License-Identifier: GPL-3.0-or-later
// Why LibTorch can or cannot use a GPU here, as one sentence: built for the CPU, no driver, or a driver that shows
// nothing it can use. Pure; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/machine.h"

#include <cstddef>
#include <string>

namespace nabiz::trainer {

struct CudaState {
    bool built = false; // LibTorch's build for CUDA
    std::string broken; // why its library cannot be opened
    bool driver = false; // NVIDIA's libcuda is there
    std::string driverVersion; // empty when unknown
    std::size_t gpus = 0; // that the driver shows
    NoCuda noGpus = NoCuda::Unknown; // why it shows none
    int usable = 0; // that LibTorch can use
};

Message describe(const CudaState& state);

// What LibTorch's CUDA half reads from the environment when it begins, where nobody has set it: a workspace of 8.5 MB
// for cuBLAS on every card (on Hopper it would be 32 MiB, twice), and segments that grow. Before the first thread.
void prepareCudaEnvironment();

} // namespace nabiz::trainer
