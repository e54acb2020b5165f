// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/experts.h"

#include "trainer/base/train_error.h"
#include "trainer/model/experts/pair_experts.h"
#include "trainer/model/layers/autocast.h"

#include <ATen/core/grad_mode.h>

namespace nabiz::trainer {

StandardExpert::StandardExpert(Weights& weights, const std::string& name, const ModelConfig& config)
    : m_net(weights, name, config.size, config.inner, false)
{
}

at::Tensor StandardExpert::operator()(const at::Tensor& x, Pass& pass) const
{
    return m_net.ofStream(x, pass);
}

Adapters::Adapters(
    Weights& weights, const std::string& name, std::int64_t size, std::int64_t hidden, const ModelConfig& config)
    : in(weights, name + ".in", size, hidden)
    , out(weights, name + ".out", hidden, size)
{
    // Without a gradient through the decoder none reaches `in` either.
    if (!config.trainAdapters || !config.gradientThroughLanguage)
        in.freeze(weights);
    if (!config.trainAdapters)
        out.freeze(weights);
}

LanguageExpert::LanguageExpert(Weights& weights, const std::string& name, const ModelConfig& config,
    std::shared_ptr<const Decoder> decoder, std::shared_ptr<const Adapters> adapters)
    : m_decoder(std::move(decoder))
    , m_adapters(std::move(adapters))
    , m_norm(weights, name + ".norm", config.size)
    , m_gradientThrough(config.gradientThroughLanguage)
{
}

at::Tensor LanguageExpert::operator()(const at::Tensor& x, Pass& pass) const
{
    const auto decoded = [&] {
        const at::Tensor embeddings = m_adapters->in.ofStream(x);
        const Autocast own(x.device().type(), {}); // the decoder computes in the type of its weights
        return (*m_decoder)(embeddings);
    };
    at::Tensor hidden;
    if (m_gradientThrough) {
        hidden = decoded();
    } else {
        const at::NoGradGuard guard;
        hidden = pass.kept(decoded);
        Autocast::forgetCopies(x.device().type());
    }
    return m_norm(x + pass.dropout(m_adapters->out(hidden)));
}

LanguageParts::LanguageParts(const ModelConfig& config, MakeDecoder make)
    : m_config(config)
    , m_make(std::move(make))
{
}

std::shared_ptr<const Decoder> LanguageParts::decoder()
{
    if (!m_decoder || !m_config.sharedLanguage) {
        m_decoder = m_make();
        m_bytes += m_decoder->bytes();
    }
    return m_decoder;
}

std::shared_ptr<const Adapters> LanguageParts::adapters(
    Weights& weights, const std::string& expert, std::int64_t hidden)
{
    if (!m_config.sharedAdapters)
        return std::make_shared<Adapters>(weights, expert, m_config.size, hidden, m_config);
    if (!m_adapters)
        m_adapters = std::make_shared<Adapters>(weights, "language", m_config.size, hidden, m_config);
    return m_adapters;
}

std::unique_ptr<Expert> makeExpert(const std::string& kind, Weights& weights, const std::string& name,
    const ModelConfig& config, LanguageParts& language)
{
    if (kind == "standard")
        return std::make_unique<StandardExpert>(weights, name, config);
    if (kind == "language") {
        const auto decoder = language.decoder();
        const auto adapters = language.adapters(weights, name, decoder->config().hidden);
        return std::make_unique<LanguageExpert>(weights, name, config, decoder, adapters);
    }
    if (kind == "logic")
        return std::make_unique<LogicExpert>(weights, name, config);
    if (kind == "spatial")
        return std::make_unique<SpatialExpert>(weights, name, config);
    if (kind == "causal")
        return std::make_unique<CausalExpert>(weights, name, config);
    throw TrainError(TrainErrorKind::BadInput,
        message(NABIZ_TEXT("Message",
                    "There is no expert “%1”: model.expert_types takes standard, language, logic, spatial and "
                    "causal."),
            kind));
}

} // namespace nabiz::trainer
