// SPDX-License-Identifier: GPL-3.0-or-later
// The room that a run finds when it starts. Beside the database lie its checkpoints.
// Any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <filesystem>

namespace nabiz::app {

// About what a checkpoint of such a run takes.
std::int64_t checkpointBytes(const trainer::Config& config);
// What is to be said of it; empty: there is room for a checkpoint and more.
trainer::Message roomWarning(const std::filesystem::path& database, const trainer::Config& config);
// Throws StorageError{Full} where not even the database can grow.
void refuseWithoutRoom(const std::filesystem::path& database);

} // namespace nabiz::app
