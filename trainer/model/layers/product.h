// SPDX-License-Identifier: GPL-3.0-or-later
// The product that nearly all of the time goes to: x·Wᵀ + b. On a CPU and for more than a few rows it is oneDNN's,
// which uses the widest registers of every processor; what LibTorch takes by itself keeps to half of them on AMD's (1.2
// ms against 0.5 ms for 1020 × 128 · 512). Elsewhere it is at::linear. Training thread only.
#pragma once

#include <ATen/ATen.h>

namespace nabiz::trainer {

// `bias` may be undefined.
at::Tensor product(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {});

} // namespace nabiz::trainer
