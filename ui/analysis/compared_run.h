// SPDX-License-Identifier: GPL-3.0-or-later
// What is compared: runs, or several runs that differ only in their seed taken together, and the losses that "best",
// "final" and "reached" rest on: the validation loss where all have one, else the mean of the last k training losses.
// Pure; the owner's thread.
#pragma once

#include "storage/records/records.h"
#include "ui/analysis/loss_track.h"

#include <string>
#include <vector>

namespace nabiz::ui {

// A loss with its track, which has taken all of its points. Both null where the run has no such metric.
struct LossSeries {
    const Points* points = nullptr;
    const LossTrack* track = nullptr;
    explicit operator bool() const { return points && points->size() > 0; }
};

struct ComparedRun {
    const storage::RunOverview* overview = nullptr;
    const std::vector<storage::Parameter>* parameters = nullptr;
    LossSeries loss, validation;
    const Points* memory = nullptr; // memory.peak, else memory.process
    // Medians of a run that goes on, whose summary has none yet.
    std::optional<double> batchSeconds = {}, tokensPerSecond = {};
    std::string lossUnit = {}, validationUnit = {}; // empty where it is not known

    // What was applied, or where that is not known yet, declared; empty for an unknown key.
    std::string parameter(const std::string& key) const;
};

// One run, or the runs of a seed group with the curve of their mean.
struct ComparedEntry {
    std::string name;
    std::vector<ComparedRun> members;
    LossSeries loss, validation;
    bool isGroup() const { return members.size() > 1; }
};
ComparedEntry entryOf(const ComparedRun& run);

enum class LossBasis { Validation, MeanOfLast };
// Validation where every entry has such a loss.
LossBasis basisOf(const std::vector<ComparedEntry>& entries);
const LossSeries& lossSeries(const ComparedRun& run, LossBasis basis);
const LossSeries& lossSeries(const ComparedEntry& entry, LossBasis basis);

// Of a run without points, as one entered from a page, what its summary says; the time is then NaN.
std::optional<Mark> bestLoss(const ComparedEntry& entry, LossBasis basis);
// The loss of the last evaluation, or the mean of the last k batches. None where that is not finite.
std::optional<double> finalLoss(const ComparedRun& run, LossBasis basis);

// How much sooner `other` was at or below the best of `baseline`: batches (counted from 1) and seconds that the
// baseline took over those of the other. None where either has no loss; `reached` is none where the other never got
// there.
struct SpeedUp {
    double target = 0; // the baseline's best
    std::optional<Mark> reached; // by the other
    double batches = 0, time = 0; // above 1 = sooner; 0 = not known
};
std::optional<SpeedUp> speedUp(const ComparedEntry& baseline, const ComparedEntry& other, LossBasis basis);

} // namespace nabiz::ui
