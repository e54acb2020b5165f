// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as a project of Trackio, in the tables that Trackio 0.43 makes and reads: one row a batch, its metrics as JSON.
// Any thread; throws StorageError.
#pragma once

#include "storage/run_store.h"

#include <filesystem>
#include <vector>

namespace nabiz::storage {

// Into a file that is not there yet; how many points.
std::int64_t writeTrackioFile(const RunStore& store, const std::vector<RunId>& runs, const std::filesystem::path& file);
// Whether the file was written by this, and may therefore be written again.
bool isOwnTrackioFile(const std::filesystem::path& file);

} // namespace nabiz::storage
