// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/dropout.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

// One source, compiled for the wider registers too; the loader picks. Sanitizers start too late for its resolver.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)                   \
    && !defined(__SANITIZE_ADDRESS__)
#define NABIZ_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NABIZ_WIDE
#endif

namespace nabiz::trainer {

namespace {

struct Mask {
    std::uint32_t first;
    std::uint32_t second;
    std::uint32_t begin; // number of the first element
    std::uint32_t threshold; // a hash below it drops the element
    float scale;
};

NABIZ_WIDE void applyMask(const float* input, float* output, std::uint32_t begin, std::uint32_t count, const Mask& mask)
{
    const std::uint32_t first = mask.first, second = mask.second, threshold = mask.threshold;
    const float scale = mask.scale;
    for (std::uint32_t i = 0; i < count; ++i) {
        std::uint32_t x = ((begin + i) * 0x9e3779b1u) ^ first;
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x = ((x ^ (x >> 15)) + second) * 0x846ca68bu;
        x ^= x >> 16;
        output[i] = x < threshold ? 0.0f : input[i] * scale;
    }
}

at::Tensor masked(const at::Tensor& values, const Mask& mask)
{
    const at::Tensor input = values.contiguous();
    at::Tensor output = at::empty_like(input);
    const float* from = input.const_data_ptr<float>();
    float* to = output.mutable_data_ptr<float>();
    at::parallel_for(0, input.numel(), 65536, [&](std::int64_t begin, std::int64_t end) {
        applyMask(from + begin, to + begin, mask.begin + static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(end - begin), mask);
    });
    return output;
}

class DropoutFunction : public torch::autograd::Function<DropoutFunction> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, std::int64_t key,
        std::int64_t first, double probability)
    {
        context->saved_data["key"] = key;
        context->saved_data["first"] = first;
        context->saved_data["probability"] = probability;
        return masked(x, maskOf(key, first, probability));
    }

    static torch::autograd::variable_list backward(
        torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const Mask mask = maskOf(context->saved_data["key"].toInt(), context->saved_data["first"].toInt(),
            context->saved_data["probability"].toDouble());
        return { masked(gradients[0], mask), at::Tensor(), at::Tensor(), at::Tensor() };
    }

private:
    static Mask maskOf(std::int64_t key, std::int64_t first, double probability)
    {
        const auto bits = static_cast<std::uint64_t>(key);
        return { static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32),
            static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(std::ldexp(probability, 32)),
            static_cast<float>(1.0 / (1.0 - probability)) };
    }
};

} // namespace

at::Tensor droppedOut(const at::Tensor& x, double probability, std::uint64_t key, std::uint32_t first)
{
    if (!x.device().is_cpu())
        return at::dropout(x, probability, true);
    const auto bits = static_cast<std::int64_t>(key);
    if (x.scalar_type() == at::kFloat)
        return DropoutFunction::apply(x, bits, std::int64_t { first }, probability);
    return DropoutFunction::apply(x.to(at::kFloat), bits, std::int64_t { first }, probability).to(x.scalar_type());
}

} // namespace nabiz::trainer
