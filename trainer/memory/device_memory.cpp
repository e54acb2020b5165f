// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/device_memory.h"

#include <c10/core/CachingDeviceAllocator.h>

namespace nabiz::trainer {

std::optional<DeviceMemory> readDeviceMemory(c10::Device device)
{
    if (device.is_cpu())
        return {};
    const auto stats = c10::getDeviceAllocator(device.type())->getDeviceStats(device.index());
    return DeviceMemory { stats.allocated_bytes[0].current, stats.allocated_bytes[0].peak,
        stats.reserved_bytes[0].current };
}

void resetDevicePeak(c10::Device device)
{
    if (!device.is_cpu())
        c10::getDeviceAllocator(device.type())->resetPeakStats(device.index());
}

void releaseDeviceMemory(c10::Device device)
{
    if (!device.is_cpu())
        c10::getDeviceAllocator(device.type())->emptyCache();
}

} // namespace nabiz::trainer
