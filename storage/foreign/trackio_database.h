// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a database of Trackio, as they are: JSON is understood by who asks for them. Older files have no run_id,
// and the name stands for it. One thread.
#pragma once

#include "storage/foreign/foreign_database.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace nabiz::storage {

class TrackioDatabase {
public:
    struct Row {
        std::string_view run, name; // of the run: id and name
        std::string_view time; // ISO 8601
        std::int64_t step = 0;
        std::string_view json; // an object: the values of one call, or the settings
    };

    explicit TrackioDatabase(const std::filesystem::path& file)
        : m_path(file)
    {
    }
    // The settings of all runs, then the values that have come since the last call, in their order. Gives how many
    // pages could not be read. Throws StorageError.
    std::int64_t read(const std::function<void(const Row&)>& settings, const std::function<void(const Row&)>& values);

private:
    const std::filesystem::path m_path;
    std::int64_t m_row = 0; // the last of `metrics` that was read
};

} // namespace nabiz::storage
