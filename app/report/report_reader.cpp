// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a report needs of its runs: of the series only those that are drawn or tabled, every point of them.
#include "app/report/report.h"
#include "app/report/report_error.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nabiz::app {

namespace {

constexpr std::array<std::string_view, 6> kShown { "loss", "val.loss", "memory.peak", "memory.allocated", "memory.reserved",
    "memory.process" };

// The preset as it is found by name today; when it is gone or broken, the text that is stored with the run.
void findBase(ReportRun& run, const trainer::PresetStore& presets)
{
    const auto& record = run.overview.run;
    run.baseName = record.preset;
    auto preset = presets.load(record.preset);
    if (trainer::hasErrors(preset.problems))
        preset = presets.parse(record.presetText, record.preset);
    if (trainer::hasErrors(preset.problems) || record.preset.empty())
        run.baseName.clear();
    else
        run.base = preset.config;
}

} // namespace

std::vector<ReportRun> readRuns(const storage::RunStore& store, const trainer::PresetStore& presets,
    const std::vector<storage::RunId>& runs)
{
    std::vector<ReportRun> result;
    for (const auto id : runs) {
        auto overview = store.run(id);
        if (!overview)
            throw ReportError("There is no run " + std::to_string(id) + " in the database: see nabiz runs.");
        ReportRun run;
        run.overview = std::move(*overview);
        run.parameters = store.parameters(id);
        run.events = store.events(id);
        for (const auto& metric : store.metrics(id)) {
            if (std::find(kShown.begin(), kShown.end(), metric.name) == kShown.end())
                continue;
            const auto series = store.series(id, metric);
            auto columns = std::make_unique<ui::RunSeries>(metric.name, metric.unit);
            for (std::size_t i = 0; i < series.value.size(); ++i)
                columns->append(series.batch[i], series.time[i], series.value[i]);
            run.series[metric.name] = std::move(columns);
        }
        findBase(run, presets);
        result.push_back(std::move(run));
    }
    if (result.empty())
        throw ReportError("A report needs at least one run: see nabiz runs.");
    return result;
}

} // namespace nabiz::app
