// SPDX-License-Identifier: GPL-3.0-or-later
// A frozen language model used for its hidden states: embeddings in, last hidden state after the final norm out. Llama,
// Qwen2 or Qwen3: pre-norm, grouped-query attention, rotary positions, SwiGLU. No gradient reaches its weights; one may
// flow through it. Computes in float32 on a CPU, else in the type of its weights; where that is float16 its stream is
// float32, since published models let a few places of it grow past float16's range. Training thread only.
#pragma once

#include "trainer/language/decoder_config.h"
#include "trainer/language/frozen_matrix.h"

#include <functional>
#include <optional>

namespace nabiz::trainer {

class Decoder {
public:
    // Gives the tensor of a published name without its leading "model.", as layers.0.self_attn.q_proj.weight.
    using Source = std::function<at::Tensor(const std::string& name, at::IntArrayRef shape)>;

    // `held`: kFloat, kHalf, kBFloat16, or kChar for eight bits with a scale a row. `computed`: what it computes in,
    // where that is not what suits the device.
    Decoder(const DecoderConfig& config, const Source& source, at::ScalarType held, at::Device device,
        std::optional<at::ScalarType> computed = {});

    at::Tensor operator()(const at::Tensor& embeddings) const; // (B, T, hidden), any length
    const DecoderConfig& config() const { return m_config; }
    std::int64_t elements() const;
    std::int64_t bytes() const;

private:
    struct Layer {
        at::Tensor inputNorm;
        FrozenMatrix qkv; // the three projections under one another
        at::Tensor qkvBias;
        at::Tensor queryNorm;
        at::Tensor keyNorm;
        FrozenMatrix output;
        at::Tensor outputBias;
        at::Tensor innerNorm;
        FrozenMatrix gateUp; // gate above up
        at::Tensor gateUpBias;
        FrozenMatrix down;
        at::Tensor downBias;
    };

    Layer load(const std::string& name, const Source& source, at::ScalarType held) const;
    at::Tensor attend(const Layer& layer, const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) const;
    at::Tensor feedForward(const Layer& layer, const at::Tensor& x) const;
    at::Tensor norm(const at::Tensor& x, const at::Tensor& weight) const;
    bool isHalf() const { return m_options.dtype() == at::kHalf; }
    at::Tensor rotations() const; // (headSize / 2), radians a position

    DecoderConfig m_config;
    at::TensorOptions m_options; // what it computes in
    std::vector<Layer> m_layers;
    at::Tensor m_norm;
};

// Random weights of the true shape, as such models start: normal with deviation 0.02, norms at 1, biases at 0. Equal
// for equal seeds. `interrupted` is asked before each tensor and throws to end the work.
Decoder::Source randomWeights(std::uint64_t seed, std::function<void()> interrupted = {});

} // namespace nabiz::trainer
