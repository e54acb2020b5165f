// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the formats of other programs, and what of them lies at a path: a store, or a folder of many. A new
// format is its folder's reader and a row here. Any thread.
#pragma once

#include "app/interchange/stores/store_reader.h"

#include <span>

namespace nabiz::app {

std::span<const StoreFormat> storeFormats();

struct FoundStore {
    const StoreFormat* format = nullptr;
    std::filesystem::path path; // absolute
    std::string label;
};

// In the order of their paths. What is no store is passed by; hidden folders and links to folders are not entered, nor
// is the root of all folders.
std::vector<FoundStore> findStores(const std::filesystem::path& path);

} // namespace nabiz::app
