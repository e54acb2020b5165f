// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/agiformer.h"

#include "trainer/model/layers/autocast.h"

namespace nabiz::trainer {

Agiformer::Agiformer(const ModelConfig& config, std::uint64_t seed, at::Device device,
    const LanguageParts::MakeDecoder& makeDecoder, std::function<void()> interrupted)
    : m_config(config)
    , m_device(device)
    , m_weights(seed, device, std::move(interrupted))
    , m_encoder(m_weights, m_config)
    , m_memory(m_config.memory ? std::optional<Memory>(std::in_place, m_weights, m_config) : std::nullopt)
    , m_language(m_config, makeDecoder)
    , m_blocks(makeBlocks())
    , m_norm(m_weights, "norm", m_config.size)
    , m_head(m_weights, "head", m_config.size, m_config.vocabulary)
{
}

std::vector<std::unique_ptr<Block>> Agiformer::makeBlocks()
{
    std::vector<std::unique_ptr<Block>> blocks;
    for (std::int64_t i = 0; i < m_config.layers; ++i)
        blocks.push_back(std::make_unique<Block>(m_weights, i, m_config, m_language));
    return blocks;
}

ModelOutput Agiformer::operator()(const at::Tensor& ids, Pass& pass) const
{
    const Autocast autocast(m_device.type(), pass.autocast());
    pass.begin();
    at::Tensor x = m_encoder(ids, pass);
    pass.trace("encoder", x);
    if (m_memory) {
        x = (*m_memory)(x, pass);
        pass.trace("memory", x);
    }
    const PartOutput reached = throughBlocks(x, pass);
    const at::Tensor logits = m_head(m_norm(reached.x)).to(at::kFloat);
    pass.trace("head", logits);
    return { logits, reached.balance };
}

PartOutput Agiformer::throughBlocks(at::Tensor x, Pass& pass) const
{
    at::Tensor balance = at::zeros({}, x.options().dtype(at::kFloat));
    at::Tensor past; // the sum of the outputs of the blocks so far
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        const Block& block = *m_blocks[i];
        const bool isLast = i + 1 == m_blocks.size();
        const at::Tensor mean = isLast && past.defined() ? past / static_cast<double>(i) : at::Tensor();
        PartOutput output = pass.isCheckpointing()
            ? checkpointed([&block](const at::Tensor& state, const at::Tensor& before,
                               Pass& own) { return block(state, before, own); },
                  x, mean, pass)
            : block(x, mean, pass);
        x = std::move(output.x);
        balance = balance + output.balance;
        if (m_config.introspection && !isLast)
            past = past.defined() ? past + x : x;
    }
    return { x, balance };
}

std::vector<ModelPart> Agiformer::parts() const
{
    std::vector<ModelPart> parts;
    parts.push_back({ "encoder", [this](const at::Tensor& ids, Pass& pass) { return m_encoder(ids, pass); } });
    if (m_memory)
        parts.push_back({ "memory", [this](const at::Tensor& x, Pass& pass) { return (*m_memory)(x, pass); } });
    for (const auto& block : m_blocks)
        block->addParts(parts);
    parts.push_back({ "head", [this](const at::Tensor& x, Pass&) { return m_head(m_norm(x)); } });
    return parts;
}

at::Tensor lossOf(const at::Tensor& logits, const at::Tensor& targets)
{
    return at::cross_entropy_loss(
        logits.reshape({ -1, logits.size(-1) }), targets.reshape({ -1 }), {}, at::Reduction::Mean, 0);
}

} // namespace nabiz::trainer
