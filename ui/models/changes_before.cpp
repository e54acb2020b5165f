// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/changes_before.h"

#include "trainer/config/parameters/parameter_table.h"
#include "ui/analysis/run_filter.h"
#include "ui/models/run_catalog.h"

namespace nabiz::ui {

namespace {

// What a run does not have was not there when it ran, and is as good as what it is by itself.
SettingValues settingsOf(const RunCatalog& catalog, storage::RunId run)
{
    SettingValues values;
    bool isLoaded = false;
    const auto& keys = catalog.parameters().keys();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const trainer::FilterValue* const value = catalog.parameters().value(run, i);
        const trainer::Parameter* const row = trainer::findParameter(keys[i]);
        isLoaded = isLoaded || value;
        if (value || row)
            values[keys[i]] = value ? value->text : parameterValue(trainer::toYaml(row->defaultValue)).text;
    }
    return isLoaded ? values : SettingValues();
}

} // namespace

std::vector<WhatChanged> changesBefore(const RunCatalog& catalog, storage::RunId run)
{
    std::vector<WhatChanged> changes;
    const storage::RunOverview* const overview = catalog.overview(run);
    const SettingValues settings = overview ? settingsOf(catalog, run) : SettingValues();
    if (settings.empty())
        return changes;
    for (const storage::RunOverview* before : runsBefore(catalog.runs(), overview->run)) {
        if (const SettingValues others = settingsOf(catalog, before->run.id); !others.empty())
            changes.push_back(whatChanged(*before, others, *overview, settings));
    }
    return changes;
}

} // namespace nabiz::ui
