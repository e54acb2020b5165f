// SPDX-License-Identifier: GPL-3.0-or-later
// Small models with every part of the program's, for tests of what they compute.
// Any thread.
#pragma once

#include "trainer/model/agiformer.h"

#include <stdexcept>
#include <string_view>

namespace nabiz::test {

using namespace nabiz::trainer;

inline ModelConfig smallConfig()
{
    ModelConfig config;
    config.vocabulary = 64;
    config.size = 16;
    config.layers = 2;
    config.heads = 2;
    config.inner = 32;
    config.length = 33;
    config.experts = { "standard", "language" };
    return config;
}

// Names of settings that together use every part.
inline constexpr const char* kVariants[] = { "plain", "linear attention", "logic", "spatial", "causal", "pairs",
    "memory", "introspection", "through language" };

inline ModelConfig variantConfig(std::string_view variant)
{
    ModelConfig config = smallConfig();
    if (variant == "linear attention")
        config.linearAttention = true;
    else if (variant == "logic" || variant == "spatial" || variant == "causal")
        config.experts = { std::string(variant) };
    else if (variant == "pairs")
        config.experts = { "logic", "spatial", "causal" };
    else if (variant == "memory")
        config.memory = true;
    else if (variant == "introspection")
        config.introspection = true;
    else if (variant == "through language")
        config.gradientThroughLanguage = true;
    else if (variant != "plain")
        throw std::logic_error("no such variant");
    config.memorySlots = 20;
    return config;
}

inline std::unique_ptr<Agiformer> makeModel(const ModelConfig& config, std::uint64_t seed = 1, int* decoders = nullptr)
{
    return std::make_unique<Agiformer>(config, seed, at::kCPU, [=] {
        if (decoders)
            ++*decoders;
        DecoderConfig shape;
        shape.hidden = 32;
        shape.layers = 2;
        shape.heads = 2;
        shape.kvHeads = 1;
        shape.headSize = 16;
        shape.intermediate = 64;
        return std::make_shared<const Decoder>(shape, randomWeights(7), at::kFloat, at::kCPU);
    });
}

// (2, 32), none of them padding.
inline at::Tensor someIds()
{
    return at::arange(0, 64).mul(7).remainder(63).add(1).view({ 2, 32 });
}

} // namespace nabiz::test
