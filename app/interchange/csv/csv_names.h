// SPDX-License-Identifier: GPL-3.0-or-later
// What a run in a CSV file is called, and the settings that its writer keeps in a file beside it: the names of neither
// stand in the rows. Any thread.
#pragma once

#include "storage/records/imported_run.h"

#include <filesystem>

namespace nabiz::app {

// Lightning keeps a run's settings in hparams.yaml beside metrics.csv, Ultralytics in args.yaml.
void describeCsvRun(storage::ImportedRun& run, const std::filesystem::path& file);

} // namespace nabiz::app
