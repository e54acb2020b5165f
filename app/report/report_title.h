// SPDX-License-Identifier: GPL-3.0-or-later
// What a report is called where no person has said it.
// Pure; any thread.
#pragma once

#include "app/report/report.h"

namespace nabiz::app {

// The title kept with the run, else its name and what it was for: why it was started, or what was changed for it.
std::string titleOf(const ReportRun& run, const ReportText& text);
// "B, C against A", of columns whose first is the baseline.
std::string titleOf(const std::vector<std::string>& columns, const ReportText& text);

} // namespace nabiz::app
