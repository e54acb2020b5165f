// SPDX-License-Identifier: GPL-3.0-or-later
// Where a run that had ended was gone on with: from which batch, when, after how long, with which settings changed.
// Pure; any thread.
#pragma once

#include "app/report/report.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nabiz::app {

struct Stretch {
    struct Change {
        std::string key, after, before;
    };
    std::int64_t firstBatch = 0;
    std::int64_t began = 0; // ms since 1970
    // Seconds from the last batch that was kept to the first of this one: nothing that counts was trained meanwhile.
    double stoodStill = 0;
    std::vector<Change> changes;
};

// Without the first: none of a run that went through.
std::vector<Stretch> laterStretches(const ReportRun& run);

} // namespace nabiz::app
