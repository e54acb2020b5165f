// SPDX-License-Identifier: GPL-3.0-or-later
// Dropout whose mask, on a CPU, is a hash of (key, element), computed while the values pass through and again in the
// backward pass: nothing is stored, the result does not depend on the number of threads, and it costs a fraction of a
// Bernoulli draw. p is exact to 2⁻³². On CUDA it is LibTorch's own. Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace nabiz::trainer {

// 0 < probability < 1. Equal keys give equal masks on a CPU; on CUDA the device's generator draws.
// `first` is the number of x's first element: where x is a part of a batch, its mask is that part of the batch's.
at::Tensor droppedOut(const at::Tensor& x, double probability, std::uint64_t key, std::uint32_t first = 0);

} // namespace nabiz::trainer
