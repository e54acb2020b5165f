// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz train: one run, in the terminal, from its preset to its exit code.
#include "app/cli/command_context.h"
#include "app/cli/terminal_training.h"
#include "app/cli/train_setup.h"

#include <memory>

namespace nabiz::app {

namespace {

int train(const CommandContext& context, const TrainOptions& options)
{
    const std::filesystem::path database = context.databaseFile(); // which the text must not be
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
    const auto options = std::make_shared<TrainOptions>();
    command->add_option("preset", options->preset, "A shipped preset, one of your own, or a file")
        ->required()
        ->type_name("PRESET");
    command->add_option("overrides", options->overrides, "Settings other than the preset's: training.max_steps=100")
        ->type_name("key=value");
    command->add_option("--name", options->name, "What to call the run; else the preset's name, made free");
    command->add_option("--why", options->why, "One line on what the run is for");
    addSharedOptions(*command, context);
    command->footer("Prints the run's id last. SIGINT and SIGTERM stop and save; a second one quits at once.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return train(context, *options); }; });
}

} // namespace nabiz::app
