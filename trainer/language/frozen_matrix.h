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
    // `isRanged`: only ranged() is asked of it.
    FrozenMatrix(const std::vector<at::Tensor>& parts, at::ScalarType held, const at::TensorOptions& computed,
        bool isRanged = false);

    // x·Wᵀ + bias; `bias` may be undefined. x (…, inputs) of the computing type.
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& bias = {}) const;
    // The same, finite for any finite x: what leaves float16's range is computed within it and given in float32. In
    // other types it is the plain product.
    at::Tensor ranged(const at::Tensor& x, const at::Tensor& bias = {}) const;
    std::int64_t elements() const { return m_held.numel(); }
    std::int64_t bytes() const;

private:
    std::vector<at::Tensor> rangedParts(const std::vector<at::Tensor>& parts);

    at::Tensor m_held; // (rows, inputs)
    at::Tensor m_scale; // (rows, 1) in float32 where eight bits are held, else undefined
    at::Tensor m_factor; // (rows) in float32, by which ranged() multiplies; undefined: none is larger than 1
    at::ScalarType m_computed = at::kFloat;
};

// The largest powers of two that are no larger, so that a product with them is exact.
at::Tensor powersOfTwo(const at::Tensor& x);

} // namespace nabiz::trainer
