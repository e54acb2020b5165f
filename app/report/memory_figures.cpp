// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/memory_figures.h"

#include "trainer/config/presets/preset_document.h"
#include "trainer/estimate/memory_estimate.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

// Only what decides the figure itself: where it runs.
trainer::Machine machineOf(const ReportRun& run, const trainer::Config& config)
{
    const auto& facts = run.overview.run.facts;
    const auto device = facts.find("device");
    const bool cuda = (device == facts.end() ? config.text("hardware.device") : device->second).starts_with("cuda");
    return { .cudaDevices = cuda ? 1 : 0 };
}

} // namespace

trainer::Config configOf(const ReportRun& run)
{
    trainer::Config config;
    for (const auto& parameter : run.parameters) {
        const auto& value = parameter.value();
        auto read = trainer::parseOverride(parameter.key + "=" + value);
        if (!read.problem)
            config.set(read.key, std::move(read.value));
    }
    return config;
}

std::optional<double> medianOf(const ui::RunSeries& series, std::size_t first, std::size_t last)
{
    std::vector<double> values;
    values.reserve(last - first);
    for (std::size_t i = first; i < last; ++i) {
        if (std::isfinite(series.value(i)))
            values.push_back(series.value(i));
    }
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return values.size() % 2 == 1 ? *middle : (*std::max_element(values.begin(), middle) + *middle) / 2;
}

const ui::RunSeries* heldMemory(const ReportRun& run)
{
    const auto* allocated = run.find("memory.allocated");
    return allocated ? allocated : run.find("memory.process");
}

MemoryFigures memoryFigures(const ReportRun& run)
{
    MemoryFigures figures;
    figures.peak = run.overview.summary.peakBytes;
    figures.isOfProcess = !run.find("memory.peak") && run.find("memory.process");
    if (const auto* held = heldMemory(run))
        figures.steady = medianOf(*held, held->size() / 2, held->size());
    const bool trained = run.overview.run.status != storage::RunStatus::Reference;
    if (trained && !run.parameters.empty()) {
        const auto config = configOf(run);
        const auto estimate = trainer::estimateMemory(config, machineOf(run, config));
        if (estimate.isComplete) // what the machine has does not matter here
            figures.predicted = static_cast<double>(estimate.totalBytes());
    }
    return figures;
}

} // namespace nabiz::app
