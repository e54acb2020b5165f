// SPDX-License-Identifier: GPL-3.0-or-later
// The net over pairs of positions that the logic and the causal expert share: relation(a, b) = LN(W₂ GELU(W₁[a; b])),
// and its mean over the partners of each position. W₁[a; b] = A·a + B·b + c is two products of length T; the pairs are
// formed in chunks and again in the backward pass, so that memory grows with T·d and not with T². Training thread only.
#pragma once

#include "trainer/model/layers/layers.h"

namespace nabiz::trainer {

// Which pairs (i, j) are averaged.
struct PairPlan {
    std::int64_t group = 64; // i meets the j of its own group of so many positions
    bool triangle = false; // of these, only j ≤ i
    bool byCount = true; // divided by the number of partners, else by the group's length
};

class Relation {
public:
    // Parameters NAME.in (2d → d), NAME.out and NAME.norm.
    Relation(Weights& weights, const std::string& name, std::int64_t size);
    // (B, T, d) → (B, T, d): the mean of relation(x_i, x_j).
    at::Tensor operator()(const at::Tensor& x, const PairPlan& plan) const;

private:
    at::Tensor m_inWeight; // (d, 2d): A beside B
    at::Tensor m_inBias;
    at::Tensor m_outWeight;
    at::Tensor m_outBias;
    at::Tensor m_gain;
    at::Tensor m_shift;
};

} // namespace nabiz::trainer
