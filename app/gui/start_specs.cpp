// SPDX-License-Identifier: GPL-3.0-or-later
// From what Start asks for to what the controller runs: with several seeds, or of a grid, each run's preset and command
// hold its own values, so that each repeats itself.
#include "app/gui/run_commands.h"

#include "trainer/config/parameters/whole_paths.h"

namespace nabiz::app {

namespace {

constexpr const char* kSeed = "training.seed";

StartSpec baseSpec(const ui::StartRequest& request)
{
    StartSpec spec;
    spec.config = trainer::withWholePaths(request.config);
    spec.preset = request.preset.toStdString();
    spec.presetText = request.presetText.toStdString();
    spec.command = request.command.toStdString();
    spec.name = request.name.trimmed().toStdString();
    spec.why = request.why.trimmed().toStdString();
    spec.group = request.group.trimmed().toStdString();
    spec.parent = request.parent;
    return spec;
}

// With these values in its configuration, its preset's text and its command.
StartSpec withValues(StartSpec spec, const trainer::Grid::Cell& values, const trainer::Preset& preset)
{
    auto document = trainer::PresetDocument::parse(spec.presetText, spec.preset);
    const bool hasErrors = trainer::hasErrors(preset.problems);
    for (const auto& [key, value] : values) {
        spec.config.set(key, value);
        document = document.withValue(key, value);
        if (hasErrors)
            spec.command += ' ' + key + '=' + trainer::toYaml(value); // the last one given counts
    }
    spec.presetText = document.text();
    if (!hasErrors)
        spec.command = trainer::commandLine(spec.preset, preset.config, spec.config);
    return spec;
}

} // namespace

std::vector<StartSpec> startSpecs(const ui::StartRequest& request, const trainer::PresetStore& presets)
{
    const auto base = baseSpec(request);
    if (request.seeds <= 1 && request.axes.empty())
        return { base };

    const auto preset = presets.load(base.preset);
    const auto name = base.name.empty() ? base.preset : base.name;
    std::vector<StartSpec> specs;
    if (const trainer::Grid grid(request.axes); !grid.isEmpty()) {
        const auto count = static_cast<std::size_t>(grid.count());
        for (std::size_t i = 0; i < count; ++i) {
            specs.push_back(withValues(base, grid.cell(i), preset));
            specs.back().name = trainer::Grid::name(name, grid.cell(i));
            specs.back().isFreeName = true;
        }
        return specs;
    }
    const auto firstSeed = base.config.integer(kSeed);
    for (int i = 0; i < request.seeds; ++i) {
        const auto seed = firstSeed + i;
        specs.push_back(i > 0 ? withValues(base, { { kSeed, trainer::Value(std::int64_t(seed)) } }, preset) : base);
        specs.back().name = name + " s" + std::to_string(seed);
        specs.back().group = name;
    }
    return specs;
}

} // namespace nabiz::app
