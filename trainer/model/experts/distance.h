// SPDX-License-Identifier: GPL-3.0-or-later
// The mean distance of each position to the others, for the spatial expert. Distances are formed in chunks of rows and
// again in the backward pass; where two states are equal the gradient is 0. Training thread only.
#pragma once

#include <ATen/ATen.h>

namespace nabiz::trainer {

// (B, T, d) → (B, T): the mean over j of ‖x_i − x_j‖₂, in float32; `causal`: over j ≤ i.
at::Tensor meanDistance(const at::Tensor& x, bool causal);

} // namespace nabiz::trainer
