// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that ran out, from LibTorch's exception to the account of that moment. When it is told of, some of what was
// held has been given back: the figures are the allocator's own words. Training thread only.
#pragma once

#include "trainer/base/out_of_memory.h"
#include "trainer/memory/device_memory.h"

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <functional>
#include <optional>

namespace nabiz::trainer {

class Config;
struct PreparedRun;

using MemorySource = std::function<std::optional<DeviceMemory>(c10::Device)>;

bool isOutOfMemory(const c10::Error& error);
// `account` says when it happened and what of the run was held; where, and how much was there, is added. Where the
// words have no figures, the peak that `memory` tells of takes their place.
OutOfMemory describeOutOfMemory(
    const c10::Error& error, c10::Device device, MemoryAccount account, const MemorySource& memory = readDeviceMemory);
// A cap that was passed: training takes `bytes`, `tensors` of them by tensors.
OutOfMemory describePassedCap(std::int64_t bytes, std::int64_t capBytes, std::int64_t tensors, MemoryAccount account);
// On a CPU: what is predicted to take more than the cap allows, as the estimate judges it, or more than this machine
// has, where the kernel would end the whole program.
void refuseTooLarge(const Config& config);
// What of `run` is held now.
MemoryAccount ledgerOf(const PreparedRun& run);
// The same told again when the run has let go of everything, with what is still held then.
OutOfMemory withResidual(const OutOfMemory& error, c10::Device device);

// hardware.max_memory_mb on a CPU, as long as it lives: what the process takes beside tensors is left out of it.
class HostCap {
public:
    explicit HostCap(std::int64_t capBytes);
    ~HostCap();
    HostCap(const HostCap&) = delete;
    HostCap& operator=(const HostCap&) = delete;
};

} // namespace nabiz::trainer
