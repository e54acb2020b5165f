// SPDX-License-Identifier: GPL-3.0-or-later
// The small layers that the model is made of: linear, two norms, and two pairs of linears with a GELU between. Each
// takes its tensors from the registry when it is built and is a pure function afterwards. Training thread only.
#pragma once

#include "trainer/model/layers/pass.h"
#include "trainer/model/layers/weights.h"

#include <optional>

namespace nabiz::trainer {

class Linear {
public:
    // Parameters NAME.weight (outputs, inputs) and NAME.bias.
    Linear(Weights& weights, const std::string& name, std::int64_t inputs, std::int64_t outputs);
    at::Tensor operator()(const at::Tensor& x) const;
    // For inputs that no norm holds; see stream_range.h.
    at::Tensor ofStream(const at::Tensor& x) const;
    void freeze(Weights& weights) const;

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
};

class LayerNorm {
public:
    LayerNorm(Weights& weights, const std::string& name, std::int64_t size);
    at::Tensor operator()(const at::Tensor& x) const;

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
};

// gain · (x − mean) / (std + 1e-6) + bias, with the unbiased standard deviation.
class StdNorm {
public:
    StdNorm(Weights& weights, const std::string& name, std::int64_t size);
    at::Tensor operator()(const at::Tensor& x) const;

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
};

// Linear → GELU → dropout → Linear, with dropout behind it too where it is wanted.
class FeedForward {
public:
    // Parameters NAME.up and NAME.down.
    FeedForward(Weights& weights, const std::string& name, std::int64_t size, std::int64_t inner, bool dropsLast);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const;
    at::Tensor ofStream(const at::Tensor& x, Pass& pass) const;

private:
    Linear m_up;
    Linear m_down;
    bool m_dropsLast;
};

// Linear → GELU → Linear of the stream, and a layer norm where it is wanted. Parameters NAME.in, NAME.out and
// NAME.norm.
class Mlp {
public:
    enum class End { Plain, Norm };
    Mlp(Weights& weights, const std::string& name, std::int64_t inputs, std::int64_t inner, std::int64_t outputs,
        End end);
    at::Tensor operator()(const at::Tensor& x) const;
    // With dropout behind the GELU.
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const;

private:
    at::Tensor finished(const at::Tensor& inner) const;

    Linear m_in;
    Linear m_out;
    std::optional<LayerNorm> m_norm;
};

} // namespace nabiz::trainer
