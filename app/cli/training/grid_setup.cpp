// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/grid_setup.h"

#include "app/cli/console.h"
#include "app/cli/preset_problems.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/cli/written_words.h"
#include "app/run/run_record.h"
#include "app/run/speed_forecast.h"
#include "trainer/base/free_name.h"
#include "trainer/config/presets/grid.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace nabiz::app {

namespace {

using trainer::Grid;
using trainer::GridAxis;
using trainer::Problem;

std::string keyOf(const std::string& override)
{
    return override.substr(0, override.find('='));
}

// The overrides apart into what varies and what does not; the last one of a key counts.
struct Words {
    std::vector<std::string> fixed;
    std::vector<GridAxis> axes;
};

Words readWords(const std::vector<std::string>& overrides)
{
    Words words;
    std::vector<Problem> problems;
    for (auto it = overrides.begin(); it != overrides.end(); ++it) {
        const std::string key = keyOf(*it);
        const bool isReplaced
            = std::any_of(it + 1, overrides.end(), [&key](const std::string& later) { return keyOf(later) == key; });
        if (!trainer::isVaried(*it)) {
            words.fixed.push_back(*it);
            continue;
        }
        trainer::AxisReading reading = trainer::readAxis(*it);
        if (reading.problem)
            problems.push_back(std::move(*reading.problem));
        else if (!isReplaced)
            words.axes.push_back(std::move(reading.axis));
    }
    refuseErrors(problems);
    return words;
}

// That a person gave.
std::optional<std::string> groupOf(const TrainOptions& options)
{
    const std::string group = simplified(options.group);
    return group.empty() ? std::nullopt : std::optional(group);
}

TrainOptions cellOptions(const TrainOptions& options, const Words& words, const Grid::Cell& cell)
{
    TrainOptions one = options;
    one.group = groupOf(options).value_or(options.preset); // which is made free when all of them can start
    one.overrides = words.fixed;
    for (const auto& [key, value] : cell)
        one.overrides.push_back(key + '=' + trainer::toYaml(value));
    return one;
}

void addNotes(std::vector<std::string>& notes, const std::vector<std::string>& more)
{
    for (const std::string& note : more) {
        if (std::ranges::find(notes, note) == notes.end())
            notes.push_back(note);
    }
}

// A command's error, and what stands below it, in one line.
std::string reason(const UsageError& error)
{
    return error.details().empty() ? std::string(error.what()) : fmt::format("{} …", error.what());
}

void setUpCells(const TrainOptions& options, const Words& words, const Grid& grid, GridSetup& setup)
{
    std::vector<std::string> refused;
    const auto count = static_cast<std::size_t>(grid.count());
    for (std::size_t i = 0; i < count; ++i) {
        const Grid::Cell cell = grid.cell(i);
        try {
            TrainSetup one = setUpTraining(cellOptions(options, words, cell));
            one.spec.name = Grid::name(options.name.empty() ? one.spec.preset : options.name, cell);
            one.spec.isFreeName = true;
            addNotes(setup.notes, one.notes);
            setup.runs.push_back(std::move(one.spec));
        } catch (const UsageError& error) {
            refused.push_back(Grid::name("", cell).substr(1) + ": " + reason(error));
        }
    }
    if (!refused.empty())
        throw UsageError(fmt::format("{} of the {} runs cannot start; {}", refused.size(), count, refused.front()),
            refused.size() > 1 ? refused : std::vector<std::string>());
}

std::string freeGroup(const std::string& base, const std::vector<storage::RunOverview>& runs)
{
    return trainer::freeName(base, [&runs](const std::string& name) {
        return std::ranges::any_of(runs, [&name](const auto& overview) { return overview.run.group == name; });
    });
}

bool isSame(const trainer::Config& one, const trainer::Config& other)
{
    return std::ranges::all_of(trainer::differences(one, other),
        [](const trainer::Difference& difference) { return trainer::findParameter(difference.key)->derived; });
}

// Without those that the group has finished, or will.
void leaveOutThoseThere(const storage::RunStore& store, const std::vector<storage::RunOverview>& runs, GridSetup& setup)
{
    std::vector<trainer::Config> there;
    for (const storage::RunOverview& overview : runs) {
        const bool counts = overview.run.status == storage::RunStatus::Finished || storage::isLive(overview.run.status);
        if (counts && overview.run.group == setup.group)
            there.push_back(declaredConfig(store.parameters(overview.run.id)));
    }
    std::erase_if(setup.runs, [&there](const StartSpec& spec) {
        return std::ranges::any_of(there, [&spec](const trainer::Config& one) { return isSame(one, spec.config); });
    });
}

std::string summaryOf(const Grid& grid, const GridSetup& setup, const std::optional<double>& seconds)
{
    std::string text;
    for (const GridAxis& axis : grid.axes())
        text += fmt::format("{}{} {}", text.empty() ? "" : " × ", axis.values.size(), axis.key);
    const auto count = static_cast<std::size_t>(grid.count());
    return fmt::format("{} runs{} of the group '{}': {}{}", setup.runs.size(),
        setup.runs.size() < count ? fmt::format(", of {},", count) : "", setup.group, text,
        seconds ? "; they will take " + durationText(*seconds) : "");
}

// By the speed of earlier runs; none where one was never measured.
std::optional<double> secondsOf(const storage::RunStore& store, const std::vector<StartSpec>& runs)
{
    std::optional<double> seconds = 0;
    const trainer::SpeedForecast forecast = speedForecast(store);
    for (const StartSpec& spec : runs) {
        const auto one = forecast.seconds(spec.config);
        seconds = seconds && one ? std::optional(*seconds + *one) : std::nullopt;
    }
    return seconds;
}

// What --missing is about has to be named.
void refuseMissing(const TrainOptions& options, bool isGrid)
{
    if (options.missing && !isGrid)
        throw UsageError("--missing is for a grid: give a setting several values, as in training.seed=1..3");
    if (options.missing && !groupOf(options))
        throw UsageError("--missing says which runs a group has not got: name it with --group");
}

} // namespace

std::optional<GridSetup> setUpGrid(const CommandContext& context, const TrainOptions& options)
{
    const Words words = readWords(options.overrides);
    refuseMissing(options, !words.axes.empty());
    if (words.axes.empty())
        return std::nullopt;
    const Grid grid(words.axes);
    if (const auto problem = grid.problem())
        refuseErrors({ *problem });
    GridSetup setup;
    setUpCells(options, words, grid, setup);
    const std::string base = options.name.empty() ? setup.runs.front().preset : options.name;
    std::optional<double> seconds;
    std::error_code error; // what cannot be looked at is told by who opens it for writing
    if (std::filesystem::exists(context.databaseFile(), error)) {
        const storage::RunStore store = openForReading(context);
        const auto runs = store.runs();
        setup.group = groupOf(options) ? *groupOf(options) : freeGroup(base, runs);
        if (options.missing)
            leaveOutThoseThere(store, runs, setup);
        seconds = secondsOf(store, setup.runs);
    } else {
        setup.group = groupOf(options).value_or(base);
    }
    if (setup.runs.empty())
        throw UsageError(
            fmt::format("the group '{}' has all {} of these runs, finished or waiting: there is nothing to add",
                setup.group, grid.count()));
    for (StartSpec& spec : setup.runs)
        spec.group = setup.group;
    setup.summary = summaryOf(grid, setup, seconds);
    return setup;
}

} // namespace nabiz::app
