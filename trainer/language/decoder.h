// SPDX-License-Identifier: GPL-3.0-or-later
// A frozen language model used for its hidden states: embeddings in, last hidden state after the final norm out. The
// architecture is Qwen3's: pre-norm, grouped-query attention with normed queries and keys, rotary positions, SwiGLU.
// No gradient reaches its weights; one may flow through it. Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct DecoderConfig {
    std::int64_t hidden = 1024;
    std::int64_t layers = 28;
    std::int64_t heads = 16;
    std::int64_t kvHeads = 8;
    std::int64_t headSize = 128;
    std::int64_t intermediate = 3072;
    double ropeTheta = 1e6;
    double normEpsilon = 1e-6;
};

class Decoder {
public:
    // Gives the tensor of a published name without its leading "model.", as layers.0.self_attn.q_proj.weight.
    using Source = std::function<at::Tensor(const std::string& name, at::IntArrayRef shape)>;

    Decoder(const DecoderConfig& config, const Source& source, at::ScalarType type, at::Device device);

    at::Tensor operator()(const at::Tensor& embeddings) const; // (B, T, hidden), any length
    const DecoderConfig& config() const { return m_config; }
    std::int64_t elements() const;

private:
    struct Layer {
        at::Tensor inputNorm;
        at::Tensor qkv;      // the three projections under one another
        at::Tensor queryNorm;
        at::Tensor keyNorm;
        at::Tensor output;
        at::Tensor innerNorm;
        at::Tensor gateUp;   // gate above up
        at::Tensor down;
    };

    Layer load(const std::string& name, const Source& source, at::TensorOptions options) const;
    at::Tensor attend(const Layer& layer, const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) const;
    at::Tensor feedForward(const Layer& layer, const at::Tensor& x) const;
    at::Tensor norm(const at::Tensor& x, const at::Tensor& weight) const;

    DecoderConfig m_config;
    std::vector<Layer> m_layers;
    at::Tensor m_norm;
};

// Random weights of the true shape, as such models start: normal with deviation 0.02, norms at 1. Equal for equal seeds.
// `interrupted` is asked before each tensor and throws to end the work.
Decoder::Source randomWeights(std::uint64_t seed, std::function<void()> interrupted = {});

} // namespace nabiz::trainer
