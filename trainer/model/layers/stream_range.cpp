// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/stream_range.h"

#include "trainer/model/layers/product.h"

#include <ATen/autocast_mode.h>

namespace nabiz::trainer {

namespace {

// Room for the sums of a product above its largest input, and for rounding below it.
constexpr double kRoom = 64;

} // namespace

bool castsToHalf(at::Device device)
{
    return at::autocast::is_autocast_enabled(device.type())
        && at::autocast::get_autocast_dtype(device.type()) == at::kHalf;
}

at::Tensor unitScale(const at::Tensor& x)
{
    return x.detach().to(at::kFloat).abs().amax().clamp_min(1).reciprocal();
}

at::Tensor streamProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias)
{
    if (!castsToHalf(x.device()))
        return product(x, weight, bias);
    const at::Tensor scale = (unitScale(x) * kRoom).clamp_max(1); // 1 up to kRoom
    const at::Tensor y = product(x.to(at::kFloat) * scale, weight).to(at::kFloat) / scale;
    return bias.defined() ? y + bias : y;
}

} // namespace nabiz::trainer
