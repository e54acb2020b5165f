// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes and switches of the model, out of a run's settings.
// A value; any thread.
#pragma once

#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct ModelConfig {
    std::int64_t vocabulary = 256;
    std::int64_t size = 128; // d_model
    std::int64_t layers = 4;
    std::int64_t heads = 4;
    std::int64_t inner = 512; // d_ff
    std::int64_t length = 256; // bytes of a sample, its last target included
    std::vector<std::string> experts { "standard" };
    double dropout = 0;
    bool causal = true;
    bool linearAttention = false;
    bool memory = false;
    std::int64_t memorySlots = 500;
    bool introspection = false; // in the last block
    bool sharedLanguage = true; // one frozen decoder for the model, else one a language expert
    bool sharedAdapters = true; // likewise the adapters around it
    bool trainAdapters = true;
    bool gradientThroughLanguage = false;

    static ModelConfig from(const Config& config);
    bool hasLanguage() const;
};

} // namespace nabiz::trainer
