// SPDX-License-Identifier: GPL-3.0-or-later
// The small layers that the model is made of: linear, layer norm, and the norm over the unbiased standard deviation. Each
// takes its tensors from the registry when it is built and is a pure function afterwards. Training thread only.
#pragma once

#include "trainer/model/weights.h"

namespace nabiz::trainer {

class Linear {
public:
    // Parameters NAME.weight (outputs, inputs) and NAME.bias.
    Linear(Weights& weights, const std::string& name, std::int64_t inputs, std::int64_t outputs);
    at::Tensor operator()(const at::Tensor& x) const;
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

} // namespace nabiz::trainer
