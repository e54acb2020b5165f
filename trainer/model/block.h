// SPDX-License-Identifier: GPL-3.0-or-later
// One block of the stack: attention, then the experts, and in the last block introspection where it is wanted.
// Training thread only.
#pragma once

#include "trainer/model/experts/introspection.h"
#include "trainer/model/experts/linear_attention.h"
#include "trainer/model/experts/moe.h"
#include "trainer/model/layers/attention.h"
#include "trainer/model/layers/recompute.h"

#include <variant>

namespace nabiz::trainer {

class Block {
public:
    // Parameters blocks.INDEX.….
    Block(Weights& weights, std::int64_t index, const ModelConfig& config, LanguageParts& language);

    // `past`: the mean of the earlier blocks' outputs, undefined in the first.
    PartOutput operator()(const at::Tensor& x, const at::Tensor& past, Pass& pass) const;
    void addParts(std::vector<ModelPart>& parts) const;

private:
    at::Tensor attended(const at::Tensor& x, Pass& pass) const;

    std::string m_attentionName;
    std::string m_introspectionName;
    StdNorm m_norm;
    std::variant<Attention, LinearAttention> m_attention;
    Moe m_moe;
    std::optional<Introspection> m_introspection;
};

} // namespace nabiz::trainer
