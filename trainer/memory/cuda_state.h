// SPDX-License-Identifier: GPL-3.0-or-later
// Why LibTorch can or cannot use a GPU here, as one sentence: built for the CPU, no driver, or a driver that shows
// nothing it can use. Pure; any thread.
#pragma once

#include "trainer/base/message.h"

#include <cstddef>
#include <string>

namespace nabiz::trainer {

struct CudaState {
    bool built = false; // LibTorch's build for CUDA
    std::string broken; // why its library cannot be opened
    bool driver = false; // NVIDIA's libcuda is there
    std::string driverVersion; // empty when unknown
    std::size_t gpus = 0; // that the driver shows
    int usable = 0; // that LibTorch can use
};

Message describe(const CudaState& state);

} // namespace nabiz::trainer
