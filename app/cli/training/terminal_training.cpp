// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/terminal_training.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/training/train_progress.h"
#include "app/cli/training/training_words.h"
#include "app/cli/usage_error.h"
#include "app/notify/announcer.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/run_store.h"

#include <spdlog/fmt/fmt.h>

#include <csignal>
#include <optional>

namespace nabiz::app {

namespace {

// What the controller's threads leave for the main thread, which reads it when the controller is idle.
struct RunEnd {
    storage::RunStatus status = storage::RunStatus::Failed;
    std::string failure;
    bool badInput = false;
    std::optional<storage::Trouble> left; // what is not in the database
};

int exitCode(const RunEnd& end, bool signalled)
{
    if (end.left && end.left->kind == storage::TroubleKind::Lost)
        return kExitFailed;
    switch (end.status) {
    case storage::RunStatus::Finished:
        return kExitDone;
    case storage::RunStatus::Stopped:
        return signalled ? kExitSignal : end.failure.empty() ? kExitFailed : kExitDone; // by its own settings
    default:
        return end.badInput ? kExitBadInput : kExitFailed;
    }
}

// On the recorder's thread.
void tell(const storage::Trouble& trouble, TrainProgress& progress, RunEnd& end)
{
    if (const auto line = troubleLine(trouble))
        progress.say(*line);
    else
        end.left = trouble;
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
    listener.diskTrouble = [&progress, &end](const storage::Trouble& trouble) { tell(trouble, progress, end); };
    return listener;
}

// What the database says of the run, as far as it has come there. What waits elsewhere may have been brought in by this
// reading.
void printEnd(const CommandContext& context, const std::filesystem::path& database, storage::RunId run, RunEnd& end)
{
    std::optional<storage::RunOverview> overview;
    try {
        overview = storage::RunStore(database).run(run);
    } catch (const storage::StorageError& error) {
        if (!end.left)
            throw;
        logLine(error.what());
    }
    const bool isWhole = overview && overview->run.status == end.status;
    if (isWhole && end.left && end.left->kind == storage::TroubleKind::SetAside)
        end.left.reset();
    if (end.left)
        printError(end.left->text, {});
    else if (!isWhole)
        throw UsageError(
            fmt::format("'{}' does not hold the end of run {}: was it replaced, or the run deleted, meanwhile?",
                database.string(), run));
    if (overview)
        overview->run.status = end.status;
    if (overview && context.json) {
        auto json = resultJson(*overview);
        if (end.left)
            json["waiting"] = { { "batches", end.left->batches }, { "file", end.left->place.string() } };
        printJson(json);
        return;
    }
    if (overview && isWhole)
        logLine(endLine(*overview));
    else
        logLine(fmt::format("run {} {}", run, storage::name(end.status)));
    printText(fmt::format("{}\n", run));
}

} // namespace

int trainInTerminal(const CommandContext& context, std::filesystem::path database, const TerminalTraining& training)
{
    const NotifySettings notify = readNotifySettings(); // what is wrong with it is said before anything starts
    const trainer::Config& config = training.config;
    TrainProgress progress(training.name,
        config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps"),
        config.integer("training.log_interval"), terminalOnStderr());
    for (const std::string& note : training.notes)
        progress.say("note: " + note);

    std::signal(SIGPIPE, SIG_IGN); // a reader of the progress that goes away is no reason to lose the run
    StopSignals signals;
    RunEnd end;
    storage::RunId run = 0;
    {
        Announcer announcer(notify, [&progress](const std::string& why) { progress.say(why); });
        RunController controller(
            database, announcer.announcing(listenerFor(progress, end), database), training.factory);
        run = training.begin(controller);
        signals.listen([&] {
            progress.say("stopping and saving; a second signal quits at once");
            controller.stop(run);
        });
        controller.waitUntilIdle();
        signals.close();
    }
    progress.finish();

    if (end.left && end.left->kind == storage::TroubleKind::Moved)
        database = end.left->place;
    const int code = exitCode(end, signals.stopped());
    if (!end.failure.empty() && (code == kExitFailed || code == kExitBadInput))
        printError(fmt::format("run {} {}: {}", run, storage::name(end.status), end.failure), {});
    printEnd(context, database, run, end);
    return code;
}

} // namespace nabiz::app
