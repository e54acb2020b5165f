// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/saved_tensor.h"

#include <cstring>

namespace nabiz::trainer {

namespace {

at::ScalarType scalarType(Dtype dtype)
{
    if (dtype == Dtype::F16)
        return at::kHalf;
    return dtype == Dtype::BF16 ? at::kBFloat16 : at::kFloat;
}

} // namespace

bool isWeightType(Dtype dtype)
{
    return dtype == Dtype::F16 || dtype == Dtype::BF16 || dtype == Dtype::F32;
}

at::Tensor savedTensor(const TensorView& view)
{
    const at::ScalarType type = scalarType(view.dtype);
    if (reinterpret_cast<std::uintptr_t>(view.data.data()) % c10::elementSize(type) == 0)
        return at::from_blob(const_cast<std::byte*>(view.data.data()), view.shape, type);
    at::Tensor copy = at::empty(view.shape, type);
    std::memcpy(copy.mutable_data_ptr(), view.data.data(), view.data.size());
    return copy;
}

} // namespace nabiz::trainer
