// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/device_memory.h"

#include "trainer/memory/host_allocator.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <malloc.h>

namespace nabiz::trainer {

std::optional<DeviceMemory> readDeviceMemory(c10::Device device)
{
    if (device.is_cpu()) {
        if (!HostAllocator::isInUse())
            return {};
        const HostAllocator& host = HostAllocator::instance();
        return DeviceMemory { host.current(), host.peak(), host.current(), 0 };
    }
    const auto stats = c10::getDeviceAllocator(device.type())->getDeviceStats(device.index());
    return DeviceMemory { stats.allocated_bytes[0].current, stats.allocated_bytes[0].peak,
        stats.reserved_bytes[0].current, stats.num_alloc_retries };
}

void resetDevicePeak(c10::Device device)
{
    if (!device.is_cpu())
        c10::getDeviceAllocator(device.type())->resetPeakStats(device.index());
    else if (HostAllocator::isInUse())
        HostAllocator::instance().resetPeak();
}

void releaseDeviceMemory(c10::Device device)
{
    if (device.is_cpu())
        malloc_trim(0);
    else
        c10::getDeviceAllocator(device.type())->emptyCache();
}

} // namespace nabiz::trainer
