// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/examples/example_runs.h"

#include "storage/run_store.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/preset_store.h"

namespace nabiz::app {

namespace {

constexpr const char* kPreset = "quick";
constexpr const char* kSeed = "training.seed";
constexpr const char* kSmall[]
    = { "model.d_model=64", "model.n_layers=2", "model.n_heads=2", "model.d_ff=256", "model.max_seq_len=128",
          "language.stand_in=hidden=64,layers=1", "training.max_steps=200", "training.warmup_steps=10",
          "training.eval_interval=25", "training.sample_interval=100", "training.save_interval=0" };

struct Example {
    const char* name;
    const char* why;
    const char* setting; // beside those that make it small; empty = none
};
constexpr Example kExamples[] = {
    { "example", "What the small model learns with the preset's learning rate", "" },
    { "example slow", "Whether a tenth of the learning rate does as well", "training.learning_rate=1e-4" },
    { "example leaky", "What a loss looks like that is too good: the model sees the text it is to predict",
        "model.causal=false" },
};
constexpr int kSeeds = 3;

StartSpec spec(const trainer::Preset& preset, const Example& example)
{
    StartSpec made;
    made.config = preset.config;
    for (const char* setting : kSmall) {
        const trainer::Override one = trainer::parseOverride(setting);
        made.config.set(one.key, one.value);
    }
    if (*example.setting) {
        const trainer::Override one = trainer::parseOverride(example.setting);
        made.config.set(one.key, one.value);
    }
    made.preset = preset.name;
    made.presetText = preset.document.text();
    made.name = example.name;
    made.why = example.why;
    made.tags = { "example" };
    return made;
}

} // namespace

std::vector<StartSpec> exampleRuns()
{
    const trainer::Preset preset = trainer::PresetStore({}).load(kPreset);
    std::vector<StartSpec> runs;
    for (const Example& example : kExamples)
        runs.push_back(spec(preset, example));
    for (std::int64_t seed = 1; seed <= kSeeds; ++seed) {
        const std::string name = "example s" + std::to_string(seed);
        StartSpec run
            = spec(preset, { name.c_str(), "How much of a difference is luck: the same but for the seed", "" });
        run.config.set(kSeed, trainer::Value(seed));
        run.group = "example seeds";
        runs.push_back(std::move(run));
    }
    for (StartSpec& run : runs)
        run.command = trainer::commandLine(preset.name, preset.config, run.config);
    return runs;
}

std::filesystem::path examplesDatabase()
{
    return storage::defaultDatabase().parent_path() / "examples.db";
}

} // namespace nabiz::app
