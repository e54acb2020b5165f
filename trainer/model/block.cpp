// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/block.h"

namespace nabiz::trainer {

namespace {

std::variant<Attention, LinearAttention> makeAttention(
    Weights& weights, const std::string& name, const ModelConfig& config)
{
    if (config.linearAttention)
        return LinearAttention(weights, name, config.size, config.heads, config.causal);
    return Attention(weights, name, config.size, config.heads, config.causal);
}

std::string blockName(std::int64_t index)
{
    return "blocks." + std::to_string(index);
}

} // namespace

Block::Block(Weights& weights, std::int64_t index, const ModelConfig& config, LanguageParts& language)
    : m_attentionName(blockName(index) + ".attn")
    , m_introspectionName(blockName(index) + ".introspection")
    , m_norm(weights, blockName(index) + ".norm", config.size)
    , m_attention(makeAttention(weights, m_attentionName, config))
    , m_moe(weights, index, config, language)
{
    if (config.introspection && index == config.layers - 1)
        m_introspection.emplace(weights, m_introspectionName, config);
}

at::Tensor Block::attended(const at::Tensor& x, Pass& pass) const
{
    return std::visit([&](const auto& attention) { return attention(m_norm(x), pass); }, m_attention);
}

PartOutput Block::operator()(const at::Tensor& input, const at::Tensor& past, Pass& pass) const
{
    const at::Tensor attention = attended(input, pass);
    pass.trace(m_attentionName, attention);
    PartOutput output = m_moe(input + pass.dropout(attention), pass);
    if (m_introspection) {
        output.x = (*m_introspection)(output.x, past, pass);
        pass.trace(m_introspectionName, output.x);
    }
    return output;
}

void Block::addParts(std::vector<ModelPart>& parts) const
{
    parts.push_back({ m_attentionName, [this](const at::Tensor& x, Pass& pass) { return attended(x, pass); } });
    m_moe.addParts(parts);
    if (m_introspection) {
        parts.push_back({ m_introspectionName,
            [this](const at::Tensor& x, Pass& pass) { return (*m_introspection)(x, x, pass); } });
    }
}

} // namespace nabiz::trainer
