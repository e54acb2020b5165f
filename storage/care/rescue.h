// SPDX-License-Identifier: GPL-3.0-or-later
// Saves what can be read of a damaged database into a new one, page by page, since SQLite itself gives up at the first
// broken one. The damaged file and its log are only read. What is derived from the points is left out: Nabız makes it
// anew. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::storage {

struct RescuedTable {
    std::string name;
    std::int64_t rows = 0; // that the new database holds
    std::int64_t lostPages = 0; // at least: what hung below them, and was not found again, is not counted
    std::int64_t lostRows = 0; // broken, on pages that can be read
};

struct Rescue {
    std::int64_t bytes = 0;
    std::int64_t runs = 0;
    std::int64_t points = 0;
    std::vector<RescuedTable> tables;
    std::int64_t strayPages = 0; // with rows of which none tells whose they are
    std::int64_t namedRuns = 0; // whose own row is lost; what else is known of them is kept under it
    std::int64_t filledBatches = 0; // whose row is lost: place and time are estimated from those around them
    std::int64_t homeless = 0; // rows whose run or metric is lost

    bool isWhole() const;
};

// Into `aside`, an empty file. std::nullopt: stopped. Throws StorageError, of kind NotADatabase where nothing is found.
std::optional<Rescue> rescue(
    const std::filesystem::path& damaged, const std::filesystem::path& aside, const std::stop_token& stop);

} // namespace nabiz::storage
