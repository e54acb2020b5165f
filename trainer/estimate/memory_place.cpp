// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_place.h"

#include "trainer/config/parameters/device_name.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kMegabyte = 1000000;

} // namespace

std::int64_t ranksOf(const Config& config)
{
    return std::max<std::int64_t>(1, config.integer("hardware.ranks"));
}

Place placeOf(const Config& config, const Machine& machine)
{
    const auto device = parseDevice(config.text("hardware.device")).value_or(DeviceName { .automatic = true });
    Place place;
    place.gpu = device.cuda || (device.automatic && machine.cudaDevices > 0);
    if (place.gpu)
        place.name = device.automatic ? "cuda:0" : config.text("hardware.device");
    const auto index = static_cast<std::size_t>(device.index);
    if (!place.gpu)
        place.capacity = machine.memoryBytes;
    else if (index < machine.gpuBytes.size())
        place.capacity = machine.gpuBytes[index];
    place.usable = std::max<std::int64_t>(0, place.capacity - (place.gpu ? kContextBytes : kProcessBytes));
    // The ranks of a machine share its memory.
    if (const std::int64_t ranks = ranksOf(config); !place.gpu && ranks > 1)
        place.usable = std::max<std::int64_t>(0, place.capacity / ranks - kProcessBytes);
    const std::int64_t cap = config.integer("hardware.max_memory_mb") * kMegabyte;
    if (cap > 0 && (place.capacity == 0 || cap < place.capacity)) {
        // On a GPU the cap counts the allocator's bytes alone, on a CPU the process.
        const std::int64_t usable = place.gpu ? cap : std::max<std::int64_t>(0, cap - kProcessBytes);
        place.usable = place.capacity == 0 ? usable : std::min(place.usable, usable);
        place.capacity = cap;
    }
    return place;
}

} // namespace nabiz::trainer
