// SPDX-License-Identifier: GPL-3.0-or-later
// Attention whose cost grows with the length and not with its square: softmax is replaced by a feature map
// φ(x) = relu(x·R) + 1e-8 over fixed random directions R. Causal, it uses running sums in chunks: no (T, features, d/h)
// tensor exists. Training thread only.
#pragma once

#include "trainer/model/layers/layers.h"

namespace nabiz::trainer {

class LinearAttention {
public:
    // Parameters NAME.q, .k, .v and .o with biases, and NAME.features (d/h, max(d/h, 64)).
    LinearAttention(Weights& weights, const std::string& name, std::int64_t size, std::int64_t heads, bool causal);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const;

private:
    at::Tensor heads(const at::Tensor& projected) const;

    Linear m_q, m_k, m_v, m_o;
    at::Tensor m_features;
    std::int64_t m_heads;
    bool m_causal;
};

} // namespace nabiz::trainer
