// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch's chart of memory shows: on a GPU what the allocator holds and what others do, on a CPU tensors and the
// process; and what the peak is made of. Reads the catalogue, draws nothing. GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"

namespace nabiz::ui {

// A part of the peak, and its colour.
struct LedgerPart {
    QString name;
    double bytes = 0;
    QColor color;
};

// In the order in which they are stacked; empty where the run has no ledger.
std::vector<LedgerPart> ledgerParts(const RunDetail& detail);

// With `ledger` the area under the peak in its parts.
PlotContent memoryContent(
    const RunCatalog& catalog, storage::RunId current, const WatchOptions& options, bool ledger = false);

} // namespace nabiz::ui
