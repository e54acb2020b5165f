// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside a run's points: the stretches it was trained in, and the reports that were written of it.
// Values; any thread.
#pragma once

#include "storage/records.h"

namespace nabiz::storage {

// Without a break; each resume begins another.
struct Segment {
    std::int64_t number = 0;
    std::int64_t firstBatch = 0;
    std::int64_t started = 0; // ms
};

struct WrittenReport {
    RunId run = 0;
    std::string folder; // absolute; it may have been moved or deleted since
    std::string language;
    std::int64_t written = 0; // ms
    std::string version; // of Nabız
};

} // namespace nabiz::storage
