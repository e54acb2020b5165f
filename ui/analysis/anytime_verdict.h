// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of two groups at this moment, while runs and seeds still come in, and however often it is asked: at
// the evaluation that the most seeds have reached, by the interval of anytime.h. Pure; the owner's thread.
#pragma once

#include "ui/analysis/anytime.h"
#include "ui/analysis/compared_run.h"

namespace nabiz::ui {

struct AnytimeVerdict {
    std::optional<Interval> interval; // of the loss, other − baseline; none while so few seeds can tell nothing
    Judgement judgement = Judgement::CannotTell;
    std::size_t baselineSeeds = 0, otherSeeds = 0; // that have come so far, those that still train included
    std::size_t look = 1, looks = 1; // the evaluation that it rests on, of how many
    std::optional<std::size_t> seedsNeeded; // a side, for a difference of this size
};

// None below two seeds a side.
std::optional<AnytimeVerdict> anytimeVerdict(const ComparedEntry& one, const ComparedEntry& other, LossBasis basis);

} // namespace nabiz::ui
