// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/attention.h"

#include "trainer/model/layers/product.h"

#include <cmath>
#include <limits>

namespace nabiz::trainer {

Attention::Attention(Weights& weights, const std::string& name, std::int64_t size, std::int64_t heads, bool causal)
    : m_q(weights.matrix(name + ".q.weight", { size, size }))
    , m_k(weights.matrix(name + ".k.weight", { size, size }))
    , m_v(weights.matrix(name + ".v.weight", { size, size }))
    , m_o(weights.matrix(name + ".o.weight", { size, size }))
    , m_heads(heads)
    , m_causal(causal)
{
}

at::Tensor Attention::operator()(const at::Tensor& x, Pass& pass) const
{
    const std::int64_t batch = x.size(0), length = x.size(1), size = x.size(2);
    // One product for the three: the input is read once, and its gradient is one product too.
    const at::Tensor qkv = product(x, at::cat({ m_q, m_k, m_v }))
                               .view({ batch, length, 3, m_heads, size / m_heads })
                               .permute({ 2, 0, 3, 1, 4 });
    const at::Tensor y = weighted(qkv[0], qkv[1], qkv[2], pass);
    return product(y.transpose(1, 2).reshape({ batch, length, size }), m_o);
}

at::Tensor Attention::weighted(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, Pass& pass) const
{
    const double dropout = pass.dropoutProbability();
    if (dropout == 0 || !q.device().is_cpu())
        return at::scaled_dot_product_attention(q, k, v, {}, dropout, m_causal);

    // The CPU's fused attention knows no dropout.
    const std::int64_t batch = q.size(0), length = q.size(2), width = q.size(3);
    const double scale = 1.0 / std::sqrt(static_cast<double>(width));
    const auto flat = [&](const at::Tensor& t) { return t.reshape({ batch * m_heads, length, width }); };
    at::Tensor scores;
    if (m_causal) {
        const at::Tensor mask
            = at::full({ length, length }, -std::numeric_limits<float>::infinity(), q.options()).triu_(1);
        scores = at::baddbmm(mask, flat(q), flat(k).transpose(1, 2), 1, scale);
    } else {
        scores = at::bmm(flat(q) * scale, flat(k).transpose(1, 2));
    }
    return at::bmm(pass.dropout(at::softmax(scores, -1)), flat(v)).view({ batch, m_heads, length, width });
}

} // namespace nabiz::trainer
