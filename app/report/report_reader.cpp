// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a report needs of its runs: of the series only those that are drawn or tabled, every point of them.
#include "app/interchange/reported_run.h"
#include "app/report/report.h"
#include "app/report/report_error.h"
#include "storage/records/metric_aliases.h"
#include "ui/panels/metric_pattern.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nabiz::app {

namespace {

constexpr std::array<std::string_view, 6> kShown { "loss", "val.loss", "memory.peak", "memory.allocated",
    "memory.reserved", "memory.process" };

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

// Under its own name, or another program's for it.
bool isShown(std::string_view name)
{
    return std::ranges::any_of(kShown, [name](std::string_view shown) {
        const auto aliases = storage::aliasesOf(shown);
        return shown == name || std::ranges::find(aliases, name) != aliases.end();
    });
}

bool isInPanel(const std::string& name, const std::vector<ui::PanelSpec>& panels)
{
    return std::ranges::any_of(panels, [&](const ui::PanelSpec& panel) {
        return std::ranges::any_of(panel.metrics, [&](const QString& wanted) {
            const auto aliases = storage::aliasesOf(wanted.toStdString());
            return ui::matchesPattern(wanted.toStdString(), name) || std::ranges::find(aliases, name) != aliases.end();
        });
    });
}

} // namespace

std::vector<ReportRun> readRuns(const storage::RunStore& store, const trainer::PresetStore& presets,
    const std::vector<storage::RunId>& runs, const std::string& wanted, const std::vector<ui::PanelSpec>& panels)
{
    std::vector<ReportRun> result;
    const auto all = store.runs();
    for (const auto id : runs) {
        auto overview = store.run(id);
        if (!overview)
            throw ReportError("There is no run " + std::to_string(id) + " in the database: see nabiz runs.");
        ReportRun run;
        run.overview = std::move(*overview);
        run.parameters = store.parameters(id);
        run.events = store.events(id);
        run.segments = store.segments(id);
        for (const auto& metric : store.metrics(id)) {
            if (metric.name != wanted && !isShown(metric.name) && !isInPanel(metric.name, panels))
                continue;
            if (auto packed = store.packed(id, metric.name))
                run.series[metric.name] = std::make_unique<ui::RunSeries>(std::move(*packed));
        }
        if (isHeldAgainstReported(run.overview.run.preset)) {
            auto reported = std::make_unique<ui::RunSeries>(kReportedLoss, std::string());
            for (const auto& point : reportedRun().points)
                reported->append(static_cast<double>(point.batch), 0, point.value);
            run.series[kReportedLoss] = std::move(reported);
        }
        findBase(run, presets);
        for (const auto* before : ui::runsBefore(all, run.overview.run))
            run.changed.push_back(ui::whatChanged(
                *before, ui::valuesOf(store.parameters(before->run.id)), run.overview, ui::valuesOf(run.parameters)));
        result.push_back(std::move(run));
    }
    if (result.empty())
        throw ReportError("A report needs at least one run: see nabiz runs.");
    return result;
}

} // namespace nabiz::app
