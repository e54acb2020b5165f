// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers.h"

#include "trainer/model/product.h"

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

} // namespace nabiz::trainer
