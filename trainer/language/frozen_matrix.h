// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix of frozen weights: held in float32, float16, bfloat16, or in eight bits with a scale a row, and multiplied
// in the type that its device computes in. Where the two differ it is converted in chunks of rows while it is used,
// never whole. No gradient reaches it; one flows through it. Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <vector>

namespace nabiz::trainer {

class FrozenMatrix {
public:
    FrozenMatrix() = default;
    // The parts (rows, inputs), any floating type, stand under one another. `held`: kFloat, kHalf, kBFloat16 or kChar.
    FrozenMatrix(const std::vector<at::Tensor>& parts, at::ScalarType held, const at::TensorOptions& computed);

    // x·Wᵀ + bias; `bias` may be undefined. x (…, inputs) of the computing type.
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& bias = {}) const;
    std::int64_t elements() const { return m_held.numel(); }
    std::int64_t bytes() const;

private:
    at::Tensor m_held; // (rows, inputs)
    at::Tensor m_scale; // (rows, 1) in float32 where eight bits are held, else undefined
    at::ScalarType m_computed = at::kFloat;
};

} // namespace nabiz::trainer
