// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/moe.h"

namespace nabiz::trainer {

Moe::Moe(Weights& weights, std::int64_t block, const ModelConfig& config, LanguageParts& language)
    : m_block(block)
    , m_routerName("blocks." + std::to_string(block) + ".moe.router")
    , m_router(weights, m_routerName, config.size, static_cast<std::int64_t>(config.experts.size()))
{
    for (std::size_t i = 0; i < config.experts.size(); ++i) {
        m_names.push_back("blocks." + std::to_string(block) + ".moe.experts." + std::to_string(i));
        m_experts.push_back(makeExpert(config.experts[i], weights, m_names.back(), config, language));
    }
}

PartOutput Moe::operator()(const at::Tensor& x, Pass& pass) const
{
    const auto count = static_cast<std::int64_t>(m_experts.size());
    const at::Tensor probabilities = at::softmax(m_router.ofStream(x).to(at::kFloat), -1);
    auto [best, index] = at::topk(probabilities, std::min<std::int64_t>(2, count), -1);
    best = best / (best.sum(-1, true) + 1e-8);
    const at::Tensor shares = at::zeros_like(probabilities).scatter(-1, index, best);
    if (count > 1)
        pass.observe(routerMetric(m_block, 0), shares.mean(at::IntArrayRef({ 0, 1 })));

    at::Tensor sum = x;
    for (std::size_t i = 0; i < m_experts.size(); ++i) {
        const at::Tensor y = (*m_experts[i])(x, pass);
        pass.trace(m_names[i], y);
        sum = at::addcmul(sum, shares.narrow(-1, static_cast<std::int64_t>(i), 1), y);
    }
    const at::Tensor balance = pass.batchMean(probabilities.mean(at::IntArrayRef({ 0, 1 }))).square().sum()
        * (0.01 * static_cast<double>(count));
    return { sum, balance };
}

void Moe::addParts(std::vector<ModelPart>& parts) const
{
    parts.push_back({ m_routerName, [this](const at::Tensor& x, Pass&) { return m_router.ofStream(x); } });
    for (std::size_t i = 0; i < m_experts.size(); ++i) {
        const Expert& expert = *m_experts[i];
        parts.push_back({ m_names[i], [&expert](const at::Tensor& x, Pass& pass) { return expert(x, pass); } });
    }
}

} // namespace nabiz::trainer
