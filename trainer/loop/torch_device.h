// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the device that `hardware.device` means, opens LibTorch's CUDA half where there is one, and turns LibTorch's
// failures into sentences. Training thread only.
#pragma once

#include "trainer/base/train_error.h"
#include "trainer/memory/cuda_state.h"

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <string>

namespace nabiz::trainer {

// 0 where there is no CUDA build, no driver or no device. The first call opens libtorch_cuda.so, when it is installed.
int cudaDeviceCount();
CudaState cudaState();
// "auto", "cpu", "cuda" or "cuda:N". Throws TrainError{Device} for a device that is not there.
c10::Device resolveDevice(const std::string& setting);
// "cpu", "cuda:0".
std::string deviceName(c10::Device device);

// What an exception of LibTorch means for a person; of memory that ran out see memory_failure.h.
TrainError describeTorchError(const c10::Error& error);

} // namespace nabiz::trainer
