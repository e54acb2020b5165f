// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture of experts: every expert sees the whole sequence; a router weighs the best two of each position.
// Training thread only.
#pragma once

#include "trainer/model/experts.h"

namespace nabiz::trainer {

class Moe {
public:
    Moe(Weights& weights, const std::string& name, const ModelConfig& config, LanguageParts& language);

    struct Output {
        at::Tensor x;
        at::Tensor balance; // the load-balance term of this block, a scalar
    };
    Output operator()(const at::Tensor& x, Pass& pass) const;

private:
    Linear m_router;
    std::vector<std::unique_ptr<Expert>> m_experts;
};

} // namespace nabiz::trainer
