// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/moe.h"

#include <algorithm>

namespace nabiz::trainer {

Moe::Moe(Weights& weights, const std::string& name, const ModelConfig& config, LanguageParts& language)
    : m_router(weights, name + ".router", config.size, static_cast<std::int64_t>(config.experts.size()))
{
    for (std::size_t i = 0; i < config.experts.size(); ++i) {
        const std::string expert = name + ".experts." + std::to_string(i);
        m_experts.push_back(makeExpert(config.experts[i], weights, expert, config, language));
    }
}

Moe::Output Moe::operator()(const at::Tensor& x, Pass& pass) const
{
    const auto count = static_cast<std::int64_t>(m_experts.size());
    const at::Tensor probabilities = at::softmax(m_router(x), -1);
    auto [best, index] = at::topk(probabilities, std::min<std::int64_t>(2, count), -1);
    best = best / (best.sum(-1, true) + 1e-8);
    const at::Tensor shares = at::zeros_like(probabilities).scatter(-1, index, best);

    at::Tensor sum = x;
    for (std::int64_t i = 0; i < count; ++i)
        sum = at::addcmul(sum, shares.narrow(-1, i, 1), (*m_experts[static_cast<std::size_t>(i)])(x, pass));
    const at::Tensor balance = probabilities.mean({ 0, 1 }).square().sum() * (0.01 * static_cast<double>(count));
    return { sum, balance };
}

} // namespace nabiz::trainer
