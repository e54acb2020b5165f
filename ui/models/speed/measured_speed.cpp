// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/speed/measured_speed.h"

#include "ui/models/run_catalog.h"

#include <QSysInfo>

#include <algorithm>

namespace nabiz::ui {

trainer::SpeedForecast speedForecast(const RunCatalog& catalog)
{
    const std::string here = QSysInfo::machineHostName().toStdString();
    trainer::SpeedForecast forecast;
    for (const storage::RunOverview& run : catalog.runs()) {
        const auto host = run.run.facts.find("host");
        if (run.run.source != "nabiz" || host == run.run.facts.end() || host->second != here)
            continue;
        const auto setting = [&catalog, id = run.run.id](const std::string& key) {
            const auto& keys = catalog.parameters().keys();
            const auto found = std::ranges::find(keys, key);
            const trainer::FilterValue* const value = found == keys.end()
                ? nullptr
                : catalog.parameters().value(id, static_cast<std::size_t>(found - keys.begin()));
            return value ? value->text : std::string();
        };
        forecast.add({ setting, run.summary.batches, run.summary.seconds, run.summary.medianBatchSeconds });
    }
    return forecast;
}

} // namespace nabiz::ui
