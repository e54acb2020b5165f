// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/speed_forecast.h"

#include "app/run/environment.h"

#include <map>
#include <memory>
#include <string>

namespace nabiz::app {

namespace {

std::string hostOf(const std::map<std::string, std::string>& facts)
{
    const auto found = facts.find("host");
    return found == facts.end() ? std::string() : found->second;
}

} // namespace

trainer::SpeedForecast speedForecast(const storage::RunStore& store)
{
    const std::string here = hostOf(environmentFacts());
    trainer::SpeedForecast forecast;
    for (const auto& [run, summary] : store.runs()) {
        if (run.source != "nabiz" || hostOf(run.facts) != here)
            continue;
        // Read when first asked for.
        const auto texts = std::make_shared<std::map<std::string, std::string>>();
        const auto setting = [texts, &store, id = run.id](const std::string& key) {
            if (texts->empty()) {
                for (const storage::Parameter& parameter : store.parameters(id))
                    (*texts)[parameter.key] = parameter.value();
            }
            const auto found = texts->find(key);
            return found == texts->end() ? std::string() : found->second;
        };
        forecast.add({ setting, summary.batches, summary.seconds, summary.medianBatchSeconds });
    }
    return forecast;
}

} // namespace nabiz::app
