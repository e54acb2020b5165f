// SPDX-License-Identifier: GPL-3.0-or-later
// The reported T4 run, that this program grew out of, as a page that any other published run could be: it ships as
// resources/references/t4-reported.md, compiled in. Constant; any thread.
#pragma once

#include "app/interchange/published_page.h"

namespace nabiz::app {

// The word that `nabiz import` takes for it in place of a file.
inline constexpr std::string_view kReportedRunName = "t4-reported";

std::string_view reportedRunPage();
const PublishedPage& reportedRun();
// Whether a run of this preset is one to hold against it.
bool isHeldAgainstReported(std::string_view preset);

} // namespace nabiz::app
