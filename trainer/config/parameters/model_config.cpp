// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/model_config.h"

#include <algorithm>

namespace nabiz::trainer {

ModelConfig ModelConfig::from(const Config& config)
{
    ModelConfig model;
    model.vocabulary = config.integer("model.vocab_size");
    model.size = config.integer("model.d_model");
    model.layers = config.integer("model.n_layers");
    model.heads = config.integer("model.n_heads");
    model.inner = config.integer("model.d_ff");
    model.length = config.integer("model.max_seq_len");
    model.experts = config.list("model.expert_types");
    model.dropout = config.real("model.dropout");
    model.causal = config.boolean("model.causal");
    model.linearAttention = config.boolean("model.use_linear_attention");
    model.memory = config.boolean("model.use_memory");
    model.memorySlots = config.integer("model.memory_size");
    model.introspection = config.boolean("model.use_introspection");
    model.sharedLanguage = config.text("language.sharing") == "shared";
    model.sharedAdapters = config.text("language.adapters") == "shared";
    model.trainAdapters = config.boolean("language.train_adapters");
    model.gradientThroughLanguage = config.boolean("language.gradient_through_llm");
    return model;
}

bool ModelConfig::hasLanguage() const
{
    return std::find(experts.begin(), experts.end(), "language") != experts.end();
}

} // namespace nabiz::trainer
