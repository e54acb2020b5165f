// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/experts/distance.h"

#include "trainer/model/layers/autocast.h"

#include <torch/csrc/autograd/custom_function.h>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kRows = 64;
// Differences one by one. By way of a product, equal states would be 1e-3 apart, and their gradient noise.
constexpr std::int64_t kExact = 2;

at::Tensor distances(const at::Tensor& x, std::int64_t begin, std::int64_t rows, std::int64_t partners)
{
    return at::cdist(x.narrow(1, begin, rows), x.narrow(1, 0, partners), 2, kExact);
}

// (rows, partners): what each distance counts.
at::Tensor sharesOf(
    std::int64_t begin, std::int64_t rows, std::int64_t partners, bool causal, const at::TensorOptions& options)
{
    if (!causal)
        return at::full({ rows, partners }, 1.0 / static_cast<double>(partners), options);
    const at::Tensor i = at::arange(begin, begin + rows, options).unsqueeze(1);
    return at::arange(0, partners, options).unsqueeze(0).le(i).to(options) / (i + 1);
}

class MeanDistance : public torch::autograd::Function<MeanDistance> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, bool causal)
    {
        const Autocast exact(x.device().type(), {});
        context->save_for_backward({ x });
        context->saved_data["causal"] = causal;
        std::vector<at::Tensor> means;
        eachChunk(x, causal, [&](std::int64_t begin, std::int64_t rows, std::int64_t partners) {
            const at::Tensor shares = sharesOf(begin, rows, partners, causal, x.options());
            means.push_back((distances(x, begin, rows, partners) * shares).sum(-1));
        });
        return at::cat(means, 1);
    }

    static torch::autograd::variable_list backward(
        torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const at::Tensor x = context->get_saved_variables()[0];
        const bool causal = context->saved_data["causal"].toBool();
        at::Tensor sum = at::zeros_like(x);
        eachChunk(x, causal, [&](std::int64_t begin, std::int64_t rows, std::int64_t partners) {
            const at::Tensor d = distances(x, begin, rows, partners);
            const at::Tensor shares = sharesOf(begin, rows, partners, causal, x.options());
            const at::Tensor weights = at::where(
                d > 0, gradients[0].narrow(1, begin, rows).unsqueeze(-1) * shares / d, at::zeros({}, x.options()));
            const at::Tensor own = x.narrow(1, begin, rows), others = x.narrow(1, 0, partners);
            sum.narrow(1, begin, rows).add_(own * weights.sum(2, true) - at::matmul(weights, others));
            sum.narrow(1, 0, partners)
                .add_(others * weights.sum(1).unsqueeze(-1) - at::matmul(weights.transpose(1, 2), own));
        });
        return { sum, at::Tensor() };
    }

private:
    template <typename Visit> static void eachChunk(const at::Tensor& x, bool causal, const Visit& visit)
    {
        const std::int64_t length = x.size(1);
        for (std::int64_t begin = 0; begin < length; begin += kRows) {
            const std::int64_t rows = std::min(kRows, length - begin);
            visit(begin, rows, causal ? begin + rows : length);
        }
    }
};

} // namespace

at::Tensor meanDistance(const at::Tensor& x, bool causal)
{
    return MeanDistance::apply(x.to(at::kFloat), causal);
}

} // namespace nabiz::trainer
