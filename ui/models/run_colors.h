// SPDX-License-Identifier: GPL-3.0-or-later
// Which colour a run has, the same in every list and chart. Runs that are shown together never share one while there
// are colours; a run keeps its own as long as it is shown. One for the program, like its theme. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <map>
#include <optional>
#include <vector>

namespace nabiz::ui {

class RunColors {
public:
    // Those in the charts, now.
    static void show(std::vector<storage::RunId> runs);
    // By hand: it keeps that one whatever is shown beside it. None: as usual again.
    static void choose(storage::RunId run, std::optional<int> number);
    static const std::map<storage::RunId, int>& chosen();
    static void setChosen(std::map<storage::RunId, int> chosen);
    // Of Theme::seriesColor.
    static int number(storage::RunId run);
};

} // namespace nabiz::ui
