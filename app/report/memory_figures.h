// SPDX-License-Identifier: GPL-3.0-or-later
// A run's memory: what was predicted for its settings, the most it took, and what it took once it ran steadily.
// Pure but for the look at language.path's config.json; any thread.
#pragma once

#include "app/report/report.h"

namespace nabiz::app {

// In bytes. Predicted and, on a GPU, the others too are of tensors; on a CPU the whole process is measured.
struct MemoryFigures {
    std::optional<double> predicted, peak;
    std::optional<double> steady; // the median over the second half of the run
    bool isOfProcess = false;
};

MemoryFigures memoryFigures(const ReportRun& run);
// What a run holds between batches: memory.allocated, on a CPU memory.process. nullptr when neither was recorded.
const ui::RunSeries* heldMemory(const ReportRun& run);
// The settings as applied, where that is known.
trainer::Config configOf(const ReportRun& run);
// The median of the finite values of samples [first, last).
std::optional<double> medianOf(const ui::RunSeries& series, std::size_t first, std::size_t last);

} // namespace nabiz::app
