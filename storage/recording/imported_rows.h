// SPDX-License-Identifier: GPL-3.0-or-later
// Lays the series of an imported run side by side: points of one step and one moment share a row, as a batch of a run
// of our own does, and each series keeps its own order, whatever its steps do. Pure; any thread.
#pragma once

#include "storage/records/imported_run.h"

#include <functional>

namespace nabiz::storage {

struct ImportedRow {
    std::int64_t step = 0;
    double wall = kNoWallTime;
    std::int32_t life = 0;
    bool isFirst = true; // of its row; what follows shares it
    std::uint32_t series = 0;
    double value = 0;
};

// Calls `row` for each point, those of a row in succession.
void forEachRow(const std::vector<ImportedSeries>& series, const std::function<void(const ImportedRow&)>& row);

} // namespace nabiz::storage
