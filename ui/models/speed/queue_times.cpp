// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/speed/queue_times.h"

#include "trainer/config/presets/preset_document.h"
#include "ui/models/run_catalog.h"
#include "ui/models/speed/measured_speed.h"

#include <QSysInfo>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr std::int64_t kFewestBatches = 3; // before a run has a speed of its own

// None while its settings are not loaded.
std::optional<trainer::Config> configOf(const RunCatalog& catalog, storage::RunId run)
{
    std::optional<trainer::Config> config;
    const auto& keys = catalog.parameters().keys();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const trainer::FilterValue* const value = catalog.parameters().value(run, i);
        const trainer::Parameter* const row = trainer::findParameter(keys[i]);
        if (!value || !row || row->derived)
            continue;
        if (!config)
            config.emplace();
        trainer::Override given = trainer::parseOverride(keys[i] + '=' + value->text);
        if (!given.problem)
            config->set(given.key, std::move(given.value));
    }
    return config;
}

} // namespace

std::optional<double> secondsLeft(const RunCatalog& catalog, storage::RunId run)
{
    const storage::RunOverview* const overview = catalog.overview(run);
    if (!overview)
        return std::nullopt;
    const auto& [record, summary] = *overview;
    const auto left = static_cast<double>(std::max<std::int64_t>(0, record.plannedBatches - summary.batches));
    if (summary.batches >= kFewestBatches && summary.seconds > 0)
        return left * summary.seconds / static_cast<double>(summary.batches);
    const auto config = configOf(catalog, run);
    const auto batch
        = config ? measuredBatchSeconds(catalog, *config, QSysInfo::machineHostName().toStdString()) : std::nullopt;
    return batch ? std::optional(*batch * left) : std::nullopt;
}

} // namespace nabiz::ui
