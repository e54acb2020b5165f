// SPDX-License-Identifier: GPL-3.0-or-later
// Proves a device: every part of the model there against the CPU, outputs and gradients, in each precision that
// training uses on such a device, and checkpointed against not, with dropout. Training thread only.
#pragma once

#include "trainer/check/device_check.h"

#include <ATen/ATen.h>

#include <stop_token>

namespace nabiz::trainer {

// `bfloat16`: the device computes in it by itself. Throws Cancelled when a stop is requested. A part that fails in
// LibTorch is a row that does not agree.
std::vector<DeviceCheckRow> checkDevice(at::Device device, bool bfloat16, const std::stop_token& stop);
// The same with what a T4 has: no bfloat16, no TF32, and of the fused attention kernels the memory-efficient one alone.
std::vector<DeviceCheckRow> checkAsT4(at::Device device, const std::stop_token& stop);

} // namespace nabiz::trainer
