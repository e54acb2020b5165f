// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz train: one run, in the terminal, from its preset to its exit code.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/stop_signals.h"
#include "app/cli/train_progress.h"
#include "app/cli/train_setup.h"
#include "app/cli/usage_error.h"
#include "storage/run_store.h"

#include <spdlog/fmt/fmt.h>

#include <csignal>
#include <memory>

namespace nabiz::app {

namespace {

// What the controller's threads leave for the main thread, which reads it when the controller is idle.
struct RunEnd {
    storage::RunStatus status = storage::RunStatus::Failed;
    std::string failure;
    bool badInput = false;
};

int exitCode(const RunEnd& end, bool signalled)
{
    switch (end.status) {
    case storage::RunStatus::Finished:
        return kExitDone;
    case storage::RunStatus::Stopped:
        return signalled ? kExitSignal : kExitFailed;
    default:
        return end.badInput ? kExitBadInput : kExitFailed;
    }
}

RunListener listenerFor(TrainProgress& progress, RunEnd& end)
{
    RunListener listener;
    listener.rows = [&progress](storage::RunId, std::span<const storage::Row> rows) { progress.rows(rows); };
    listener.event = [&progress](storage::RunId, const storage::Event& event) { progress.event(event); };
    listener.failedAs = [&end](storage::RunId, trainer::TrainErrorKind kind) {
        end.badInput = kind == trainer::TrainErrorKind::BadInput || kind == trainer::TrainErrorKind::Data;
    };
    listener.ended = [&end](storage::RunId, storage::RunStatus status, const trainer::Message& failure) {
        end.status = status;
        end.failure = failure.english();
    };
    listener.diskTrouble = [&progress](const std::string& failure) {
        progress.say(failure.empty() ? "the database can be written again" : failure);
    };
    return listener;
}

void printEnd(const CommandContext& context, const storage::RunOverview& overview)
{
    if (context.json) {
        printJson(resultJson(overview));
        return;
    }
    const storage::Summary& summary = overview.summary;
    std::string line = fmt::format("{} {}: {} batches in {}", overview.run.name, storage::name(overview.run.status),
        summary.batches, durationText(summary.seconds));
    if (summary.lastLoss)
        line += fmt::format(", loss {}", numberText(summary.lastLoss, 5));
    if (summary.bestLoss && summary.bestBatch)
        line += fmt::format(" (best {} at {})", numberText(summary.bestLoss, 5), *summary.bestBatch);
    if (summary.lastValLoss)
        line += fmt::format(", val.loss {}", numberText(summary.lastValLoss, 5));
    if (summary.tokensPerSecond)
        line += fmt::format(", {:.0f} tokens/s", *summary.tokensPerSecond);
    if (summary.peakBytes)
        line += fmt::format(", peak {}", bytesText(*summary.peakBytes));
    logLine(line);
    printText(fmt::format("{}\n", overview.run.id));
}

int train(const CommandContext& context, const TrainOptions& options)
{
    const std::filesystem::path database = context.databaseFile(); // which the text must not be
    const TrainSetup setup = setUpTraining(options);
    const trainer::Config& config = setup.spec.config;
    TrainProgress progress(setup.spec.name.empty() ? setup.spec.preset : setup.spec.name,
        config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps"),
        config.integer("training.log_interval"), terminalOnStderr());
    for (const std::string& note : setup.notes)
        progress.say("note: " + note);

    std::signal(SIGPIPE, SIG_IGN); // a reader of the progress that goes away is no reason to lose the run
    StopSignals signals;
    RunEnd end;
    storage::RunId run = 0;
    {
        RunController controller(database, listenerFor(progress, end));
        run = controller.enqueue(setup.spec);
        signals.listen([&] {
            progress.say("stopping and saving; a second signal quits at once");
            controller.stop(run);
        });
        controller.waitUntilIdle();
        signals.close();
    }
    progress.finish();

    const int code = exitCode(end, signals.stopped());
    if (code == kExitFailed || code == kExitBadInput)
        printError(fmt::format("run {} {}: {}", run, storage::name(end.status), end.failure), {});
    const auto overview = storage::RunStore(database).run(run);
    if (overview)
        printEnd(context, *overview);
    if (!overview || overview->run.status != end.status)
        throw UsageError(fmt::format("the end of run {} could not be written to '{}'; make room there, or give another "
                                     "--db", run, database.string()));
    return code;
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
    command->callback([&context, options] { context.action = [&context, options] { return train(context, *options); }; });
}

} // namespace nabiz::app
