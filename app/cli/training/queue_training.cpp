// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/queue_training.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/training/queue_progress.h"
#include "app/cli/training/training_words.h"
#include "app/cli/usage_error.h"
#include "app/notify/announcer.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <csignal>
#include <optional>

namespace nabiz::app {

namespace {

using storage::RunId;
using storage::RunStatus;

// What the controller's threads leave for the main thread, which reads it when the controller is idle.
struct QueueEnd {
    std::vector<std::pair<RunId, RunStatus>> runs; // in the order in which they ended
    std::optional<storage::Trouble> left; // what is not in the database
};

RunListener listenerFor(QueueProgress& progress, QueueEnd& end)
{
    RunListener listener;
    listener.rows = [&progress](RunId run, std::span<const storage::Row> rows) { progress.rows(run, rows); };
    listener.event = [&progress](RunId run, const storage::Event& event) { progress.event(run, event); };
    listener.ended = [&](RunId run, RunStatus status, const trainer::Message& failure) {
        end.runs.emplace_back(run, status);
        progress.end(run, status, failure.english());
    };
    listener.diskTrouble = [&](const storage::Trouble& trouble) {
        if (const auto line = troubleLine(trouble))
            progress.say(*line);
        else
            end.left = trouble;
    };
    return listener;
}

int exitCode(const QueueEnd& end, bool isSignalled)
{
    if (end.left && end.left->kind == storage::TroubleKind::Lost)
        return kExitFailed;
    if (isSignalled)
        return kExitSignal;
    // What its own settings have stopped is not a failure.
    const auto isDone
        = [](const auto& run) { return run.second == RunStatus::Finished || run.second == RunStatus::Stopped; };
    return std::ranges::all_of(end.runs, isDone) ? kExitDone : kExitFailed;
}

Notice noticeOf(const QueueEnd& end, std::size_t waiting)
{
    const auto isDone = [](const auto& run) { return run.second == RunStatus::Finished; };
    const auto finished = static_cast<std::size_t>(std::ranges::count_if(end.runs, isDone));
    return queueNotice(finished, end.runs.size() - finished, waiting);
}

void printEnd(const CommandContext& context, const QueueTraining& training, const QueueEnd& end)
{
    if (end.left)
        printError(end.left->text, {});
    const storage::RunStore store = openForReading(context);
    const storage::QueueState queue = store.queue();
    if (!queue.waiting.empty())
        logLine(fmt::format("{} wait in the queue{}; go on with: nabiz queue {}", queue.waiting.size(),
            queue.isPaused ? ", which is paused" : "", queue.isPaused ? "resume" : "run"));
    if (!context.json) {
        for (const auto& [run, status] : end.runs)
            printText(fmt::format("{}\n", run));
        return;
    }
    nlohmann::ordered_json json { { "group", nullptr }, { "runs", nlohmann::ordered_json::array() },
        { "waiting", queue.waiting.size() }, { "paused", queue.isPaused } };
    if (!training.group.empty())
        json["group"] = training.group;
    for (const auto& [run, status] : end.runs) {
        if (const auto overview = store.run(run))
            json["runs"].push_back(resultJson(*overview));
    }
    printJson(json);
}

} // namespace

void refuseToRunQueue(const CommandContext& context)
{
    std::error_code error; // what cannot be looked at is told by who opens it
    if (!std::filesystem::exists(context.databaseFile(), error) && !error)
        return;
    const storage::QueueState queue = openForReading(context).queue();
    if (queue.isPaused)
        throw UsageError("the queue is paused; let it go on with: nabiz queue resume");
    if (queue.served)
        throw UsageError(fmt::format(
            "process {} runs the queue (run {}); what is added follows there", queue.server.pid, *queue.served));
}

int runQueueInTerminal(const CommandContext& context, const QueueTraining& training)
{
    const std::filesystem::path database = context.databaseFile();
    refuseToRunQueue(context);
    const NotifySettings notify = readNotifySettings(); // what is wrong with it is said before anything starts
    QueueProgress progress(database, terminalOnStderr());
    std::signal(SIGPIPE, SIG_IGN); // a reader of the progress that goes away is no reason to lose the run
    StopSignals signals;
    QueueEnd end;
    {
        Announcer announcer(notify, [&progress](const std::string& why) { progress.say(why); });
        RunController controller(database, announcer.announcing(listenerFor(progress, end), database));
        if (training.begin)
            training.begin(controller);
        controller.runQueue(training.group);
        signals.listen([&] {
            progress.say("stopping and saving; a second signal quits at once");
            controller.stopAll();
        });
        controller.waitUntilIdle();
        signals.close();
        if (!signals.stopped() && !end.runs.empty())
            announcer.announce(noticeOf(end, controller.recorder().queue().state().waiting.size()));
        if (signals.stopped() && !end.runs.empty() && end.runs.back().second == RunStatus::Stopped)
            controller.recorder().queue().putBack(end.runs.back().first); // which goes on first
    }
    progress.finish();
    printEnd(context, training, end);
    return exitCode(end, signals.stopped());
}

} // namespace nabiz::app
