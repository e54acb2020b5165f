// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/preset_problems.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/ranks/rank_worker.h"
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_document.h"

#include <memory>

namespace nabiz::app {

namespace {

int trainRankOf(const std::vector<std::string>& words)
{
    trainer::Config config;
    std::vector<trainer::Problem> problems;
    for (const std::string& word : words) {
        trainer::Override given = trainer::parseOverride(word);
        if (given.problem)
            problems.push_back(*given.problem);
        else
            config.set(given.key, std::move(given.value));
    }
    refuseErrors(problems);
    const auto world = trainer::worldOfEnvironment();
    if (!world)
        throw UsageError("nabiz rank is started by a run of several ranks: nabiz train quick hardware.ranks=2");
    try {
        return trainAsRank(*world, config);
    } catch (const trainer::TrainError& error) {
        // Rank 0 says of the run what there is to say.
        logLine("rank " + std::to_string(world->rank) + ": " + error.message().english());
        return kExitFailed;
    }
}

} // namespace

void addRankCommand(CLI::App& app, CommandContext& context)
{
    const auto words = std::make_shared<std::vector<std::string>>();
    auto* command = app.add_subcommand("rank", "One rank of a run")->group("");
    command->add_option("settings", *words)->type_name("key=value");
    command->callback([&context, words] { context.action = [words] { return trainRankOf(*words); }; });
}

} // namespace nabiz::app
