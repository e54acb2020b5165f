// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/weights.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace nabiz::trainer {

Weights::Weights(std::uint64_t seed, at::Device device, std::function<void()> interrupted)
    : m_generator(at::detail::createCPUGenerator(seed))
    , m_device(device)
    , m_interrupted(std::move(interrupted))
{
}

at::Tensor Weights::matrix(const std::string& name, at::IntArrayRef shape)
{
    std::int64_t inner = 1;
    for (std::size_t i = 2; i < shape.size(); ++i)
        inner *= shape[i];
    const double bound = std::sqrt(6.0 / static_cast<double>((shape[0] + shape[1]) * inner));
    return add(name, at::empty(shape, at::kFloat).uniform_(-bound, bound, m_generator));
}

at::Tensor Weights::bias(const std::string& name, std::int64_t size, std::int64_t fanIn)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(fanIn));
    return add(name, at::empty({ size }, at::kFloat).uniform_(-bound, bound, m_generator));
}

at::Tensor Weights::constant(const std::string& name, std::int64_t size, double value)
{
    return add(name, at::full({ size }, value, at::kFloat));
}

at::Tensor Weights::fixedNormals(const std::string& name, at::IntArrayRef shape)
{
    const at::Tensor tensor = add(name, at::empty(shape, at::kFloat).normal_(0, 1, m_generator));
    freeze(tensor);
    return tensor;
}

// Starting values are drawn on the CPU, so that they do not depend on the device.
at::Tensor Weights::add(const std::string& name, at::Tensor tensor)
{
    if (m_interrupted)
        m_interrupted();
    tensor = tensor.to(m_device);
    tensor.set_requires_grad(true);
    m_all.push_back({ name, tensor });
    return tensor;
}

void Weights::freeze(const at::Tensor& tensor)
{
    tensor.set_requires_grad(false);
}

std::vector<NamedTensor> Weights::trained() const
{
    std::vector<NamedTensor> result;
    for (const NamedTensor& entry : m_all) {
        if (entry.tensor.requires_grad())
            result.push_back(entry);
    }
    return result;
}

std::int64_t Weights::elements() const
{
    std::int64_t sum = 0;
    for (const NamedTensor& entry : m_all)
        sum += entry.tensor.numel();
    return sum;
}

std::int64_t Weights::trainedElements() const
{
    std::int64_t sum = 0;
    for (const NamedTensor& entry : m_all)
        sum += entry.tensor.requires_grad() ? entry.tensor.numel() : 0;
    return sum;
}

} // namespace nabiz::trainer
