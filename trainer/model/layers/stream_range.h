// SPDX-License-Identifier: GPL-3.0-or-later
// Products of the stream, which no norm holds, where autocast would cast it to float16: experts that hand their input
// on double it in every block, so that behind a dozen of them it has left that type's range (65504). It is scaled into
// the range before the cast and back behind the product, in float32. In other types nothing is done. Training thread
// only.
#pragma once

#include <ATen/ATen.h>

namespace nabiz::trainer {

// Whether products on this device are now cast to float16.
bool castsToHalf(at::Device device);

// 1 where no number of these is larger, else one over the largest; float32, on the device, without a gradient.
at::Tensor unitScale(const at::Tensor& x);

// x·Wᵀ + b; `bias` may be undefined. Where products are cast to float16 the result is float32.
at::Tensor streamProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {});

} // namespace nabiz::trainer
