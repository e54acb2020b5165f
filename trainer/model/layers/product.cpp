// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/product.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>
#include <string_view>

namespace nabiz::trainer {

namespace {

using Pointwise = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&, std::string_view,
    c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);

// oneDNN makes a program for every new shape: sample texts, which grow by a byte at a time, stay below this.
constexpr std::int64_t kFewestRows = 256;

const std::optional<c10::TypedOperatorHandle<Pointwise>>& operation()
{
    static const auto found = []() -> std::optional<c10::TypedOperatorHandle<Pointwise>> {
        const auto handle = c10::Dispatcher::singleton().findSchema({ "mkldnn::_linear_pointwise", "" });
        if (!handle || !at::globalContext().hasMKLDNN())
            return {};
        return handle->typed<Pointwise>();
    }();
    return found;
}

at::Tensor wide(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias)
{
    return operation()->call(
        x.contiguous(), weight.contiguous(), bias, "none", c10::List<std::optional<at::Scalar>>(), "");
}

class ProductFunction : public torch::autograd::Function<ProductFunction> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
        const std::optional<at::Tensor>& bias)
    {
        context->save_for_backward({ x, weight });
        context->saved_data["bias"] = bias.has_value();
        return wide(x, weight, bias);
    }

    static torch::autograd::variable_list backward(
        torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &weight = saved[1];
        const at::Tensor gradient = gradients[0].reshape({ -1, weight.size(0) });
        at::Tensor ofX, ofWeight, ofBias;
        if (context->needs_input_grad(0))
            ofX = wide(gradient, weight.t(), {}).view(x.sizes());
        if (context->needs_input_grad(1))
            ofWeight = wide(gradient.t(), x.reshape({ -1, x.size(-1) }).t(), {});
        if (context->saved_data["bias"].toBool() && context->needs_input_grad(2))
            ofBias = gradient.sum(0);
        return { ofX, ofWeight, ofBias };
    }
};

} // namespace

at::Tensor product(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias)
{
    const bool suits = x.device().is_cpu() && x.scalar_type() == at::kFloat && x.numel() >= kFewestRows * x.size(-1)
        && operation().has_value() && !at::autocast::is_autocast_enabled(at::kCPU);
    if (!suits)
        return bias.defined() ? at::linear(x, weight, bias) : at::linear(x, weight);
    const std::optional<at::Tensor> given = bias.defined() ? std::optional(bias) : std::nullopt;
    return at::GradMode::is_enabled() ? ProductFunction::apply(x, weight, given) : wide(x, weight, given);
}

} // namespace nabiz::trainer
