// SPDX-License-Identifier: GPL-3.0-or-later
// Names of runs.
// Any thread; reads the database.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nabiz::app {

// Digits alone are an id, so they cannot be a name.
bool looksLikeId(std::string_view name);

// `base` when no run of the database is called so, else base-2, base-3 … Throws StorageError.
std::string freeRunName(const std::filesystem::path& database, const std::string& base);

} // namespace nabiz::app
