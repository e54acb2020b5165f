// SPDX-License-Identifier: GPL-3.0-or-later
// A run as CSV: batch, time, then metrics by name; a row a batch, an empty cell where a metric has no value there.
// Numbers have the shortest digits that read back the same in the type recorded, in every locale.
#pragma once

#include "storage/run_store.h"
#include "trainer/base/output_file.h"

#include <vector>

namespace nabiz::app {

// Returns how many rows below the header were written.
std::int64_t writeRunCsv(const storage::RunStore& store, storage::RunId run,
    const std::vector<storage::Metric>& metrics, trainer::OutputFile& file);

} // namespace nabiz::app
