// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/initial_weights.h"

#include "trainer/base/train_error.h"
#include "trainer/model/layers/saved_tensor.h"

#include <ATen/core/grad_mode.h>

#include <set>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kListed = 10; // differences that a sentence holds

std::string shapeText(at::IntArrayRef shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " × ") + std::to_string(size);
    return "(" + text + ")";
}

std::vector<std::string> differencesOf(const SafetensorsFile& file, const Weights& weights)
{
    std::vector<std::string> differences;
    std::set<std::string> left;
    for (const TensorView& view : file.tensors())
        left.insert(view.name);
    for (const NamedTensor& entry : weights.all()) {
        const TensorView* const view = file.find(entry.name);
        left.erase(entry.name);
        if (!view)
            differences.push_back(entry.name + " is missing");
        else if (at::IntArrayRef(view->shape) != entry.tensor.sizes())
            differences.push_back(
                entry.name + " is " + shapeText(view->shape) + ", not " + shapeText(entry.tensor.sizes()));
        else if (!isWeightType(view->dtype))
            differences.push_back(entry.name + " is of type " + std::string(dtypeName(view->dtype)));
    }
    for (const std::string& name : left)
        differences.push_back(name + " is not in the model");
    return differences;
}

} // namespace

void startFrom(const std::filesystem::path& path, const Weights& weights)
{
    const SafetensorsFile file = SafetensorsFile::open(path);
    const auto differences = differencesOf(file, weights);
    if (!differences.empty()) {
        std::string listed;
        for (std::size_t i = 0; i < std::min(differences.size(), kListed); ++i)
            listed += (i == 0 ? "" : "; ") + differences[i];
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "The weights in %1 are not those of this model, in %2 tensors: %3. Set the model's "
                        "settings as they were when the file was written, or leave model.init empty."),
                path.string(), std::to_string(differences.size()),
                listed + (differences.size() > kListed ? "; …" : "")));
    }
    for (const TensorView& view : file.tensors()) {
        if (!allFinite(view))
            throw TrainError(TrainErrorKind::BadInput,
                message(NABIZ_TEXT("Message",
                            "The weights %1 in %2 hold NaN or infinite numbers: take the file of a run "
                            "that did not diverge, or leave model.init empty."),
                    view.name, path.string()));
    }
    const at::NoGradGuard guard;
    for (const NamedTensor& entry : weights.all())
        entry.tensor.copy_(savedTensor(file.at(entry.name)));
}

} // namespace nabiz::trainer
