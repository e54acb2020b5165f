// SPDX-License-Identifier: GPL-3.0-or-later
// Multi-head attention with four bias-free projections and dropout on its weights.
// Training thread only.
#pragma once

#include "trainer/model/layers/pass.h"
#include "trainer/model/layers/weights.h"

namespace nabiz::trainer {

class Attention {
public:
    // Parameters NAME.q.weight, .k., .v. and .o.
    Attention(Weights& weights, const std::string& name, std::int64_t size, std::int64_t heads, bool causal);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const;

private:
    at::Tensor weighted(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, Pass& pass) const;

    at::Tensor m_q, m_k, m_v, m_o;
    std::int64_t m_heads;
    bool m_causal;
};

} // namespace nabiz::trainer
