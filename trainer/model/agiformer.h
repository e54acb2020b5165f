// SPDX-License-Identifier: GPL-3.0-or-later
// The whole model: encoder, memory, blocks of attention and experts, head. Built from its settings and a seed;
// afterwards a function of ids and of what the pass carries. Training thread only.
#pragma once

#include "trainer/model/block.h"
#include "trainer/model/encoder.h"
#include "trainer/model/experts/memory.h"

namespace nabiz::trainer {

struct ModelOutput {
    at::Tensor logits; // (B, T, V), float32
    at::Tensor balance; // the load-balance terms of all blocks, a scalar
};

class Agiformer {
public:
    // `makeDecoder` is called once, or once for each language expert, as the settings say; never without such an
    // expert. `interrupted` as in Weights.
    Agiformer(const ModelConfig& config, std::uint64_t seed, at::Device device,
        const LanguageParts::MakeDecoder& makeDecoder, std::function<void()> interrupted = {});
    Agiformer(const Agiformer&) = delete;
    Agiformer& operator=(const Agiformer&) = delete;

    ModelOutput operator()(const at::Tensor& ids, Pass& pass) const; // ids (B, T) of kLong
    // Encoder first, then what stands on states, in the order in which they are passed.
    std::vector<ModelPart> parts() const;

    const ModelConfig& config() const { return m_config; }
    const Weights& weights() const { return m_weights; }
    at::Device device() const { return m_device; }
    std::int64_t languageBytes() const { return m_language.bytes(); } // held by language models

private:
    std::vector<std::unique_ptr<Block>> makeBlocks();
    PartOutput throughBlocks(at::Tensor x, Pass& pass) const;

    ModelConfig m_config;
    at::Device m_device;
    Weights m_weights;
    Encoder m_encoder;
    std::optional<Memory> m_memory;
    LanguageParts m_language;
    std::vector<std::unique_ptr<Block>> m_blocks;
    StdNorm m_norm;
    Linear m_head;
};

// Mean cross entropy over targets that are not 0, which is padding.
at::Tensor lossOf(const at::Tensor& logits, const at::Tensor& targets);

} // namespace nabiz::trainer
