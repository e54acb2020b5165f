// SPDX-License-Identifier: GPL-3.0-or-later
// The whole model: encoder, blocks of attention and experts, head. Built from its settings and a seed; afterwards a pure
// function of ids. Training thread only.
#pragma once

#include "trainer/model/attention.h"
#include "trainer/model/encoder.h"
#include "trainer/model/moe.h"

namespace nabiz::trainer {

struct ModelOutput {
    at::Tensor logits;  // (B, T, V)
    at::Tensor balance; // the load-balance terms of all blocks, a scalar
};

class Agiformer {
public:
    // `makeDecoder` is called once, or once for each language expert, as the settings say; never without such an expert.
    Agiformer(const ModelConfig& config, std::uint64_t seed, at::Device device,
        const LanguageParts::MakeDecoder& makeDecoder);

    ModelOutput operator()(const at::Tensor& ids, Pass& pass) const; // ids (B, T) of kLong
    const ModelConfig& config() const { return m_config; }
    const Weights& weights() const { return m_weights; }
    at::Device device() const { return m_device; }

private:
    struct Block {
        Block(Weights& weights, const std::string& name, const ModelConfig& config, LanguageParts& language);
        StdNorm norm;
        Attention attention;
        Moe moe;
    };

    ModelConfig m_config;
    at::Device m_device;
    Weights m_weights;
    Encoder m_encoder;
    LanguageParts m_language;
    std::vector<Block> m_blocks;
    StdNorm m_norm;
    Linear m_head;

    std::vector<Block> makeBlocks();
};

// Mean cross entropy over targets that are not 0, which is padding.
at::Tensor lossOf(const at::Tensor& logits, const at::Tensor& targets);

} // namespace nabiz::trainer
