// SPDX-License-Identifier: GPL-3.0-or-later
// Whether more seeds can be run for what is compared, and of which of its columns. Reads the catalogue.
// GUI thread.
#pragma once

#include "ui/models/comparison.h"

#include <QString>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

struct SeedsOffer {
    bool useful = false; // a side has one seed, or the seeds differ as much as the runs do
    int waiting = 0; // runs of these that have not ended
    QString reason; // why not; empty when they can be run
};

// The columns that two more seeds each would settle.
std::vector<std::size_t> columnsToSeed(const Comparison& shown);
SeedsOffer seedsOffer(const RunCatalog& catalog, const Comparison& shown);

} // namespace nabiz::ui
