// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as the page shows it: columns that are runs or groups of seeds, the settings chosen to be shown, what
// came out, the verdict and the warnings. All of it values, safe when a run is deleted while it is shown. GUI thread
// (reads series).
#pragma once

#include "ui/analysis/comparison_warnings.h"
#include "ui/analysis/outcomes.h"
#include "ui/analysis/setting_rows.h"
#include "ui/analysis/verdict.h"

#include <QColor>

namespace nabiz::ui {

struct RunDetail;

struct ComparisonColumn {
    std::string name;
    std::vector<storage::RunId> runs; // more than one: a group of seeds
    QColor color;
};

struct Comparison {
    std::vector<ComparisonColumn> columns; // the baseline first
    ChosenSettings settings;
    bool nested = false; // settings under their sections
    std::vector<OutcomeRow> outcomes;
    std::vector<RunWarning> warnings;
    std::optional<Verdict> verdict; // on the strongest of the others
};

// The first entry is the baseline; `colors` are theirs. Few differences stand in one list, many, or all settings, by
// section.
Comparison compareEntries(
    const std::vector<ComparedEntry>& entries, const std::vector<QColor>& colors, const SettingChoice& choice);

struct ParameterDifference {
    std::string key;
    std::vector<std::string> values; // one a run; empty where it has none
};
// Keys whose values differ, in the order of the first run.
std::vector<ParameterDifference> parameterDifferences(const std::vector<const RunDetail*>& runs);

// The mean loss of the (at most) 20 batches up to the last that both runs have. None where they were trained on
// different texts.
struct LossAtSameBatch {
    double batch = 0;
    double before = 0, after = 0;
};
bool areOfOtherTexts(const RunDetail& before, const RunDetail& after);
std::optional<LossAtSameBatch> lossAtSameBatch(const RunDetail& before, const RunDetail& after);

} // namespace nabiz::ui
