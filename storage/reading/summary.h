// SPDX-License-Identifier: GPL-3.0-or-later
// A run's figures, computed from all of its points, and the table that keeps them once the run has ended.
// The connection's thread.
#pragma once

#include "storage/reading/batch_index.h"
#include "storage/records/records.h"

namespace nabiz::storage {

Summary computeSummary(SQLite::Database& database, RunId run, const BatchIndex& index);
void storeSummary(SQLite::Database& database, RunId run, const Summary& summary);

// Median of the numbers at batch 3 and later: the first three warm caches and allocators up. None when there are none.
std::optional<double> medianAfterThird(const Series& series);

} // namespace nabiz::storage
