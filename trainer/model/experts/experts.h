// SPDX-License-Identifier: GPL-3.0-or-later
// The experts between which a block's router chooses. A further kind is a class here and a line in makeExpert.
// Training thread only.
#pragma once

#include "trainer/config/parameters/model_config.h"
#include "trainer/language/decoder.h"
#include "trainer/model/layers/layers.h"
#include "trainer/model/layers/pass.h"

#include <functional>
#include <memory>

namespace nabiz::trainer {

class Expert {
public:
    virtual ~Expert() = default;
    virtual at::Tensor operator()(const at::Tensor& x, Pass& pass) const = 0; // (B, T, d) → (B, T, d)
};

class StandardExpert : public Expert {
public:
    StandardExpert(Weights& weights, const std::string& name, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const override;

private:
    FeedForward m_net;
};

// Into the decoder's width and back.
struct Adapters {
    Adapters(
        Weights& weights, const std::string& name, std::int64_t size, std::int64_t hidden, const ModelConfig& config);
    Linear in;
    Linear out;
};

class LanguageExpert : public Expert {
public:
    LanguageExpert(Weights& weights, const std::string& name, const ModelConfig& config,
        std::shared_ptr<const Decoder> decoder, std::shared_ptr<const Adapters> adapters);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const override;

private:
    std::shared_ptr<const Decoder> m_decoder;
    std::shared_ptr<const Adapters> m_adapters;
    LayerNorm m_norm;
    bool m_gradientThrough;
};

// Hands out what language experts share, or a new one to each.
class LanguageParts {
public:
    using MakeDecoder = std::function<std::shared_ptr<const Decoder>()>;
    LanguageParts(const ModelConfig& config, MakeDecoder make);

    std::shared_ptr<const Decoder> decoder();
    std::int64_t bytes() const { return m_bytes; } // of all decoders handed out
    std::shared_ptr<const Adapters> adapters(Weights& weights, const std::string& expert, std::int64_t hidden);

private:
    const ModelConfig& m_config;
    MakeDecoder m_make;
    std::shared_ptr<const Decoder> m_decoder;
    std::int64_t m_bytes = 0;
    std::shared_ptr<const Adapters> m_adapters;
};

// Throws TrainError{BadInput} for a kind that this version does not have.
std::unique_ptr<Expert> makeExpert(const std::string& kind, Weights& weights, const std::string& name,
    const ModelConfig& config, LanguageParts& language);

} // namespace nabiz::trainer
