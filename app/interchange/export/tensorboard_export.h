// SPDX-License-Identifier: GPL-3.0-or-later
// A run as an event file of TensorBoard: its parameters as hparams, a value of a batch an event. A metric whose values
// all are float32 is written as such, another one as float64 tensors: what is read back is what was recorded.
// Main thread; throws TrainError and StorageError.
#pragma once

#include "storage/run_store.h"

#include <filesystem>

namespace nabiz::app {

// Into the folder, which is the run's own; how many points.
std::int64_t exportTensorboard(
    const storage::RunStore& store, const storage::Run& run, const std::filesystem::path& folder);

} // namespace nabiz::app
