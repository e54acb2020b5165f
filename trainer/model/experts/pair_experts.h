// SPDX-License-Identifier: GPL-3.0-or-later
// The three experts that look at pairs of positions: logic (a relation within chunks of 64), spatial (distances),
// causal (a relation to all that came before). Around what sets them apart, each has attention and a feed-forward net.
// Training thread only.
#pragma once

#include "trainer/model/experts/experts.h"
#include "trainer/model/experts/relation.h"
#include "trainer/model/layers/attention.h"

namespace nabiz::trainer {

class LogicExpert : public Expert {
public:
    LogicExpert(Weights& weights, const std::string& name, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const override;

private:
    Attention m_attention;
    Relation m_relation;
    FeedForward m_net;
    LayerNorm m_norm1, m_norm2;
    bool m_causal;
};

class SpatialExpert : public Expert {
public:
    SpatialExpert(Weights& weights, const std::string& name, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const override;

private:
    Linear m_distance;
    Mlp m_encode;
    Attention m_attention;
    FeedForward m_net;
    LayerNorm m_norm1, m_norm2;
    bool m_causal;
};

class CausalExpert : public Expert {
public:
    static constexpr std::int64_t kPositions = 1000; // the longest sequence it knows positions for

    CausalExpert(Weights& weights, const std::string& name, const ModelConfig& config);
    at::Tensor operator()(const at::Tensor& x, Pass& pass) const override;

private:
    at::Tensor m_positions;
    Attention m_attention;
    Relation m_relation;
    FeedForward m_net;
    LayerNorm m_norm1, m_norm2;
    bool m_causal;
};

} // namespace nabiz::trainer
