// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/recompute.h"

#include "trainer/model/layers/autocast.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace nabiz::trainer {

namespace {

using torch::autograd::variable_list;

// The random numbers that LibTorch draws on a GPU; a CPU's masks come from the pass.
at::Tensor randomState(at::Device device)
{
    return device.is_cpu() ? at::Tensor() : at::globalContext().defaultGenerator(device).get_state();
}

void setRandomState(at::Device device, const at::Tensor& state)
{
    if (state.defined()) {
        at::Generator generator = at::globalContext().defaultGenerator(device);
        generator.set_state(state);
    }
}

struct Recomputation : torch::CustomClassHolder {
    Recomputation(Part run, Pass replay)
        : part(std::move(run))
        , pass(std::move(replay))
    {
    }
    Part part;
    Pass pass;
    at::Tensor random;
};

at::Tensor likeInput(const at::Tensor& saved)
{
    if (!saved.defined())
        return saved;
    at::Tensor input = saved.detach();
    input.set_requires_grad(saved.requires_grad());
    return input;
}

class CheckpointFunction : public torch::autograd::Function<CheckpointFunction> {
public:
    static variable_list forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
        const std::optional<at::Tensor>& past, const c10::intrusive_ptr<Recomputation>& again, Pass* pass)
    {
        const at::Tensor before = past.value_or(at::Tensor());
        context->save_for_backward({ x, before });
        context->saved_data["again"] = c10::IValue::make_capsule(again);
        again->random = randomState(x.device());
        const PartOutput output = again->part(x, before, *pass);
        Autocast::forgetCopies(x.device().type());
        return { output.x, output.balance };
    }

    static variable_list backward(torch::autograd::AutogradContext* context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const auto again = c10::static_intrusive_pointer_cast<Recomputation>(context->saved_data["again"].toCapsule());
        const at::Tensor x = likeInput(saved[0]), past = likeInput(saved[1]);
        const at::Device device = x.device();
        const at::Tensor random = randomState(device);
        setRandomState(device, again->random);
        PartOutput output;
        {
            const at::AutoGradMode mode(true);
            const Autocast autocast(device.type(), again->pass.autocast());
            Pass pass = again->pass;
            output = again->part(x, past, pass);
        }
        setRandomState(device, random);

        variable_list ends, endGradients;
        for (const auto& [end, gradient] : { std::pair(output.x, gradients[0]), { output.balance, gradients[1] } }) {
            if (end.requires_grad() && gradient.defined()) {
                ends.push_back(end);
                endGradients.push_back(gradient);
            }
        }
        torch::autograd::backward(ends, endGradients);
        // What was kept for it is needed no more, and the graph lives on.
        context->saved_data.erase("again");
        return { x.grad(), past.defined() ? past.grad() : at::Tensor(), at::Tensor(), at::Tensor() };
    }
};

} // namespace

PartOutput checkpointed(const Part& part, const at::Tensor& x, const at::Tensor& past, Pass& pass)
{
    if (!at::GradMode::is_enabled())
        return part(x, past, pass);
    const auto again = c10::make_intrusive<Recomputation>(part, pass.replay());
    const auto given = past.defined() ? std::optional(past) : std::nullopt;
    const variable_list outputs = CheckpointFunction::apply(x, given, again, &pass);
    pass.endKeeping();
    return { outputs[0], outputs[1] };
}

} // namespace nabiz::trainer
