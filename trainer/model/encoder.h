// SPDX-License-Identifier: GPL-3.0-or-later
// From byte ids to states: embedding, a convolution over three neighbours, and a projection. The convolution is the
// only position signal that the stack has. Training thread only.
#pragma once

#include "trainer/config/parameters/model_config.h"
#include "trainer/model/layers/layers.h"
#include "trainer/model/layers/pass.h"

namespace nabiz::trainer {

class Encoder {
public:
    Encoder(Weights& weights, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& ids, Pass& pass) const; // (B, T) → (B, T, d)

private:
    at::Tensor m_embed;
    at::Tensor m_kernel;
    at::Tensor m_kernelBias;
    LayerNorm m_norm1;
    Linear m_project;
    LayerNorm m_norm2;
    bool m_causal;
};

} // namespace nabiz::trainer
