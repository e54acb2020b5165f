// SPDX-License-Identifier: GPL-3.0-or-later
// From what Start asks for to what the controller runs: with several seeds, each run's preset and command hold its own
// seed, so that each repeats itself.
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
    spec.parent = request.parent;
    return spec;
}

} // namespace

std::vector<StartSpec> startSpecs(const ui::StartRequest& request, const trainer::PresetStore& presets)
{
    const auto base = baseSpec(request);
    if (request.seeds <= 1)
        return { base };

    const auto preset = presets.load(base.preset);
    const auto firstSeed = base.config.integer(kSeed);
    const auto name = base.name.empty() ? base.preset : base.name;
    std::vector<StartSpec> specs;
    for (int i = 0; i < request.seeds; ++i) {
        auto spec = base;
        const auto seed = firstSeed + i;
        spec.config.set(kSeed, trainer::Value(std::int64_t(seed)));
        spec.name = name + " s" + std::to_string(seed);
        spec.group = name;
        if (i > 0) {
            const auto document = trainer::PresetDocument::parse(spec.presetText, base.preset);
            spec.presetText = document.withValue(kSeed, trainer::Value(std::int64_t(seed))).text();
            if (!trainer::hasErrors(preset.problems))
                spec.command = trainer::commandLine(base.preset, preset.config, spec.config);
            else
                spec.command += " " + std::string(kSeed) + "=" + std::to_string(seed); // the last one given counts
        }
        specs.push_back(std::move(spec));
    }
    return specs;
}

} // namespace nabiz::app
