// SPDX-License-Identifier: GPL-3.0-or-later
// The trained tensors of a model, by the names under which they are saved. Layers ask for theirs when they are built;
// the registry starts each from one seeded stream, so that a seed and a configuration give the same model everywhere.
// Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct NamedTensor {
    std::string name;
    at::Tensor tensor;
};

class Weights {
public:
    // `interrupted` is asked before each tensor and throws to end the work.
    Weights(std::uint64_t seed, at::Device device, std::function<void()> interrupted = {});

    // Xavier-uniform. Further dimensions than two (a convolution's) count to both fans.
    at::Tensor matrix(const std::string& name, at::IntArrayRef shape);
    // Uniform in ±1/√fanIn, as the field's linear layers start.
    at::Tensor bias(const std::string& name, std::int64_t size, std::int64_t fanIn);
    at::Tensor constant(const std::string& name, std::int64_t size, double value);
    // Standard normals, saved with the weights and never trained.
    at::Tensor fixedNormals(const std::string& name, at::IntArrayRef shape);
    // Takes no gradient from now on, and is not decayed.
    void freeze(const at::Tensor& tensor);

    const std::vector<NamedTensor>& all() const { return m_all; }
    std::vector<NamedTensor> trained() const;
    std::int64_t elements() const;
    std::int64_t trainedElements() const;

private:
    at::Tensor add(const std::string& name, at::Tensor tensor);

    at::Generator m_generator;
    at::Device m_device;
    std::function<void()> m_interrupted;
    std::vector<NamedTensor> m_all;
};

} // namespace nabiz::trainer
