// SPDX-License-Identifier: GPL-3.0-or-later
// What Start asks for.
// A value; GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/presets/grid.h"

#include <QString>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::ui {

using Changes = std::vector<std::pair<std::string, trainer::Value>>; // settings, by key

struct StartRequest {
    trainer::Config config;
    QString preset; // name of the preset it was made from
    QString presetText; // its YAML as it stands in the editor
    QString command; // the one-line command
    QString name;
    QString why;
    std::optional<storage::RunId> parent; // the run it was made from
    int seeds = 1; // runs to make, with seeds seed, seed + 1 …
    std::vector<trainer::GridAxis> axes; // a run for each of their cells instead, in this group
    QString group;
    bool queue = false; // into the queue, where it waits even when nothing runs
    storage::RunId resume = 0; // a run that has ended and goes on instead: with `changes` of its settings, no more
    Changes changes;
    bool repeat = false; // of a stored run, with other settings: says nothing of what Configure holds
};

// Whether a run is this program's and over, so that it may go on.
inline bool goesOn(const storage::Run& run)
{
    return run.source == "nabiz" && run.status != storage::RunStatus::Reference && !run.deleted
        && !storage::isLive(run.status);
}
// The same, and has not come to its end.
inline bool isCutOff(const storage::Run& run)
{
    return goesOn(run) && run.status != storage::RunStatus::Finished;
}
inline StartRequest resumeRequest(storage::RunId run)
{
    StartRequest request;
    request.resume = run;
    return request;
}

} // namespace nabiz::ui
