// SPDX-License-Identifier: GPL-3.0-or-later
// Compares what two computations of one thing gave, tensor by tensor.
// Training thread only.
#pragma once

#include "trainer/model/layers/weights.h"

namespace nabiz::trainer {

struct Computed {
    std::vector<NamedTensor> outputs;
    std::vector<NamedTensor> gradients;

    // A copy on the CPU, in float64.
    static NamedTensor copied(const std::string& name, const at::Tensor& tensor);
    // The gradient of each leaf that has got one.
    void addGradients(const std::vector<NamedTensor>& leaves);
};

struct Deviation {
    double output = 0;
    double gradient = 0;
    std::string worst; // by name: of what differs most
};

// ‖a − b‖ / ‖b‖ of the tensor where it is largest. A gradient is measured by its own norm, but not by less than a
// hundredth of the largest one: what is all rounding says nothing. NaN where anything is NaN, or where what is to be
// compared is nothing but zeros; infinite where a tensor is missing or has another shape.
Deviation deviationOf(const Computed& computed, const Computed& reference);

} // namespace nabiz::trainer
