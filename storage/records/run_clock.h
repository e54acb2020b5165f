// SPDX-License-Identifier: GPL-3.0-or-later
// What batch.time, in seconds since the run's start, is by the clock on the wall. A run that goes on counts on where
// its checkpoint stood, hours later by the clock: each stretch of it has a zero of its own, kept among the run's facts.
// Values; any thread.
#pragma once

#include "storage/records/records.h"

#include <map>
#include <string>
#include <vector>

namespace nabiz::storage {

inline constexpr const char* kTimeZero = "time.zero"; // ms since 1970 at which batch.time was 0
inline constexpr const char* kTimeStretches = "time.stretches"; // of a run that went on: "SECONDS@MS …"

struct RunClock {
    struct Stretch {
        double from = 0; // batch.time at which it begins
        double began = 0; // then, in seconds since 1970
        double zero() const { return began - from; }
        bool operator==(const Stretch&) const = default;
    };
    // At least one, in the order of the clock. A later one that begins further back has taken the place of what the one
    // before recorded behind that time.
    std::vector<Stretch> stretches;

    // Seconds since 1970.
    double at(double time) const;
};

// By the run's start where no fact tells of it, a few seconds early; from 0 where that is not known either.
RunClock clockOf(const Run& run);

using Facts = std::map<std::string, std::string>;
// Notes that batch.time is `seconds` now: 0 for a run that begins.
void beginStretch(Facts& facts, double seconds, std::int64_t nowMs);

} // namespace nabiz::storage
