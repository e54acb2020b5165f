// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_count.h"

#include "trainer/config/presets/parameter_check.h"
#include "trainer/estimate/memory_estimate_model.h"

#include <algorithm>
#include <variant>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kMegabyte = 1000000;
// Of cuBLAS, one for the thread of the forward pass and one for that of the backward pass, each of the size that
// prepareCudaEnvironment() asks for.
constexpr std::int64_t kGpuWorkspace = 2 * (2 * 4096 + 8 * 16) * 1024;
constexpr double kMost = 1e18; // bytes; absurd settings would leave the range of a number

// Matrices as they are held, eight bits with a scale a row; the rest in the type of the products.
std::int64_t decoderBytes(const DecoderConfig& shape, int held, bool gpu)
{
    const int computed = gpu ? std::max(2, held) : 4;
    std::int64_t sum = 0;
    for (const DecoderTensor& tensor : shape.tensors()) {
        std::int64_t elements = 1;
        for (const std::int64_t size : tensor.shape)
            elements *= size;
        const bool isMatrix = tensor.shape.size() == 2;
        sum += elements * (isMatrix ? held : computed) + (isMatrix && held == 1 ? tensor.shape[0] * 4 : 0);
    }
    return sum;
}

void addTensors(MemoryParts& parts, const rehearsal::Tape& tape, bool accumulates)
{
    for (const rehearsal::Weight& weight : tape.weights()) {
        const std::int64_t bytes = weight.elements * 4;
        parts.modelWeights += bytes;
        if (weight.leaf != rehearsal::kNone)
            parts.optimizer += 2 * bytes + 4;
        if (weight.reached)
            parts.gradients += bytes;
    }
    // When activations are most, few gradients are there yet: what a batch takes beside all of them is the rest.
    const rehearsal::Held& held = tape.held();
    const auto whole = [](double bytes) { return static_cast<std::int64_t>(std::min(bytes, kMost)); };
    std::int64_t rest = std::max<std::int64_t>(0, whole(held.peak) - (accumulates ? 0 : parts.gradients));
    const auto part = [&](rehearsal::Use use) {
        const std::int64_t bytes = std::min(rest, whole(held.atPeak[static_cast<int>(use)]));
        rest -= bytes;
        return bytes;
    };
    parts.workspace = part(rehearsal::Use::Workspace);
    parts.autocast = part(rehearsal::Use::Autocast);
    parts.activations = rest;
}

// In which gradients travel between ranks: as large as every trained weight.
void addBuckets(Count& result, std::int64_t ranks, std::int64_t samples)
{
    const std::int64_t buckets = result.parts.optimizer / 2;
    result.parts.gradients += buckets;
    result.notes.push_back(message(NABIZ_TEXT("Message",
                                       "Counted for one of %1 ranks: %2 samples of each batch, and %3 MB of buckets "
                                       "in which gradients travel."),
        std::to_string(ranks), std::to_string(samples), std::to_string((buckets + kMegabyte - 1) / kMegabyte)));
}

} // namespace

int widthOf(const std::string& dtype, bool gpu)
{
    if (dtype == "int8")
        return 1;
    if (dtype == "float32" || (dtype == "auto" && !gpu))
        return 4;
    return 2;
}

Count count(const Config& config, const Place& place)
{
    Count result;
    rehearsal::Setting setting { .model = ModelConfig::from(config), .decoder = {} };
    const std::int64_t ranks = ranksOf(config);
    setting.batch = (config.integer("training.batch_size") + ranks - 1) / ranks;
    setting.checkpointing = config.boolean("training.use_gradient_checkpointing");
    setting.heldWidth = widthOf(config.text("language.dtype"), place.gpu);
    if (setting.model.hasLanguage()) {
        auto shape = decoderConfigOf(config);
        result.isComplete = std::holds_alternative<DecoderConfig>(shape);
        if (auto* const found = std::get_if<DecoderConfig>(&shape)) {
            setting.decoder = *found;
            const auto experts = std::ranges::count(setting.model.experts, "language");
            const std::int64_t copies = setting.model.sharedLanguage ? 1 : experts * setting.model.layers;
            result.parts.languageWeights = copies * decoderBytes(*found, setting.heldWidth, place.gpu);
        } else if (config.text("language.path").empty() && config.text("language.stand_in").empty()) {
            result.notes.push_back(message(NABIZ_TEXT("Message",
                "The language model is not counted: neither language.path nor language.stand_in says what it is.")));
        } else {
            result.notes.push_back(
                message(NABIZ_TEXT("Message", "The language model is not counted: its sizes are not known.")));
            result.notes.push_back(std::get<Message>(shape));
        }
    }
    const bool asked = config.boolean("training.use_amp");
    if (asked && !place.gpu)
        result.notes.push_back(
            message(NABIZ_TEXT("Message", "Counted in float32: mixed precision (training.use_amp) needs CUDA.")));
    if (setting.model.introspection && !setting.model.causal)
        result.notes.push_back(message(NABIZ_TEXT("Message",
            "Counted with every round of introspection: without model.causal it decides by what it sees how many.")));
    const bool accumulates = config.integer("training.gradient_accumulation_steps") > 1;
    rehearsal::Tape tape(place.gpu, asked && place.gpu ? 2 : 0, accumulates);
    rehearsal::Model(tape, setting).train();
    addTensors(result.parts, tape, accumulates);
    result.arithmetic = { tape.flops().forward, tape.flops().backward, tape.flops().again };
    if (ranks > 1)
        addBuckets(result, ranks, setting.batch);
    if (place.gpu)
        result.parts.workspace += kGpuWorkspace;
    return result;
}

bool isCountable(const Config& config)
{
    for (const Parameter& row : parameterTable()) {
        if (row.key.starts_with("model.") || row.key.starts_with("training.")) {
            if (!rangeProblem(row, config.value(row.key)).empty())
                return false;
        }
    }
    return config.integer("model.d_model") % config.integer("model.n_heads") == 0;
}

} // namespace nabiz::trainer
