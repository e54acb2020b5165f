// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the frozen language model: of Llama, Qwen2 or Qwen3, out of a published config.json or of a stand-in's
// sizes. What this program would compute otherwise than the published models (another kind of rotation, a sliding
// window) is refused rather than left out. A value, free of LibTorch; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/hub_cache.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nabiz::trainer {

enum class Architecture { Llama, Qwen2, Qwen3 };

// Llama 3's stretching of slow rotations: "rope_type": "llama3".
struct RopeScaling {
    double factor = 8;
    double lowFrequency = 1;
    double highFrequency = 4;
    double originalLength = 8192;
};

struct DecoderTensor {
    std::string name; // published, without the leading "model."
    std::vector<std::int64_t> shape;
};

struct DecoderConfig {
    Architecture architecture = Architecture::Qwen3;
    std::int64_t hidden = 1024;
    std::int64_t layers = 28;
    std::int64_t heads = 16;
    std::int64_t kvHeads = 8;
    std::int64_t headSize = 128;
    std::int64_t intermediate = 3072;
    double ropeTheta = 1e6;
    double normEpsilon = 1e-6;
    std::optional<RopeScaling> ropeScaling;
    bool attentionBias = false; // of the projections to queries, keys and values
    bool outputBias = false; // of the projection behind attention
    bool innerBias = false; // of the feed-forward net

    bool normsHeads() const { return architecture == Architecture::Qwen3; }
    // All that is read; the embedding and the output head are not.
    std::vector<DecoderTensor> tensors() const;
    std::int64_t weights() const;
};

// Of a published config.json, or a sentence that names the file, the key and what to do.
std::variant<DecoderConfig, Message> readDecoderConfig(const std::filesystem::path& file);
// That a model of the Hugging Face cache is not there, and how to fetch it.
Message notInCache(const ModelName& name);
// Of the folder or model that language.path names, else of language.stand_in. That of Qwen/Qwen3-0.6B is known also
// where it is not in the cache yet.
std::variant<DecoderConfig, Message> decoderConfigOf(const Config& settings);

} // namespace nabiz::trainer
