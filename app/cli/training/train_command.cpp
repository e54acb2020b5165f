// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz train: one run, or those of a grid one after another, in the terminal, from the preset to the exit code.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/training/grid_setup.h"
#include "app/cli/training/queue_training.h"
#include "app/cli/training/rank_training.h"
#include "app/cli/training/terminal_training.h"
#include "app/cli/training/train_options.h"
#include "app/cli/usage_error.h"

namespace nabiz::app {

namespace {

// Queued first, all of them, so that what a stop or a crash leaves goes on with `nabiz queue run`.
int trainGrid(const CommandContext& context, const GridSetup& grid)
{
    refuseToRunQueue(context);
    for (const std::string& note : grid.notes)
        logLine("note: " + note);
    logLine(grid.summary);
    return runQueueInTerminal(context, { .group = grid.group, .begin = [&grid](RunController& controller) {
                                            for (const StartSpec& spec : grid.runs)
                                                controller.addToQueue(spec);
                                        } });
}

int train(const CommandContext& context, const TrainOptions& options)
{
    const std::filesystem::path database = context.databaseFile(); // which the text must not be
    const auto world = trainer::worldOfEnvironment();
    const auto grid = setUpGrid(context, options);
    if (world && grid)
        throw UsageError("a grid is trained run by run, each with hardware.ranks ranks: start it without torchrun");
    if (world)
        return trainRank(context, options, *world);
    if (grid)
        return trainGrid(context, *grid);
    const TrainSetup setup = setUpTraining(options);
    return trainInTerminal(context, database,
        { .name = setup.spec.name.empty() ? setup.spec.preset : setup.spec.name,
            .config = setup.spec.config,
            .notes = setup.notes,
            .begin = [&setup](RunController& controller) { return controller.enqueue(setup.spec); } });
}

} // namespace

void addTrainCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("train", "Train a preset and record every batch");
    const auto options = addTrainOptions(*command);
    addSharedOptions(*command, context);
    command->footer(
        "training.learning_rate=1e-4,3e-4 and training.seed=1..3 (FIRST..LAST or FIRST..LAST..STEP) make a grid: all are\n"
        "queued, in a group of their own, and trained one after another; what a stop leaves goes on with nabiz queue run.\n"
        "Prints the run's id last, of a grid all ids. --json of a grid: {\"group\", \"runs\": […], \"waiting\", \"paused\"}.\n"
        "SIGINT and SIGTERM stop and save; a second one quits at once.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return train(context, *options); }; });
}

} // namespace nabiz::app
