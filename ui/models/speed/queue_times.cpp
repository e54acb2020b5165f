// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/speed/queue_times.h"

#include "trainer/config/presets/preset_document.h"
#include "ui/models/run_catalog.h"

namespace nabiz::ui {

namespace {

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

std::optional<double> secondsLeft(const trainer::SpeedForecast& forecast, const RunCatalog& catalog, storage::RunId run)
{
    const storage::RunOverview* const overview = catalog.overview(run);
    if (!overview)
        return std::nullopt;
    const auto& [record, summary] = *overview;
    const auto config = configOf(catalog, run);
    // Where its settings are not known, its own speed is all there is to go by.
    const trainer::SpeedForecast none;
    return (config ? forecast : none)
        .secondsLeft(config.value_or(trainer::Config()), record.plannedBatches, summary.batches, summary.seconds);
}

} // namespace nabiz::ui
