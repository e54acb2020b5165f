// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/optim/adamw.h"

#include <ATen/core/grad_mode.h>

namespace nabiz::trainer {

AdamW::AdamW(std::vector<NamedTensor> trained, const Settings& settings)
    : m_settings(settings)
    , m_trained(std::move(trained))
{
    for (const NamedTensor& entry : m_trained) {
        m_first.push_back(at::zeros_like(entry.tensor));
        m_second.push_back(at::zeros_like(entry.tensor));
        m_counters.push_back(at::zeros({}, entry.tensor.options()));
        for (const at::Tensor& state : { m_first.back(), m_second.back(), m_counters.back() })
            state.set_requires_grad(false);
    }
}

std::vector<at::Tensor> AdamW::gradients() const
{
    std::vector<at::Tensor> result;
    for (const NamedTensor& entry : m_trained) {
        if (entry.tensor.grad().defined())
            result.push_back(entry.tensor.grad());
    }
    return result;
}

at::Tensor AdamW::clip(double maximum)
{
    const at::NoGradGuard guard;
    const std::vector<at::Tensor> all = gradients();
    const at::Tensor norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(all, 2)), 2);
    if (maximum > 0)
        at::_foreach_mul_(all, at::clamp_max(maximum / (norm + 1e-6), 1));
    return norm;
}

void AdamW::step(double rate, const at::Tensor& overflow)
{
    const at::NoGradGuard guard;
    std::vector<at::Tensor> values, grads, first, second, counters;
    for (std::size_t i = 0; i < m_trained.size(); ++i) {
        if (!m_trained[i].tensor.grad().defined())
            continue;
        values.push_back(m_trained[i].tensor);
        grads.push_back(m_trained[i].tensor.grad());
        first.push_back(m_first[i]);
        second.push_back(m_second[i]);
        counters.push_back(m_counters[i]);
    }
    at::_foreach_add_(counters, 1);
    at::_fused_adamw_(values, grads, first, second, {}, counters, rate, m_settings.beta1, m_settings.beta2,
        m_settings.weightDecay, m_settings.epsilon, false, false, {},
        overflow.defined() ? std::optional(overflow) : std::nullopt);
    if (overflow.defined())
        at::_foreach_sub_(counters, std::vector<at::Tensor>(counters.size(), overflow.squeeze()));
    ++m_stepCount;
}

void AdamW::clearGradients()
{
    for (const NamedTensor& entry : m_trained)
        entry.tensor.mutable_grad().reset();
}

} // namespace nabiz::trainer
