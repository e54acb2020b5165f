// SPDX-License-Identifier: GPL-3.0-or-later
// A tensor out of a safetensors file, where LibTorch-free views of its bytes become weights.
// Training thread only.
#pragma once

#include "trainer/data/safetensors.h"

#include <ATen/ATen.h>

namespace nabiz::trainer {

// F16, BF16 or F32, on the CPU: the file's bytes in place where they are aligned (valid as long as the file is open,
// not to be written), else a copy.
at::Tensor savedTensor(const TensorView& view);
// Whether savedTensor takes the type.
bool isWeightType(Dtype dtype);

} // namespace nabiz::trainer
