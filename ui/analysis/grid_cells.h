// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as the cells of a grid: which settings vary among them, what each combination came to over its seeds, and which
// was best. Declared settings count: what "auto" came to follows from others. Pure; any thread.
#pragma once

#include "storage/records/records.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

struct GridRun {
    const storage::RunOverview* overview = nullptr;
    const std::vector<storage::Parameter>* parameters = nullptr;
};

struct GridCell {
    std::vector<std::string> values; // one a key
    std::vector<storage::RunId> runs;
    std::size_t counted = 0; // runs whose loss is in the mean
    std::size_t live = 0; // of them or beside them, that wait or train
    std::size_t lost = 0; // failed or diverged: no loss of theirs counts
    std::optional<double> mean;
    std::optional<double> half; // of the 95 % interval of the mean over the seeds; none of a single one
};

struct GridCells {
    std::vector<std::string> keys; // that vary, in the order of the table; the seed is none
    std::vector<GridCell> cells; // by their values, the last key the fastest
    bool isValidation = false; // the loss is the best of validation, else the mean of the last batches
    std::optional<std::size_t> best, second; // the lowest means of those without a run that is live
    bool canTell = false; // by Welch, that the best is better than the second
};

GridCells gridCells(const std::vector<GridRun>& runs);

// As numbers where all are, else in the order in which they came.
std::vector<std::string> valuesOf(const GridCells& grid, std::size_t key);

} // namespace nabiz::ui
