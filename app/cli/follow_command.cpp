// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz follow: what scripts log into the inbox, and the stores of other programs in folders, while they grow.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/interchange/inbox/inbox_store.h"
#include "app/interchange/store_follow.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "app/run/terminal_text.h"
#include "storage/records/storage_error.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPause = std::chrono::milliseconds(500);
constexpr auto kLongestPause = std::chrono::seconds(10);

struct FollowOptions {
    std::vector<std::string> folders;
    bool once = false;
};

std::vector<fs::path> foldersOf(const FollowOptions& options)
{
    std::vector<fs::path> folders;
    for (const std::string& folder : options.folders) {
        if (folder.empty())
            throw UsageError("follow: a folder has no name");
        std::error_code error; // then it is taken as it was written
        if (fs::path(folder).lexically_normal() == "/" || fs::weakly_canonical(folder, error) == "/")
            throw UsageError("follow: / is the whole machine: name a folder nearer to the runs");
        folders.emplace_back(folder);
    }
    return folders;
}

Json reportJson(const ImportReport& report)
{
    Json json { { "runs", Json::array() }, { "skipped", Json::array() } };
    for (const ImportedLine& line : report.runs)
        json["runs"].push_back({ { "run", line.outcome.run }, { "name", line.outcome.name }, { "source", line.source },
            { "points", line.outcome.points }, { "new_points", line.outcome.newPoints } });
    for (const SkippedPath& skipped : report.skipped)
        json["skipped"].push_back({ { "path", skipped.path }, { "reason", skipped.reason } });
    return json;
}

// In a loop a run is named when it is first seen; how it grows, other commands show.
std::string reportText(const ImportReport& report, bool isOnce)
{
    std::string text;
    for (const ImportedLine& line : report.runs) {
        if (isOnce || line.outcome.isNew)
            text += fmt::format("{} {} ({}): {} points, {} new\n", line.outcome.run, safeLine(line.outcome.name),
                line.source, line.outcome.points, line.outcome.newPoints);
    }
    for (const SkippedPath& skipped : report.skipped)
        text += "skipped " + safeLine(skipped.path) + ": " + safeLine(skipped.reason) + '\n';
    return text;
}

int followOnce(const CommandContext& context, StoreFollower& follower, const fs::path& database)
{
    const auto report = follower.look(true);
    if (context.json)
        printJson(reportJson(report));
    else
        printText(reportText(report, true));
    if (!report.runs.empty())
        return kExitDone;
    if (report.skipped.empty())
        throw UsageError("nothing could be read: the inbox " + inboxOf(database).string() + " holds no run");
    const auto& first = report.skipped.front();
    throw UsageError("nothing could be read, as of '" + first.path + "': " + first.reason);
}

// A database that cannot be written for a while is said and tried again: what comes waits in its files.
int followOn(StoreFollower& follower)
{
    StopSignals signals;
    std::stop_source stop;
    std::mutex mutex;
    std::condition_variable_any wake;
    signals.listen([&] { stop.request_stop(); });
    std::string said;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        const auto begun = Clock::now();
        try {
            const std::string text = reportText(follower.look(false), false);
            if (!text.empty()) {
                printText(text);
                flushOutput();
            }
            said.clear();
        } catch (const storage::StorageError& error) {
            if (said != error.what())
                logLine(std::string("what came waits: ") + error.what());
            said = error.what();
        }
        // Large folders are not looked through all the time.
        const auto pause = std::clamp<Clock::duration>(Clock::now() - begun, kPause, kLongestPause);
        wake.wait_for(lock, stop.get_token(), pause, [] { return false; });
    }
    signals.close();
    return kExitDone;
}

int follow(const CommandContext& context, const FollowOptions& options)
{
    if (context.json && !options.once)
        throw UsageError("--json is one document: give --once with it");
    const auto file = context.databaseFile();
    const auto folders = foldersOf(options);
    storage::Recorder recorder(file);
    StoreFollower follower(folders, recorder);
    return options.once ? followOnce(context, follower, file) : followOn(follower);
}

} // namespace

void addFollowCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<FollowOptions>();
    auto* command = app.add_subcommand(
        "follow", "Take in what scripts log, and the runs in folders of other programs, while they grow");
    command
        ->add_option("folders", options->folders,
            "Folders, or files, of TensorBoard, MLflow, W&B, Trackio, DVCLive, Hugging Face and CSV; the inbox is always"
            " read, and alone where none is given")
        ->type_name("DIR");
    command->add_flag("--once", options->once, "Take in what is there by now, and end");
    addSharedOptions(*command, context);
    command->footer(
        "It goes on until SIGINT or SIGTERM, and looks twice a second. What is taken in is taken once, whoever\n"
        "else follows or imports the same. A script logs into the inbox by nabiz.py: see nabiz python --help.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return follow(context, *options); }; });
}

} // namespace nabiz::app
