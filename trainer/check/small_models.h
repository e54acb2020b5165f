// SPDX-License-Identifier: GPL-3.0-or-later
// The models that a device is checked with, drawn from fixed seeds on the CPU: small, but large enough for the fast
// paths, and without choices that hang by a hair.
// Training thread only.
#pragma once

#include "trainer/model/agiformer.h"

#include <memory>
#include <string>
#include <vector>

namespace nabiz::trainer {

inline constexpr std::uint64_t kCheckSeed = 4;
inline constexpr std::int64_t kCheckSamples = 2;
inline constexpr std::int64_t kCheckLength = 161; // odd, with several of the chunks in which parts work

// One stream of numbers from the CPU, whatever the device.
class Draws {
public:
    Draws(std::uint64_t seed, at::Device device);
    at::Tensor normal(at::IntArrayRef shape);
    at::Tensor ids(std::int64_t count);

private:
    at::Generator m_generator;
    at::Device m_device;
};

ModelConfig smallModel(bool causal, std::vector<std::string> experts, std::int64_t layers = 1);
DecoderConfig smallDecoder(Architecture architecture);
// Larger than such weights start, and gains and biases that do something: so that every one of them is seen.
std::shared_ptr<const Decoder> makeSmallDecoder(const DecoderConfig& config, at::ScalarType held, at::Device device);
// Whose introspection `corrects`, or never does; `held`: the type of the decoder's weights.
std::unique_ptr<Agiformer> makeSmallModel(
    const ModelConfig& config, bool corrects, at::ScalarType held, at::Device device);

} // namespace nabiz::trainer
