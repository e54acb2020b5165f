// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs are repeats of one another: every setting equal but training.seed, on the same text. Names, tags, notes
// and facts of the machine do not count. The same seed again is no repeat: it would be the same run twice. Pure; any
// thread.
#pragma once

#include "ui/analysis/compared_run.h"

namespace nabiz::ui {

inline constexpr const char* kSeedKey = "training.seed";

// Whether a run could have come to something else with another value of it. What is noted beside a run, and what is
// done after a crash, tell runs apart without making them other experiments.
bool bearsOnResult(const std::string& key);

// As applied; where one of the two is not prepared yet, as declared, since what it declares as "auto" is not known.
// Runs without settings (references, other trackers' files), or whose text has another fingerprint, are nobody's
// repeat.
bool differOnlyInSeed(const ComparedRun& one, const ComparedRun& other);

struct SeedGroup {
    std::string name; // what the names of its runs begin with; of a single run, its name
    std::vector<std::size_t> members; // indices, in the order given
};
// Every run in one group, in the order of each group's first; each seed once in a group.
std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs);

// "quick" of "quick s1" and "quick s2".
std::string commonStem(const std::vector<std::string>& names);

} // namespace nabiz::ui
