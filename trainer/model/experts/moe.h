// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture of experts: every expert sees the whole sequence; a router weighs the best two of each position. What each
// expert is given, on average, is observed as router.N.expert.M. Training thread only.
#pragma once

#include "trainer/model/experts/experts.h"
#include "trainer/model/layers/model_part.h"
#include "trainer/model/layers/recompute.h"

namespace nabiz::trainer {

class Moe {
public:
    // Parameters blocks.BLOCK.moe.….
    Moe(Weights& weights, std::int64_t block, const ModelConfig& config, LanguageParts& language);

    // The states behind the experts, and the load-balance term of this block.
    PartOutput operator()(const at::Tensor& x, Pass& pass) const;
    void addParts(std::vector<ModelPart>& parts) const;

private:
    std::int64_t m_block;
    std::string m_routerName;
    std::vector<std::string> m_names; // of the experts
    Linear m_router;
    std::vector<std::unique_ptr<Expert>> m_experts;
};

} // namespace nabiz::trainer
