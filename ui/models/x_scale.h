// SPDX-License-Identifier: GPL-3.0-or-later
// Where a sample stands on a chart's x axis: by batch, step, epoch or time, as a value that a curve carries with it,
// since two runs over each other differ in all of it. Every unit rises with what was recorded, so that a chart may
// search by halving. Pure; any thread.
#pragma once

#include <vector>

namespace nabiz::ui {

struct RunDetail;

enum class XUnit {
    Batch,
    Step, // optimizer steps
    Epoch, // passes over the training text
    Time, // seconds since the start, without pauses
    TimeWithPauses, // seconds since the start, as a clock on the wall counts them
    WallTime // seconds since 1970, UTC; shown as local date and time
};
bool isTime(XUnit unit);
// As the settings keep it: its number. Batch where that is none.
XUnit unitOfNumber(int number);

// A stretch in which nothing was trained: a pause, or the time between two segments of a resumed run.
struct TimeBreak {
    double at = 0; // where it begins, in recorded seconds
    double recorded = 0; // how much of it the recorded time counts: all of a pause, nothing between segments
    double seconds = 0; // how long it was
    bool operator==(const TimeBreak&) const = default;
};

struct XScale {
    XUnit unit = XUnit::Batch;
    double batchesPerStep = 1;
    double batchesPerEpoch = 0; // 0 = not known
    double zero = 0; // seconds since 1970, UTC, at which the recorded time is 0; 0 = not known
    std::vector<TimeBreak> breaks; // in their order

    // `batch` counts from 0, `time` is as recorded: seconds since the start, pauses included.
    double x(double batch, double time) const;
    // What is not known has no axis.
    bool knows(XUnit unit) const;
    bool operator==(const XScale&) const = default;
};

// Of one run: its accumulation, text, start and pauses. To be drawn only where it knows(unit).
XScale xScaleOf(const RunDetail& detail, XUnit unit);
// Those that any of the runs has, in the order of the enumeration.
std::vector<XUnit> xUnitsOf(const std::vector<const RunDetail*>& runs);

} // namespace nabiz::ui
