// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/speed/measured_speed.h"

#include "ui/analysis/run_filter.h"
#include "ui/models/run_catalog.h"

#include <algorithm>

namespace nabiz::ui {

bool decidesWork(std::string_view key)
{
    constexpr std::string_view kTraining[]
        = { "training.batch_size", "training.use_amp", "training.amp_dtype", "training.use_gradient_checkpointing" };
    return key.starts_with("model.") || key.starts_with("language.") || key == "hardware.device"
        || key == "hardware.threads" || std::ranges::find(kTraining, key) != std::end(kTraining);
}

namespace {

// "auto" and 0 threads leave it to the machine, which decided for the run as it will decide again.
bool leftToMachine(const std::string& key, const std::string& text)
{
    return text == "auto" || (key == "hardware.threads" && text == "0");
}

bool sameWork(const RunCatalog& catalog, storage::RunId run, const trainer::Config& config)
{
    const auto& keys = catalog.parameters().keys();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const trainer::Parameter* const row = trainer::findParameter(keys[i]);
        if (!row || row->derived || !decidesWork(keys[i]))
            continue;
        const std::string wanted = parameterValue(trainer::toYaml(config.value(keys[i]))).text;
        const trainer::FilterValue* const held = catalog.parameters().value(run, i);
        if (!leftToMachine(keys[i], wanted) && (held ? held->text : std::string()) != wanted)
            return false;
    }
    return true;
}

} // namespace

std::optional<double> measuredBatchSeconds(
    const RunCatalog& catalog, const trainer::Config& config, const std::string& host)
{
    for (const storage::RunOverview& run : catalog.runs()) {
        const auto facts = run.run.facts.find("host");
        if (run.summary.medianBatchSeconds && facts != run.run.facts.end() && facts->second == host
            && sameWork(catalog, run.run.id, config))
            return run.summary.medianBatchSeconds;
    }
    return std::nullopt;
}

} // namespace nabiz::ui
