// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/optim/grad_scaler.h"

#include <ATen/core/grad_mode.h>

namespace nabiz::trainer {

namespace {

// PyTorch's own: start, factors of growth and of retreat, and steps between growths.
constexpr double kStart = 65536;
constexpr double kGrowth = 2;
constexpr double kRetreat = 0.5;
constexpr std::int64_t kInterval = 2000;

} // namespace

GradScaler::GradScaler(bool enabled, at::Device device)
    : m_enabled(enabled)
{
    if (!enabled)
        return;
    const at::TensorOptions options = at::TensorOptions(device).dtype(at::kFloat);
    m_scale = at::full({ 1 }, kStart, options);
    m_growth = at::zeros({ 1 }, options.dtype(at::kInt));
    m_overflow = at::zeros({ 1 }, options);
}

at::Tensor GradScaler::scaled(const at::Tensor& loss) const
{
    return m_enabled ? loss * m_scale.squeeze() : loss;
}

void GradScaler::unscale(const std::vector<at::Tensor>& gradients)
{
    if (!m_enabled)
        return;
    const at::NoGradGuard guard;
    m_overflow.zero_();
    at::_amp_foreach_non_finite_check_and_unscale_(gradients, m_overflow, m_scale.reciprocal());
}

void GradScaler::update()
{
    if (m_enabled)
        at::_amp_update_scale_(m_scale, m_growth, m_overflow, kGrowth, kRetreat, kInterval);
}

} // namespace nabiz::trainer
