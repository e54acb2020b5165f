// SPDX-License-Identifier: GPL-3.0-or-later
// What outcomeRows() is made of: a row whose cells are read of each run, and the rows that ask what each had come to at
// the same batch, after the same time and within the same memory. Pure; the owner's thread.
#pragma once

#include "ui/analysis/outcomes.h"

#include <functional>

namespace nabiz::ui {

using ReadFigure = std::function<std::optional<double>(const ComparedRun&)>;
// A cell an entry: of a single run what is read, of a group the mean of the finite ones.
OutcomeRow rowOf(Outcome outcome, OutcomeKind kind, const std::vector<ComparedEntry>& entries, const ReadFigure& read);

std::vector<OutcomeRow> equalFootingRows(const std::vector<ComparedEntry>& entries, LossBasis basis);

// Nothing for a NaN and for infinities.
std::optional<double> finite(const std::optional<double>& value);

} // namespace nabiz::ui
