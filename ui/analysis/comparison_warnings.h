// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the way of comparing runs as if nothing else differed: another text, another validation set, another
// seed, a run that has not ended, was gone on with, or did not come from here. Pure; any thread.
#pragma once

#include "ui/analysis/compared_run.h"

namespace nabiz::ui {

enum class ComparisonWarning {
    OtherData, // the fingerprint of the text, or where it is not known, its path
    OtherValidation, // the validation text, or what of it is evaluated
    OtherSeed, // single runs only: groups are there to settle that
    NotFinished,
    WentOn, // after it had ended, perhaps with other settings
    Reference, // figures entered from a page
    Imported
};

struct RunWarning {
    ComparisonWarning kind;
    std::vector<std::string> runs; // names; those that differ from the baseline's first run, or that are so
};

// The first entry is the baseline.
std::vector<RunWarning> comparisonWarnings(const std::vector<ComparedEntry>& entries);

} // namespace nabiz::ui
