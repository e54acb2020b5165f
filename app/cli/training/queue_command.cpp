// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz queue: runs that wait in the database, over closing and crashes, to be trained one after another.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/number_option.h"
#include "app/cli/run_lookup.h"
#include "app/cli/training/grid_setup.h"
#include "app/cli/training/queue_list.h"
#include "app/cli/training/queue_training.h"
#include "app/cli/training/train_options.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/terminal_text.h"
#include "storage/recording/recorder.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

namespace nabiz::app {

namespace {

using Json = nlohmann::ordered_json;
using storage::RunId;

bool isDatabaseThere(const CommandContext& context)
{
    std::error_code error; // what cannot be looked at is told by who opens it
    return std::filesystem::exists(context.databaseFile(), error) || error;
}

int list(const CommandContext& context)
{
    if (!isDatabaseThere(context)) {
        if (context.json)
            printJson({ { "paused", false }, { "waiting", Json::array() }, { "running", Json::array() },
                { "estimated_seconds", 0 } });
        else
            printText("nothing waits in the queue\n");
        return kExitDone;
    }
    const storage::RunStore store = openForReading(context);
    if (context.json)
        printJson(queueJson(store));
    else
        printText(queueText(store));
    return kExitDone;
}

// What a change has come to: said, and with --json the whole queue.
int tell(const CommandContext& context, const std::string& line)
{
    logLine(line);
    return context.json ? list(context) : kExitDone;
}

// One, or those of a grid.
struct Added {
    std::vector<StartSpec> runs;
    std::string group; // of a grid
};

Added setUpAdded(const CommandContext& context, const TrainOptions& options)
{
    std::vector<std::string> notes;
    Added added;
    if (auto grid = setUpGrid(context, options)) {
        notes = std::move(grid->notes);
        notes.push_back(grid->summary);
        added = { std::move(grid->runs), std::move(grid->group) };
    } else {
        TrainSetup setup = setUpTraining(options);
        notes = std::move(setup.notes);
        added.runs = { std::move(setup.spec) };
    }
    for (const std::string& note : notes)
        logLine("note: " + note);
    return added;
}

int add(const CommandContext& context, const TrainOptions& options)
{
    const std::filesystem::path database = context.databaseFile(); // which the text must not be
    const Added added = setUpAdded(context, options);
    std::vector<RunId> runs;
    {
        RunController controller(database, {});
        for (const StartSpec& spec : added.runs)
            runs.push_back(controller.addToQueue(spec));
    }
    if (context.json) {
        const Json waiting = waitingJson(openForReading(context), runs);
        const bool isOne = added.group.empty() && !waiting.empty();
        printJson(isOne ? waiting.front() : Json { { "group", added.group }, { "runs", waiting } });
    } else {
        for (const RunId run : runs)
            printText(fmt::format("{}\n", run));
    }
    return kExitDone;
}

// The run, of which it is said that it waits.
RunId waitingRun(const storage::RunStore& store, const std::string& word)
{
    const RunId run = findRun(store, word);
    const auto waiting = store.queue().waiting;
    if (std::ranges::find(waiting, run) == waiting.end()) {
        const auto overview = store.run(run);
        throw UsageError(fmt::format("run {} does not wait in the queue: it is {}", run,
            overview ? storage::name(overview->run.status) : "gone"));
    }
    return run;
}

int move(const CommandContext& context, const std::string& word, int place)
{
    const storage::RunStore store = openForReading(context);
    const RunId run = waitingRun(store, word);
    const bool isMoved
        = storage::Recorder(context.databaseFile()).queue().move(run, static_cast<std::size_t>(place - 1));
    if (!isMoved)
        throw UsageError(fmt::format("run {} does not wait in the queue any more", run));
    const auto waiting = store.queue().waiting;
    const auto at = std::ranges::find(waiting, run) - waiting.begin() + 1;
    return tell(context, fmt::format("run {} is at place {} of {}", run, at, waiting.size()));
}

int remove(const CommandContext& context, const std::string& word)
{
    const storage::RunStore store = openForReading(context);
    const RunId run = waitingRun(store, word);
    if (!storage::Recorder(context.databaseFile()).queue().remove(run))
        throw UsageError(fmt::format("run {} does not wait in the queue any more", run));
    const auto overview = store.run(run);
    const bool isInTrash = overview && overview->run.deleted;
    return tell(context,
        fmt::format("run {} is out of the queue{}", run, isInTrash ? ", and in the trash" : "; its batches stay"));
}

int setPaused(const CommandContext& context, bool isPaused)
{
    const storage::RunStore store = openForReading(context);
    storage::Recorder(context.databaseFile()).queue().setPaused(isPaused);
    if (isPaused)
        return tell(context, "the queue is paused; what runs goes on to its end");
    return tell(context,
        store.queue().served ? "the queue goes on" : "the queue is paused no more; nabiz queue run trains what waits");
}

int runQueue(const CommandContext& context)
{
    if (isDatabaseThere(context))
        return runQueueInTerminal(context, {});
    if (context.json)
        printJson({ { "group", nullptr }, { "runs", Json::array() }, { "waiting", 0 }, { "paused", false } });
    else
        logLine("nothing waits in the queue");
    return kExitDone;
}

void addChanges(CLI::App& queue, CommandContext& context)
{
    struct Words {
        std::string run;
        int place = 1;
    };
    constexpr int kHighestPlace = 1'000'000;
    const auto words = std::make_shared<Words>();
    auto* mover = queue.add_subcommand("move", "Put a run that waits at another place");
    mover->add_option("run", words->run, "Id or name")->required()->type_name("RUN");
    addNumber(*mover, "place", words->place, 1, kHighestPlace, "1 is the first; beyond the last it is the last")
        ->required()
        ->type_name("PLACE");
    addSharedOptions(*mover, context);
    mover->callback(
        [&context, words] { context.action = [&context, words] { return move(context, words->run, words->place); }; });

    auto* remover = queue.add_subcommand("remove", "Take a run out, into the trash unless batches of it are there");
    remover->add_option("run", words->run, "Id or name")->required()->type_name("RUN");
    addSharedOptions(*remover, context);
    remover->callback(
        [&context, words] { context.action = [&context, words] { return remove(context, words->run); }; });

    for (const bool isPaused : { true, false }) {
        auto* pauser = isPaused ? queue.add_subcommand("pause", "Take nothing from it, in the window neither")
                                : queue.add_subcommand("resume", "Let it go on where it is run");
        addSharedOptions(*pauser, context);
        pauser->callback(
            [&context, isPaused] { context.action = [&context, isPaused] { return setPaused(context, isPaused); }; });
    }
}

} // namespace

void addQueueCommand(CLI::App& app, CommandContext& context)
{
    auto* queue = app.add_subcommand("queue", "Train several runs, one after another, over closing and crashes");
    queue->require_subcommand(0, 1);
    addSharedOptions(*queue, context);
    queue->callback([queue, &context] {
        if (queue->get_subcommands().empty())
            context.action = [&context] { return list(context); };
    });
    queue->footer("A run whose process was killed goes back to the first place, and on from its checkpoint.");

    auto* lister = queue->add_subcommand("list", "What waits and what runs, and when it will have ended");
    addSharedOptions(*lister, context);
    lister->footer("--json: {\"paused\", \"waiting\": [{\"run\", \"name\", \"preset\", \"group\", \"place\", "
                   "\"estimated_seconds\"}],\n\"running\": [… \"status\", \"batches\", \"planned_batches\" in place of "
                   "\"place\"], \"estimated_seconds\"}; seconds\nthat are left, from the speed of earlier runs of the "
                   "same settings, null where there are none.");
    lister->callback([&context] { context.action = [&context] { return list(context); }; });

    auto* adder
        = queue->add_subcommand("add", "Put a run there, or a grid as nabiz train does, its settings as they are now");
    const auto options = addTrainOptions(*adder);
    options->command = "queue add";
    addSharedOptions(*adder, context);
    adder->footer(
        "Prints the id of each. --json prints what queue list does of it; of a grid {\"group\", \"runs\": […]}.");
    adder->callback([&context, options] { context.action = [&context, options] { return add(context, *options); }; });

    auto* runner = queue->add_subcommand("run", "Train what waits, one after another, until nothing is left");
    addSharedOptions(*runner, context);
    runner->footer(
        "Goes on when a run fails; exit code 1 then. One process at a time runs the queue. SIGINT and SIGTERM\n"
        "stop and save the run at hand, which goes on first the next time. Prints the runs' ids; --json {\"group\", \"runs\": "
        "[…],\n\"waiting\", \"paused\"}.");
    runner->callback([&context] { context.action = [&context] { return runQueue(context); }; });
    addChanges(*queue, context);
}

} // namespace nabiz::app
