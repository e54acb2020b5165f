// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz sync: runs to and from a tracking server that a group shares.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/interchange/sync/mlflow_pull.h"
#include "app/interchange/sync/mlflow_push.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kPause = std::chrono::seconds(1);
constexpr auto kLongestPause = std::chrono::seconds(60);

struct SyncOptions {
    std::string mlflow, experiment = "nabiz";
    std::vector<std::string> runs;
    bool pushOnly = false, pullOnly = false, follow = false;
};

struct SyncReport {
    std::vector<PushedRun> pushed;
    ImportReport pulled;
};

// Both ways, each look taking what has come since the one before.
class Sync {
public:
    Sync(const CommandContext& context, const SyncOptions& options, std::stop_token stop)
        : m_options(options)
        , m_stop(std::move(stop))
        , m_store(openForReading(context))
        , m_server(options.mlflow, m_stop)
        , m_pull(m_server)
    {
        for (const auto& overview : findRuns(m_store, options.runs))
            m_runs.push_back(overview.run.id);
        if (!options.pushOnly)
            m_recorder = std::make_unique<storage::Recorder>(context.databaseFile());
    }

    SyncReport look()
    {
        SyncReport report;
        if (!m_options.pullOnly)
            push(report);
        if (m_recorder && !m_stop.stop_requested())
            m_pull.pull(*m_recorder, report.pulled);
        return report;
    }

private:
    void push(SyncReport& report)
    {
        if (!m_push)
            m_push.emplace(m_server, m_options.experiment);
        for (const auto& overview : m_store.runs()) {
            const bool isMeant = m_options.runs.empty()
                ? overview.run.source == "nabiz" && overview.run.status != storage::RunStatus::Queued
                : std::ranges::find(m_runs, overview.run.id) != m_runs.end();
            if (!isMeant || m_stop.stop_requested())
                continue;
            if (auto pushed = m_push->push(m_store, overview))
                report.pushed.push_back(std::move(*pushed));
        }
    }

    const SyncOptions& m_options;
    const std::stop_token m_stop;
    storage::RunStore m_store;
    std::unique_ptr<storage::Recorder> m_recorder;
    MlflowServer m_server;
    std::optional<MlflowPush> m_push;
    MlflowPull m_pull;
    std::vector<storage::RunId> m_runs;
};

Json reportJson(const SyncReport& report)
{
    Json json { { "pushed", Json::array() }, { "runs", Json::array() }, { "skipped", Json::array() } };
    for (const auto& one : report.pushed)
        json["pushed"].push_back({ { "run", one.run }, { "name", one.name }, { "mlflow_run", one.mlflowRun },
            { "points", one.points }, { "new_points", one.newPoints } });
    for (const auto& line : report.pulled.runs)
        json["runs"].push_back({ { "run", line.outcome.run }, { "name", line.outcome.name }, { "source", line.source },
            { "points", line.outcome.points }, { "new_points", line.outcome.newPoints } });
    for (const auto& skipped : report.pulled.skipped)
        json["skipped"].push_back({ { "path", skipped.path }, { "reason", skipped.reason } });
    return json;
}

std::string reportText(const SyncReport& report)
{
    std::string text;
    for (const auto& one : report.pushed)
        text
            += fmt::format("pushed {} {}: {} points, {} new\n", one.run, safeLine(one.name), one.points, one.newPoints);
    for (const auto& line : report.pulled.runs)
        text += fmt::format("pulled {} {}: {} points, {} new\n", line.outcome.run, safeLine(line.outcome.name),
            line.outcome.points, line.outcome.newPoints);
    for (const auto& skipped : report.pulled.skipped)
        text += "skipped " + safeLine(skipped.path) + ": " + safeLine(skipped.reason) + '\n';
    return text;
}

// A server that cannot be reached for a while is said once, and tried again.
int syncOn(Sync& sync, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    std::string said;
    while (!stop.stop_requested()) {
        const auto begun = Clock::now();
        try {
            if (const auto text = reportText(sync.look()); !text.empty()) {
                printText(text);
                flushOutput();
            }
            said.clear();
        } catch (const MlflowError& error) {
            if (said != error.what() && !stop.stop_requested())
                logLine(std::string("what came waits: ") + error.what());
            said = error.what();
        }
        const auto pause = std::clamp<Clock::duration>(4 * (Clock::now() - begun), kPause, kLongestPause);
        wake.wait_for(lock, stop, pause, [] { return false; });
    }
    return kExitDone;
}

int sync(const CommandContext& context, const SyncOptions& options)
{
    if (options.mlflow.empty())
        throw UsageError("sync: name a server, as in --mlflow http://localhost:5000");
    if (context.json && options.follow)
        throw UsageError("--json is one document: leave --follow out with it");
    if (options.pullOnly && !options.runs.empty())
        throw UsageError("--pull takes all runs of others; runs are named to be pushed");
    std::stop_source stop;
    StopSignals signals;
    signals.listen([&] { stop.request_stop(); });
    try {
        Sync both(context, options, stop.get_token());
        if (options.follow)
            return syncOn(both, stop.get_token());
        const auto report = both.look();
        if (context.json)
            printJson(reportJson(report));
        else if (const auto text = reportText(report); !text.empty())
            printText(text);
        else
            logLine("nothing is new on either side");
        return stop.stop_requested() ? kExitSignal : kExitDone;
    } catch (const MlflowError& error) {
        if (stop.stop_requested())
            return kExitSignal;
        printError(error.what(), {});
        return options.mlflow.starts_with("http") ? kExitFailed : kExitBadInput;
    }
}

} // namespace

void addSyncCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<SyncOptions>();
    auto* command = app.add_subcommand("sync", "Push runs to a group's MLflow server, and pull those of the others");
    command->add_option("runs", options->runs, "Push these, whosesoever; else all that were trained here")
        ->type_name("RUN");
    command->add_option("--mlflow", options->mlflow, "Its address, such as http://localhost:5000")->type_name("URL");
    command->add_option("--experiment", options->experiment, "Push into this one (nabiz)")->type_name("NAME");
    auto* push = command->add_flag("--push", options->pushOnly, "Push alone");
    command->add_flag("--pull", options->pullOnly, "Pull alone")->excludes(push);
    command->add_flag("--follow", options->follow, "Go on until SIGINT, also while runs train");
    addSharedOptions(*command, context);
    command->footer(
        "Each run and each point is there once, however often it is synced and wherever it broke off. What is on the\n"
        "server in a run of one's own that Nabız did not put there stays. MLFLOW_TRACKING_TOKEN, or\n"
        "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, are sent to the server.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return sync(context, *options); }; });
}

} // namespace nabiz::app
