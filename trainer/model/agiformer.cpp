// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/agiformer.h"

namespace nabiz::trainer {

Agiformer::Block::Block(
    Weights& weights, const std::string& name, const ModelConfig& config, LanguageParts& language)
    : norm(weights, name + ".norm", config.size)
    , attention(weights, name + ".attn", config.size, config.heads, config.causal)
    , moe(weights, name + ".moe", config, language)
{
}

Agiformer::Agiformer(const ModelConfig& config, std::uint64_t seed, at::Device device,
    const LanguageParts::MakeDecoder& makeDecoder)
    : m_config(config)
    , m_device(device)
    , m_weights(seed, device)
    , m_encoder(m_weights, m_config)
    , m_language(m_config, makeDecoder)
    , m_blocks(makeBlocks())
    , m_norm(m_weights, "norm", m_config.size)
    , m_head(m_weights, "head", m_config.size, m_config.vocabulary)
{
}

std::vector<Agiformer::Block> Agiformer::makeBlocks()
{
    std::vector<Block> blocks;
    for (std::int64_t i = 0; i < m_config.layers; ++i)
        blocks.emplace_back(m_weights, "blocks." + std::to_string(i), m_config, m_language);
    return blocks;
}

ModelOutput Agiformer::operator()(const at::Tensor& ids, Pass& pass) const
{
    at::Tensor x = m_encoder(ids, pass);
    at::Tensor balance = at::zeros({}, x.options());
    for (const Block& block : m_blocks) {
        x = x + pass.dropout(block.attention(block.norm(x), pass));
        Moe::Output mixed = block.moe(x, pass);
        x = std::move(mixed.x);
        balance = balance + mixed.balance;
    }
    return { m_head(m_norm(x)), balance };
}

at::Tensor lossOf(const at::Tensor& logits, const at::Tensor& targets)
{
    return at::cross_entropy_loss(
        logits.reshape({ -1, logits.size(-1) }), targets.reshape({ -1 }), {}, at::Reduction::Mean, 0);
}

} // namespace nabiz::trainer
