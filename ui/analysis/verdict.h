// SPDX-License-Identifier: GPL-3.0-or-later
// Which of two was better, as values: how much sooner one reached the other's best loss, and whether the final losses
// differ by more than seeds do. The window, the command line and the report say it in their own words. Pure; the
// owner's thread.
#pragma once

#include "ui/analysis/anytime_verdict.h"
#include "ui/analysis/comparability.h"
#include "ui/analysis/compared_run.h"
#include "ui/analysis/welch.h"

namespace nabiz::ui {

struct Verdict {
    std::size_t baseline = 0, other = 1; // indices of entries
    LossBasis basis = LossBasis::Validation;
    std::optional<Obstacle> obstacle; // why their losses say nothing of each other: then nothing below is there
    std::optional<SpeedUp> speed; // the other reaches the baseline's best
    std::optional<SpeedUp> reverse; // where it does not: the baseline reaches the other's
    Judgement judgement = Judgement::OneSeed;
    std::optional<Interval> interval; // of the final loss, other − baseline
    // Runs that count: ended as planned, with a finite final loss, each seed once.
    std::size_t baselineSeeds = 0, otherSeeds = 0;
    std::size_t leftOut = 0; // that do not
    std::optional<AnytimeVerdict> anytime; // while they still come in, and however often it is looked at
};

// None below two entries, and where neither has a loss.
std::optional<Verdict> verdictOn(const std::vector<ComparedEntry>& entries, std::size_t other);
// The entry with the lowest final loss among those behind the baseline; 1 where none has any.
std::size_t strongestOther(const std::vector<ComparedEntry>& entries);

// Final losses of the runs that count.
std::vector<double> finalLosses(const ComparedEntry& entry, LossBasis basis);

} // namespace nabiz::ui
