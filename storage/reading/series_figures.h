// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a metric in four numbers, so that a run of millions of batches is shown without its points in
// memory. The struct is a value; the functions on the connection's thread.
#pragma once

#include "storage/records/records.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace SQLite {
class Database;
}

namespace nabiz::storage {

class BatchIndex;

// Over the whole series, in the order recorded; what is not a number counts as a point, and may be the first and the
// last.
struct SeriesFigures {
    Metric metric;
    std::size_t points = 0;
    std::optional<double> first, least, greatest, last;

    void extend(double value)
    {
        if (std::isnan(value))
            return;
        least = std::min(least.value_or(value), value);
        greatest = std::max(greatest.value_or(value), value);
    }
    void take(double value)
    {
        ++points;
        first = first.value_or(value);
        last = value;
        extend(value);
    }
};

// Of a run that has a pyramid: without going through the points, unless some of them are not finite.
SeriesFigures packedFigures(SQLite::Database& database, const Metric& metric);
// From its rows: those on the surviving branch; without an index, all are.
SeriesFigures readFigures(SQLite::Database& database, const BatchIndex* index, const Metric& metric);

} // namespace nabiz::storage
