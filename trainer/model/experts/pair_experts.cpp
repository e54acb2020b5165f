// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/pair_experts.h"

#include "trainer/model/experts/distance.h"

namespace nabiz::trainer {

LogicExpert::LogicExpert(Weights& weights, const std::string& name, const ModelConfig& config)
    : m_attention(weights, name + ".attn", config.size, config.heads, config.causal)
    , m_relation(weights, name + ".relation", config.size)
    , m_net(weights, name + ".ff", config.size, config.inner, true)
    , m_norm1(weights, name + ".norm1", config.size)
    , m_norm2(weights, name + ".norm2", config.size)
    , m_causal(config.causal)
{
}

at::Tensor LogicExpert::operator()(const at::Tensor& input, Pass& pass) const
{
    at::Tensor x = input + pass.dropout(m_attention(m_norm1(input), pass));
    x = x + m_relation(x, { .triangle = m_causal });
    return x + m_net(m_norm2(x), pass);
}

SpatialExpert::SpatialExpert(Weights& weights, const std::string& name, const ModelConfig& config)
    : m_distance(weights, name + ".distance", 1, config.size / 4)
    , m_encode(weights, name + ".encode", config.size, config.size, config.size, Mlp::End::Plain)
    , m_attention(weights, name + ".attn", config.size, config.heads, config.causal)
    , m_net(weights, name + ".ff", config.size, config.inner, true)
    , m_norm1(weights, name + ".norm1", config.size)
    , m_norm2(weights, name + ".norm2", config.size)
    , m_causal(config.causal)
{
}

at::Tensor SpatialExpert::operator()(const at::Tensor& input, Pass& pass) const
{
    const std::int64_t size = input.size(2);
    const at::Tensor distance = m_distance.ofStream(meanDistance(input, m_causal).unsqueeze(-1));
    at::Tensor x = input + m_encode(at::constant_pad_nd(distance, { 0, size - distance.size(-1) }));
    x = x + pass.dropout(m_attention(m_norm1(x), pass));
    return x + m_net(m_norm2(x), pass);
}

CausalExpert::CausalExpert(Weights& weights, const std::string& name, const ModelConfig& config)
    : m_positions(weights.matrix(name + ".positions", { kPositions, config.size }))
    , m_attention(weights, name + ".attn", config.size, config.heads, true)
    , m_relation(weights, name + ".relation", config.size)
    , m_net(weights, name + ".ff", config.size, config.inner, true)
    , m_norm1(weights, name + ".norm1", config.size)
    , m_norm2(weights, name + ".norm2", config.size)
    , m_causal(config.causal)
{
}

at::Tensor CausalExpert::operator()(const at::Tensor& input, Pass& pass) const
{
    const std::int64_t length = input.size(1);
    at::Tensor x = input + m_positions.narrow(0, 0, length);
    x = x + pass.dropout(m_attention(m_norm1(x), pass));
    x = x + m_relation(x, { .group = length, .triangle = true, .byCount = m_causal });
    return x + m_net(m_norm2(x), pass);
}

} // namespace nabiz::trainer
