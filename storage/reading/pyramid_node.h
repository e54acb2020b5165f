// SPDX-License-Identifier: GPL-3.0-or-later
// A pyramid's blobs as they lie in its table: columns of numbers, and nodes of nine; schema_3.sql says what each is.
// The connection's thread.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <vector>

namespace nabiz::storage {

enum NodeField {
    Minimum,
    Maximum,
    Sum,
    Finite,
    NonFinite,
    MinimumBatch,
    MinimumTime,
    MaximumBatch,
    MaximumTime,
    Fields
};
using Node = std::array<double, Fields>;

template <typename T> void appendBlob(std::vector<T>& values, const SQLite::Column& column)
{
    const auto count = static_cast<std::size_t>(column.getBytes()) / sizeof(T);
    if (count == 0)
        return;
    const auto size = values.size();
    values.resize(size + count);
    std::memcpy(values.data() + size, column.getBlob(), count * sizeof(T));
}

} // namespace nabiz::storage
