// SPDX-License-Identifier: GPL-3.0-or-later
// What changed between two runs, and what came of it, in the window's language; and of a run that was made from one
// that failed, what a person might write of that. GUI thread.
#pragma once

#include "ui/analysis/what_changed.h"

#include <QString>

namespace nabiz::ui {

// "Since t4-a, which it was made from:", the changes a line each, and how both ended.
QString changedText(const WhatChanged& changed);

// To be edited by whoever takes it over; empty where there is no failed parent.
struct ProposedWords {
    QString problem, solution;
};
ProposedWords proposedWords(const std::vector<WhatChanged>& changes);

} // namespace nabiz::ui
