// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_setup.h"

#include "app/cli/preset_problems.h"
#include "app/cli/usage_error.h"
#include "app/cli/written_words.h"
#include "app/run/run_name.h"
#include "trainer/base/shell_quote.h"
#include "trainer/config/parameters/stand_in.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/memory/hardware.h"
#include "trainer/validation/validation.h"

#include <algorithm>
#include <set>

namespace nabiz::app {

using trainer::Problem;

namespace {

// The command with what was asked for and every remedy; empty when a problem has none.
std::string remedyCommand(const TrainOptions& options, const std::vector<Problem>& problems)
{
    std::set<std::string> mended;
    for (const Problem& problem : problems) {
        if (problem.severity != trainer::Severity::Error)
            continue;
        if (problem.remedy)
            mended.insert(problem.remedy->key);
    }
    if (mended.empty())
        return {};
    std::string command = std::string("nabiz ") + options.command + ' ' + trainer::shellQuote(options.preset);
    for (const std::string& override : options.overrides) {
        if (!mended.contains(override.substr(0, override.find('='))))
            command += ' ' + trainer::shellQuote(override);
    }
    return command + ' ' + trainer::remedyLine(problems);
}

void applyOverrides(const TrainOptions& options, trainer::Config& config, std::vector<std::string>& notes)
{
    std::vector<Problem> problems;
    std::set<std::string> seen;
    for (const std::string& text : options.overrides) {
        const trainer::Override override = trainer::parseOverride(text);
        if (override.problem) {
            problems.push_back(*override.problem);
            continue;
        }
        if (!seen.insert(override.key).second)
            notes.push_back(override.key + " is given more than once; the last one counts");
        config.set(override.key, override.value);
    }
    refuseErrors(problems);
    const std::string weights = config.text("language.path");
    if (trainer::standInReplacesWeights(config, seen.contains("language.stand_in"), seen.contains("language.path")))
        notes.push_back("the stand-in takes the place of the preset's weights " + weights);
}

// Where a setting that keeps the run from starting stands, if that is in a file of the user's and no override replaced
// it.
void placeInFile(std::vector<Problem>& problems, const trainer::Preset& preset, const trainer::Config& config,
    const std::string& file)
{
    for (Problem& problem : problems) {
        if (!preset.shipped && preset.document.lineOf(problem.key) > 0
            && config.value(problem.key) == preset.config.value(problem.key))
            placeProblem(problem, preset, file);
    }
}

// As the command that repeats the run names it, from any folder.
std::string presetWord(const trainer::Preset& preset, const std::string& given)
{
    std::error_code unreachable; // no file then, whatever it is called
    const bool file
        = !preset.shipped && (given.find('/') != std::string::npos || std::filesystem::exists(given, unreachable));
    return file ? std::filesystem::absolute(given).lexically_normal().string() : given;
}

} // namespace

PresetSettings readSettings(const TrainOptions& options)
{
    PresetSettings settings;
    settings.preset = trainer::PresetStore(trainer::PresetStore::defaultUserFolder()).load(options.preset);
    refuseErrors(settings.preset.problems);
    settings.config = settings.preset.config;
    applyOverrides(options, settings.config, settings.notes);
    return settings;
}

TrainSetup setUpTraining(const TrainOptions& options)
{
    if (looksLikeId(options.name))
        throw UsageError(
            "a run cannot be called '" + options.name + "', since numbers are ids; put a letter into --name");
    PresetSettings settings = readSettings(options);
    const trainer::Preset& preset = settings.preset;

    TrainSetup setup;
    StartSpec& spec = setup.spec;
    spec.config = settings.config;
    setup.notes = std::move(settings.notes);
    std::vector<Problem> problems = trainer::validate(spec.config, trainer::probeMachine());
    std::ranges::move(trainer::validateData(spec.config), std::back_inserter(problems));
    placeInFile(problems, preset, spec.config, options.preset);
    refuseErrors(problems, trainer::shellQuote(options.preset) + " cannot start: ", remedyCommand(options, problems));

    for (const auto& found : { preset.problems, problems }) {
        for (const Problem& problem : found)
            setup.notes.push_back(describe(problem));
    }
    spec.config = trainer::withWholePaths(std::move(spec.config));
    spec.preset = preset.name;
    spec.presetText = preset.document.text();
    spec.command = trainer::commandLine(presetWord(preset, options.preset), preset.config, spec.config);
    spec.name = options.name;
    spec.why = options.why;
    spec.group = simplified(options.group);
    for (std::string& tag : commaWords(options.tags)) {
        if (std::ranges::find(spec.tags, tag) == spec.tags.end())
            spec.tags.push_back(std::move(tag));
    }
    spec.note = trimmed(options.note);
    if (spec.config.text("queue.resume") == "auto")
        setup.notes.push_back("after a crash it goes on by itself while nabiz guard runs; nabiz guard install has it "
                              "started at each login");
    if (spec.group.empty() && spec.config.integer("queue.stop_worse_than_median") > 0)
        throw UsageError("queue.stop_worse_than_median compares a run with the others of its group: give it a --group");
    return setup;
}

} // namespace nabiz::app
