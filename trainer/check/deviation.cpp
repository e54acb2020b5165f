// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/check/deviation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::trainer {

namespace {

constexpr double kSmallestShare = 1e-2; // of the largest gradient's norm
constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Largest {
    double difference = 0;
    std::string name;

    // NaN is larger than any number.
    void take(double other, const std::string& tensor)
    {
        if (std::isnan(difference) || !(std::isnan(other) || name.empty() || other > difference))
            return;
        difference = other;
        name = tensor;
    }
};

double sizeOf(const at::Tensor& tensor)
{
    return tensor.norm().item<double>();
}

Largest largestDifference(
    const std::vector<NamedTensor>& computed, const std::vector<NamedTensor>& reference, double smallestShare)
{
    double floor = 0;
    for (const NamedTensor& entry : reference)
        floor = std::max(floor, smallestShare * sizeOf(entry.tensor));
    Largest largest;
    if (computed.size() != reference.size() || reference.empty())
        largest.take(kInfinite, "another number of tensors");
    for (std::size_t i = 0; i < std::min(computed.size(), reference.size()); ++i) {
        const at::Tensor &ours = computed[i].tensor, &theirs = reference[i].tensor;
        const bool same = computed[i].name == reference[i].name && ours.sizes() == theirs.sizes();
        largest.take(same ? sizeOf(ours - theirs) / std::max(sizeOf(theirs), floor) : kInfinite, reference[i].name);
    }
    return largest;
}

} // namespace

NamedTensor Computed::copied(const std::string& name, const at::Tensor& tensor)
{
    return { name, tensor.detach().to(at::kCPU).to(at::kDouble, false, true) };
}

void Computed::addGradients(const std::vector<NamedTensor>& leaves)
{
    for (const NamedTensor& leaf : leaves) {
        if (leaf.tensor.grad().defined())
            gradients.push_back(copied(leaf.name, leaf.tensor.grad()));
    }
}

Deviation deviationOf(const Computed& computed, const Computed& reference)
{
    const Largest output = largestDifference(computed.outputs, reference.outputs, 0);
    const Largest gradient = largestDifference(computed.gradients, reference.gradients, kSmallestShare);
    const bool ofOutput = std::isnan(output.difference) || output.difference > gradient.difference;
    return { output.difference, gradient.difference, ofOutput ? output.name : "gradient of " + gradient.name };
}

} // namespace nabiz::trainer
