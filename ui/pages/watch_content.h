// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch's two charts show of which runs. Reads the catalogue, draws nothing.
// GUI thread.
#pragma once

#include "storage/records.h"
#include "ui/charts/plot_content.h"
#include "ui/charts/plot_text.h"

#include <vector>

namespace nabiz::ui {

class RunCatalog;
struct RunDetail;

struct WatchOptions {
    XUnit xUnit = XUnit::Batch;
    bool logY = true;
    Smoothing smoothing = kUsualSmoothing;
};

// The current run first, with its validation losses and the entropy of its text; the checked ones over it.
PlotContent lossContent(const RunCatalog& catalog, storage::RunId current, const std::vector<storage::RunId>& checked,
    const WatchOptions& options);
// On a GPU what the allocator holds and what others do, on a CPU the process.
PlotContent memoryContent(const RunCatalog& catalog, storage::RunId current, const WatchOptions& options);

QColor runColor(storage::RunId run);

} // namespace nabiz::ui
