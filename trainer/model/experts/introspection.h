// SPDX-License-Identifier: GPL-3.0-or-later
// The loop in which the last block looks at its own state, judges it, and corrects it, at most twice. The published
// form decides for the whole batch at once and so waits for the device; the causal one decides for each position from
// what came before it. Training thread only.
#pragma once

#include "trainer/config/parameters/model_config.h"
#include "trainer/model/layers/attention.h"
#include "trainer/model/layers/layers.h"

namespace nabiz::trainer {

class Introspection {
public:
    // Parameters NAME.observe_norm, .observe, .meta, .error, .confidence, .correction, .decision, .norm.
    Introspection(Weights& weights, const std::string& name, const ModelConfig& config);
    // `past` (B, T, d) is the mean of the earlier blocks' outputs, undefined where there is none.
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& past, Pass& pass) const;

private:
    struct View {
        at::Tensor state; // z
        at::Tensor error; // (B, T, 1)
        at::Tensor confidence; // (B, T, 1)
    };
    View look(const at::Tensor& x, const at::Tensor& past, Pass& pass) const;
    at::Tensor corrected(const at::Tensor& x, const at::Tensor& error, Pass& pass) const;
    at::Tensor byBatch(at::Tensor x, const at::Tensor& past, Pass& pass) const;
    at::Tensor byPosition(at::Tensor x, const at::Tensor& past, Pass& pass) const;

    LayerNorm m_observeNorm;
    Attention m_observe;
    Mlp m_meta;
    Mlp m_error;
    Mlp m_confidence;
    Mlp m_correction;
    Mlp m_decision;
    LayerNorm m_norm;
    bool m_causal;
};

} // namespace nabiz::trainer
