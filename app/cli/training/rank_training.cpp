// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/rank_training.h"

#include "app/cli/preset_problems.h"
#include "app/cli/training/terminal_training.h"
#include "app/cli/usage_error.h"
#include "app/run/local_ranks.h"
#include "app/run/ranks/rank_worker.h"
#include "app/run/resume_plan.h"
#include "app/run/run_record.h"
#include "storage/run_store.h"
#include "trainer/base/train_error.h"

#include <algorithm>
#include <utility>

namespace nabiz::app {

namespace {

// As many as the launcher has started; whoever asked for other ones is told.
void setRanks(TrainOptions& options, int size)
{
    const std::string number = std::to_string(size);
    const std::int64_t asked = readSettings(options).config.integer("hardware.ranks");
    if (asked != 1 && asked != size)
        throw UsageError("the launcher has started " + number + " ranks, and hardware.ranks is " + std::to_string(asked)
            + ": leave it out, or give hardware.ranks=" + number);
    std::erase_if(options.overrides, [](const std::string& word) { return word.starts_with("hardware.ranks="); });
    options.overrides.push_back("hardware.ranks=" + number);
}

// The run that this launch has begun and was torn from.
std::optional<ResumePlan> planRestart(const std::filesystem::path& database, const trainer::World& world)
{
    if (world.restart == 0 || world.launch.empty())
        return std::nullopt;
    const storage::RunStore store(database);
    for (const storage::RunOverview& overview : store.runs()) {
        const auto launch = overview.run.facts.find(kFactLaunch);
        if (launch == overview.run.facts.end() || launch->second != world.launch)
            continue;
        ResumePlan plan = planResume(store, database, { overview.run.id, {}, false });
        plan.spec.launch = world.launch;
        refuseErrors(plan.problems, {}, {});
        return plan;
    }
    return std::nullopt;
}

int trainFirstRank(const CommandContext& context, TrainSetup& setup, const trainer::World& world)
{
    const std::filesystem::path database = context.databaseFile();
    // Nothing is recorded before all have come and agree.
    const std::shared_ptr<trainer::Trainer> trainer = trainer::loadTrainer();
    trainer->join(world, setup.spec.config, {});
    setup.spec.launch = world.launch;
    const std::optional<ResumePlan> restart = planRestart(database, world);
    return trainInTerminal(context, database,
        { .name = setup.spec.name.empty() ? setup.spec.preset : setup.spec.name,
            .config = setup.spec.config,
            .notes = setup.notes,
            .begin =
                [&](RunController& controller) {
                    if (!restart)
                        return controller.enqueue(setup.spec);
                    if (!controller.goOn(restart->spec))
                        throw UsageError("run " + std::to_string(restart->spec.run)
                            + " cannot go on: it was begun, put in the trash or deleted meanwhile");
                    return restart->spec.run;
                },
            .factory = [trainer] { return trainer; } });
}

} // namespace

int trainRank(const CommandContext& context, TrainOptions options, trainer::World world)
{
    if (world.storeIsThere) // by an agent, which lives as long as its ranks are to
        endWithParent();
    setRanks(options, world.size);
    TrainSetup setup = setUpTraining(options);
    setFromConfig(world, setup.spec.config);
    return world.rank == 0 ? trainFirstRank(context, setup, world) : trainAsRank(world, setup.spec.config);
}

} // namespace nabiz::app
