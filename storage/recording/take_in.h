// SPDX-License-Identifier: GPL-3.0-or-later
// Brings what was set aside (side_file.h) into the database it belongs to, each file once: a mark in the run's log,
// written in the same transaction, says that it is done. Whoever opens the database does it first, readers too. Any
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace nabiz::storage {

struct TakenIn {
    std::int64_t batches = 0;
    std::string waiting; // why some of it could not be brought in now; empty: nothing waits
};

TakenIn takeIn(const std::filesystem::path& database);

} // namespace nabiz::storage
