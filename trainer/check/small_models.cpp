// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/check/small_models.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <cmath>
#include <string_view>

namespace nabiz::trainer {

namespace {

// Choices between experts or rounds that hang by a hair fall otherwise where sums are rounded otherwise. Here block i
// clearly prefers the experts 2i and 2i + 1, and introspection clearly corrects, or clearly does not. The memory is
// written by the states of the largest norms: gains that differ tell apart what the encoder's norm has made alike.
void settleChoices(const Agiformer& model, bool corrects)
{
    const at::NoGradGuard guard;
    const auto experts = static_cast<std::int64_t>(model.config().experts.size());
    for (const NamedTensor& entry : model.weights().all()) {
        const at::Tensor& tensor = entry.tensor;
        if (model.config().memory && entry.name == "encoder.norm2.weight")
            tensor.copy_(at::linspace(0.1, 2, tensor.numel()));
        const bool judges = entry.name.find(".introspection.error.out.") != std::string::npos
            || entry.name.find(".introspection.decision.out.") != std::string::npos;
        if (judges && entry.name.ends_with(".bias"))
            tensor.fill_(corrects ? 2 : -2);
        if (entry.name.ends_with(".weight") && (judges || (experts > 2 && entry.name.ends_with(".moe.router.weight"))))
            tensor.mul_(0.1);
        if (experts > 2 && entry.name.ends_with(".moe.router.bias")) {
            const std::int64_t block = std::stoll(entry.name.substr(std::string_view("blocks.").size()));
            for (std::int64_t i = 2 * block; i < 2 * block + 2; ++i)
                tensor[i % experts].fill_(2 + 0.2 * static_cast<double>(i % 2));
        }
    }
}

} // namespace

Draws::Draws(std::uint64_t seed, at::Device device)
    : m_generator(at::detail::createCPUGenerator(seed))
    , m_device(device)
{
}

at::Tensor Draws::normal(at::IntArrayRef shape)
{
    return at::empty(shape, at::kFloat).normal_(0, 1, m_generator).to(m_device);
}

at::Tensor Draws::ids(std::int64_t count)
{
    return at::empty({ kCheckSamples, kCheckLength }, at::kLong).random_(1, count, m_generator).to(m_device);
}

ModelConfig smallModel(bool causal, std::vector<std::string> experts, std::int64_t layers)
{
    ModelConfig config;
    config.size = 64;
    config.heads = 2;
    config.inner = 128;
    config.length = kCheckLength + 1;
    config.memorySlots = 64;
    config.layers = layers;
    config.causal = causal;
    config.experts = std::move(experts);
    return config;
}

DecoderConfig smallDecoder(Architecture architecture)
{
    DecoderConfig config;
    config.architecture = architecture;
    config.hidden = 64;
    config.layers = 2;
    config.heads = 4;
    config.kvHeads = 2;
    config.headSize = 32;
    config.intermediate = 128;
    config.attentionBias = architecture == Architecture::Qwen2;
    if (architecture == Architecture::Llama)
        config.ropeScaling = RopeScaling { .originalLength = 64 };
    return config;
}

std::shared_ptr<const Decoder> makeSmallDecoder(const DecoderConfig& config, at::ScalarType held, at::Device device)
{
    const auto draws = std::make_shared<Draws>(kCheckSeed, at::kCPU);
    const auto source = [draws](const std::string& name, at::IntArrayRef shape) {
        const at::Tensor drawn = draws->normal(shape);
        if (shape.size() == 2)
            return drawn / std::sqrt(static_cast<double>(shape[1]));
        return drawn * 0.2 + (name.ends_with(".bias") ? 0.0 : 1.0);
    };
    return std::make_shared<const Decoder>(config, source, held, device);
}

std::unique_ptr<Agiformer> makeSmallModel(
    const ModelConfig& config, bool corrects, at::ScalarType held, at::Device device)
{
    auto model = std::make_unique<Agiformer>(
        config, kCheckSeed, device, [&] { return makeSmallDecoder(smallDecoder(Architecture::Qwen3), held, device); });
    settleChoices(*model, corrects);
    return model;
}

} // namespace nabiz::trainer
