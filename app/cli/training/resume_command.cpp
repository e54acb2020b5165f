// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz resume: a run that has ended goes on from its newest whole checkpoint, as the same run, in a segment of its
// own.
#include "app/cli/command_context.h"
#include "app/cli/preset_problems.h"
#include "app/cli/run_lookup.h"
#include "app/cli/training/terminal_training.h"
#include "app/cli/usage_error.h"
#include "app/run/resume_plan.h"
#include "trainer/config/parameters/resumable.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/distributed/world.h"

#include <memory>

namespace nabiz::app {

namespace {

struct ResumeOptions {
    std::string run;
    std::vector<std::string> overrides; // key=value
    bool anyway = false;
    bool isByItself = false;
};

ResumeWish wishOf(const ResumeOptions& options, storage::RunId run)
{
    ResumeWish wish { run, {}, options.anyway, options.isByItself };
    std::vector<trainer::Problem> problems;
    for (const std::string& text : options.overrides) {
        trainer::Override given = trainer::parseOverride(text);
        if (given.problem)
            problems.push_back(*given.problem);
        else
            wish.changes.emplace_back(given.key, std::move(given.value));
    }
    refuseErrors(problems);
    return wish;
}

int resume(const CommandContext& context, const ResumeOptions& options)
{
    if (trainer::worldOfEnvironment())
        throw UsageError(
            "nabiz resume starts the ranks of a run itself: start it without torchrun, or unset WORLD_SIZE");
    const std::filesystem::path database = context.databaseFile();
    const auto store = openForReading(context);
    const ResumePlan plan = planResume(store, database, wishOf(options, findRun(store, options.run)));
    refuseErrors(plan.problems, {}, {});
    std::vector<std::string> notes;
    for (const trainer::Problem& problem : plan.problems)
        notes.push_back(trainer::describe(problem));
    return trainInTerminal(context, database,
        { .name = plan.name, .config = plan.spec.config, .notes = notes, .begin = [&](RunController& controller) {
             if (!controller.goOn(plan.spec))
                 throw UsageError("run " + std::to_string(plan.spec.run)
                     + " cannot go on: it was begun, put in the trash or deleted meanwhile");
             return plan.spec.run;
         } });
}

} // namespace

void addResumeCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ResumeOptions>();
    auto* command = app.add_subcommand("resume", "Go on with a run that has ended");
    command->add_option("run", options->run, "Id or name")->required()->type_name("RUN");
    command->add_option("overrides", options->overrides, "Settings that change from here on: training.max_steps=800")
        ->type_name("key=value");
    command->add_flag("--anyway", options->anyway, "Also when the text may have changed; it is recorded");
    command->add_flag("--by-itself", options->isByItself, "Counted among the three times of queue.resume: auto");
    addSharedOptions(*command, context);
    command->footer(
        "It goes on from its newest whole checkpoint, without one from batch 0, and its curves with it. What "
        "may change:\n"
        + trainer::resumableKeys()
        + ".\nPrints the run's id last. SIGINT and SIGTERM stop and save, as in nabiz train.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return resume(context, *options); }; });
}

} // namespace nabiz::app
