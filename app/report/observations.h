// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a run from its points alone, each sentence by a rule with its thresholds named here: a person can
// check it, and a test does. `observe` gives sentences of Markdown in the text's language. Pure; any thread.
#pragma once

#include "app/report/report.h"

namespace nabiz::app {

namespace rules {

// Loss. The finite training losses are parted into kWindows stretches of one length, in order; fewer than kFewest
// losses say nothing. Of each stretch the median counts, so that a noisy batch does not.
inline constexpr std::size_t kFewest = 40;
inline constexpr std::size_t kWindows = 20;
// Falling: the last median is more than this below the one kLookBack stretches before it; rising: above. Flat since a
// batch: from the stretch that begins there on, every median is this near the last one, for kLookBack stretches or
// more.
inline constexpr double kNear = 0.05;
inline constexpr std::size_t kLookBack = 5;
// Came up again: the last median is more than this many times the lowest one.
inline constexpr double kRebound = 2;
// A spike: a finite loss this many times the median of the kSpikeBefore losses before its block of kSpikeBlock, and
// further above it than kSpikeDeviations times their median absolute deviation.
inline constexpr std::size_t kSpikeBlock = 25, kSpikeBefore = 50;
inline constexpr double kSpikeTimes = 1.5, kSpikeDeviations = 12;
// Validation got worse: the last validation loss is more than this above the lowest, two evaluations or more after it.
inline constexpr double kWorse = 0.05;

// Memory, held between batches (memory.allocated, on a CPU memory.process), in the second half of a run of kFewest
// batches or more: growing where the median of its last fifth is above that of its first fifth by more than this share
// and this many bytes, else steady.
inline constexpr double kGrowth = 0.02, kGrowthBytes = 16e6;
// The prediction, on a GPU: right where the measured peak is this near to it.
inline constexpr double kPredicted = 0.10;

// A standstill: between two batches more time passed than this many seconds and this many times the median of a batch.
inline constexpr double kStandstill = 30, kStandstillTimes = 20;

} // namespace rules

std::vector<std::string> observe(const ReportRun& run, const ReportText& text);

// The parts of it.
std::vector<std::string> observeLoss(const ReportRun& run, const ReportText& text);
std::vector<std::string> observeMemory(const ReportRun& run, const ReportText& text);
std::vector<std::string> observeCourse(const ReportRun& run, const ReportText& text);

} // namespace nabiz::app
