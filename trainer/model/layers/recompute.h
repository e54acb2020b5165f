// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient checkpointing: a part of the model keeps its inputs alone and is computed again in the backward pass, with
// the same dropout masks, so that no gradient changes. Costs the part's forward time once more. Training thread only.
#pragma once

#include "trainer/model/layers/pass.h"

namespace nabiz::trainer {

// Both defined; (B, T, d) and a scalar.
struct PartOutput {
    at::Tensor x;
    at::Tensor balance;
};

// `x` (B, T, d); `past` may be undefined. Must compute the same when it is called again with an equal pass, and outlive
// the backward pass. Only gradients of `x`, `past` and of leaf tensors are followed.
using Part = std::function<PartOutput(const at::Tensor& x, const at::Tensor& past, Pass& pass)>;

PartOutput checkpointed(const Part& part, const at::Tensor& x, const at::Tensor& past, Pass& pass);

} // namespace nabiz::trainer
