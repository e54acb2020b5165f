// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a model from saved weights: a checkpoint's model.safetensors, or any file with the same names.
// Training thread only.
#pragma once

#include "trainer/model/layers/weights.h"

#include <filesystem>

namespace nabiz::trainer {

// Copies every tensor of `file` into the one of its name. Throws TrainError{BadInput} that lists what is missing, what
// the model has not, and what is of another shape, or names one that holds NaN or infinity; TrainError{Io} for a file
// that is not whole. On an error nothing is changed.
void startFrom(const std::filesystem::path& file, const Weights& weights);

} // namespace nabiz::trainer
