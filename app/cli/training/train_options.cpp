// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/train_options.h"

namespace nabiz::app {

std::shared_ptr<TrainOptions> addTrainOptions(CLI::App& command)
{
    const auto options = std::make_shared<TrainOptions>();
    command.add_option("preset", options->preset, "A shipped preset, one of your own, or a file")
        ->required()
        ->type_name("PRESET");
    command.add_option("overrides", options->overrides, "Settings other than the preset's: training.max_steps=100")
        ->type_name("key=value");
    command
        .add_option_function<int>(
            "--ranks",
            [options](int ranks) { options->overrides.push_back("hardware.ranks=" + std::to_string(ranks)); },
            "So many processes of this machine share every batch: hardware.ranks=N")
        ->type_name("N");
    command.add_option("--name", options->name, "What to call the run; else the preset's name, made free");
    command.add_option("--why", options->why, "One line on what the run is for");
    command.add_option(
        "--group", options->group, "What to call it together with others: nabiz runs --filter 'group = night'");
    command.add_option("--tag", options->tags, "Tags, commas between")->type_name("A,B");
    command.add_option("--note", options->note, "What is to be remembered of it");
    command.add_flag("--missing", options->missing,
        "Of a grid, only the runs that its --group has neither finished nor waiting: what failed, or was deleted, again");
    return options;
}

} // namespace nabiz::app
