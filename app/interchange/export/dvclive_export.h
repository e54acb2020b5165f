// SPDX-License-Identifier: GPL-3.0-or-later
// A run as a folder of DVCLive: a TSV a metric, its last values, its parameters.
// Main thread; throws TrainError and StorageError.
#pragma once

#include "storage/run_store.h"

#include <filesystem>

namespace nabiz::app {

// Into the folder, which is the run's own; how many points.
std::int64_t exportDvclive(
    const storage::RunStore& store, const storage::Run& run, const std::filesystem::path& folder);

} // namespace nabiz::app
