// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/layers.h"

#include "trainer/model/layers/product.h"
#include "trainer/model/layers/stream_range.h"

namespace nabiz::trainer {

Linear::Linear(Weights& weights, const std::string& name, std::int64_t inputs, std::int64_t outputs)
    : m_weight(weights.matrix(name + ".weight", { outputs, inputs }))
    , m_bias(weights.bias(name + ".bias", outputs, inputs))
{
}

at::Tensor Linear::operator()(const at::Tensor& x) const
{
    return product(x, m_weight, m_bias);
}

at::Tensor Linear::ofStream(const at::Tensor& x) const
{
    return streamProduct(x, m_weight, m_bias);
}

void Linear::freeze(Weights& weights) const
{
    weights.freeze(m_weight);
    weights.freeze(m_bias);
}

LayerNorm::LayerNorm(Weights& weights, const std::string& name, std::int64_t size)
    : m_weight(weights.constant(name + ".weight", size, 1))
    , m_bias(weights.constant(name + ".bias", size, 0))
{
}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const
{
    return at::layer_norm(x, { x.size(-1) }, m_weight, m_bias, 1e-5);
}

StdNorm::StdNorm(Weights& weights, const std::string& name, std::int64_t size)
    : m_weight(weights.constant(name + ".weight", size, 1))
    , m_bias(weights.constant(name + ".bias", size, 0))
{
}

at::Tensor StdNorm::operator()(const at::Tensor& x) const
{
    const auto [deviation, mean] = at::std_mean(x, at::OptionalIntArrayRef({ -1 }), at::Scalar(1), true);
    return at::addcmul(m_bias, m_weight, (x - mean) / (deviation + 1e-6));
}

FeedForward::FeedForward(
    Weights& weights, const std::string& name, std::int64_t size, std::int64_t inner, bool dropsLast)
    : m_up(weights, name + ".up", size, inner)
    , m_down(weights, name + ".down", inner, size)
    , m_dropsLast(dropsLast)
{
}

at::Tensor FeedForward::operator()(const at::Tensor& x, Pass& pass) const
{
    const at::Tensor y = m_down(pass.dropout(at::gelu(m_up(x))));
    return m_dropsLast ? pass.dropout(y) : y;
}

at::Tensor FeedForward::ofStream(const at::Tensor& x, Pass& pass) const
{
    const at::Tensor y = m_down.ofStream(pass.dropout(at::gelu(m_up.ofStream(x))));
    return m_dropsLast ? pass.dropout(y) : y;
}

Mlp::Mlp(
    Weights& weights, const std::string& name, std::int64_t inputs, std::int64_t inner, std::int64_t outputs, End end)
    : m_in(weights, name + ".in", inputs, inner)
    , m_out(weights, name + ".out", inner, outputs)
{
    if (end == End::Norm)
        m_norm.emplace(weights, name + ".norm", outputs);
}

at::Tensor Mlp::operator()(const at::Tensor& x) const
{
    return finished(at::gelu(m_in.ofStream(x)));
}

at::Tensor Mlp::operator()(const at::Tensor& x, Pass& pass) const
{
    return finished(pass.dropout(at::gelu(m_in.ofStream(x))));
}

at::Tensor Mlp::finished(const at::Tensor& inner) const
{
    const at::Tensor y = m_out.ofStream(inner);
    return m_norm ? (*m_norm)(y) : y;
}

} // namespace nabiz::trainer
