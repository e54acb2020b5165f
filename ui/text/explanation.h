// SPDX-License-Identifier: GPL-3.0-or-later
// "What is this?": a few plain sentences on what the program finds, reckons and marks, for who meets the word for the
// first time. GUI thread.
#pragma once

#include <QString>
#include <string_view>

namespace nabiz::ui {

// Of the audit's findings, by their ids; empty for one that is not known.
QString findingExplanation(std::string_view id);
// Of the estimate's parts, in the order of its legend.
QString memoryPartExplanation(int part);
// Of all marks below a chart.
QString marksExplanation();

} // namespace nabiz::ui
