// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/what_changed.h"

#include "trainer/config/parameters/parameter_table.h"

#include <algorithm>
#include <array>
#include <set>

namespace nabiz::ui {

namespace {

using storage::RunOverview;
using storage::RunStatus;

// Facts by which a result may differ though no setting does.
constexpr std::array kFacts { "data.hash", "data.val_hash", "nabiz", "torch", "host", "device", "gpu", "driver",
    "track.commit", "track.changes", "track.hash" };

// What follows from others, and where it all is written.
bool counts(const std::string& key)
{
    const trainer::Parameter* const row = trainer::findParameter(key);
    return !row || !row->derived;
}

std::string valueIn(const std::map<std::string, std::string>& values, const std::string& key)
{
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
}

// One that a run does not have was not there when it ran, and is as good as what it is by itself.
std::string settingIn(const SettingValues& values, const std::string& key)
{
    const auto found = values.find(key);
    if (found != values.end())
        return found->second;
    const trainer::Parameter* const row = trainer::findParameter(key);
    return row && !values.empty() ? trainer::toYaml(row->defaultValue) : std::string();
}

bool hasBegun(const RunOverview& overview)
{
    return overview.run.started.has_value();
}

RunEnd endOf(const RunOverview& overview, bool isValidation)
{
    const auto& [run, summary] = overview;
    // What has ended early by its own settings has not failed.
    const std::string failure = run.status == storage::RunStatus::Finished ? std::string() : run.failure;
    return { run.status, failure, isValidation ? summary.bestValLoss : summary.meanLastLoss, summary.peakBytes,
        summary.medianBatchSeconds, summary.batches };
}

} // namespace

SettingValues valuesOf(const std::vector<storage::Parameter>& parameters)
{
    SettingValues values;
    for (const storage::Parameter& parameter : parameters)
        values[parameter.key] = parameter.value();
    return values;
}

WhatChanged whatChanged(const RunOverview& before, const SettingValues& beforeSettings, const RunOverview& after,
    const SettingValues& afterSettings)
{
    WhatChanged changed;
    changed.run = before.run.id;
    changed.name = before.run.name;
    changed.isParent = after.run.parent == before.run.id;
    std::vector<std::string> keys;
    for (const trainer::Parameter& row : trainer::parameterTable())
        keys.emplace_back(row.key);
    std::set<std::string> others;
    for (const auto* values : { &beforeSettings, &afterSettings }) {
        for (const auto& [key, value] : *values)
            if (!trainer::findParameter(key))
                others.insert(key);
    }
    keys.insert(keys.end(), others.begin(), others.end());
    for (const std::string& key : keys) {
        const std::string one = settingIn(beforeSettings, key), other = settingIn(afterSettings, key);
        if (one != other && counts(key))
            changed.settings.push_back({ key, one, other });
    }
    for (const char* key : kFacts) {
        const std::string one = valueIn(before.run.facts, key), other = valueIn(after.run.facts, key);
        // Before a run has begun, what it begins with is not known, which is no change.
        if (one != other && hasBegun(before) && hasBegun(after))
            changed.facts.push_back({ key, one, other });
    }
    changed.isValidation = before.summary.bestValLoss && after.summary.bestValLoss;
    changed.before = endOf(before, changed.isValidation);
    changed.after = endOf(after, changed.isValidation);
    return changed;
}

std::vector<const RunOverview*> runsBefore(const std::vector<RunOverview>& runs, const storage::Run& run)
{
    std::vector<const RunOverview*> found;
    const RunOverview* last = nullptr;
    for (const RunOverview& one : runs) {
        if (run.parent && one.run.id == *run.parent)
            found.push_back(&one);
        const bool isEarlier = one.run.id < run.id && one.run.source == run.source && !run.preset.empty()
            && one.run.preset == run.preset && one.run.status != RunStatus::Reference && hasBegun(one);
        if (isEarlier && (!last || one.run.id > last->run.id))
            last = &one;
    }
    if (last && (found.empty() || found.front() != last))
        found.push_back(last);
    return found;
}

} // namespace nabiz::ui
