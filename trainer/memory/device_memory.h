// SPDX-License-Identifier: GPL-3.0-or-later
// What LibTorch's own allocator holds on a device: of CUDA its caching allocator, of a CPU ours around LibTorch's.
// Figures of the driver (the context, other programs) are not in it. Training thread only, and only after the device
// has been used.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>

namespace nabiz::trainer {

struct DeviceMemory {
    std::int64_t allocated = 0; // bytes of living tensors
    std::int64_t peak = 0; // the most of it since the last reset
    std::int64_t reserved = 0; // bytes taken from the driver; on a CPU as allocated
    std::int64_t retries = 0; // allocations that needed the cache emptied first, so far
};

// Nothing on a CPU whose allocator is not ours.
std::optional<DeviceMemory> readDeviceMemory(c10::Device device);
void resetDevicePeak(c10::Device device);
// Gives back what is held without a tensor in it.
void releaseDeviceMemory(c10::Device device);

} // namespace nabiz::trainer
