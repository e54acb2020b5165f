// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz examples: a database to look around in, its runs trained on the spot, beside the reported run.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/training/queue_training.h"
#include "app/cli/usage_error.h"
#include "app/interchange/reference_run.h"
#include "app/interchange/reported_run.h"
#include "app/run/examples/example_runs.h"

#include <memory>

namespace nabiz::app {

namespace {

int makeExamples(CommandContext& context, const std::string& file)
{
    if (!file.empty() && !context.database.empty())
        throw UsageError("the database is named twice: as FILE and by --db; leave one out");
    if (context.database.empty())
        context.database = file.empty() ? examplesDatabase().string() : file;
    const std::filesystem::path database = context.databaseFile();
    std::error_code error; // what cannot be looked at is told by who opens it
    if (std::filesystem::exists(database, error) && !openForReading(context).runs().empty())
        throw UsageError("there are runs in " + database.string()
            + " already; open it with --db, or name another file: nabiz examples FILE");
    logLine("examples in " + database.string() + "; look at them with: nabiz --db " + database.string());
    return runQueueInTerminal(context, { .begin = [](RunController& controller) {
        for (const StartSpec& run : exampleRuns())
            controller.addToQueue(run);
        keepReference(controller.recorder(), reportedRun(), reportedRun().title, reportedRunPage());
    } });
}

} // namespace

void addExamplesCommand(CLI::App& app, CommandContext& context)
{
    const auto file = std::make_shared<std::string>();
    auto* command = app.add_subcommand("examples", "Train a few small runs to look around in");
    command->add_option("file", *file, "The database to make; else examples.db beside the default one")
        ->type_name("FILE");
    addSharedOptions(*command, context);
    command->footer(
        "Two runs that differ in one setting, one whose model sees its own targets, three that differ in their\n"
        "seed, and the reported T4 run to hold against them. Prints the ids of those that were trained.");
    command->callback([&context, file] { context.action = [&context, file] { return makeExamples(context, *file); }; });
}

} // namespace nabiz::app
