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

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <stop_token>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

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
    const auto report = follower.look();
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

int followOn(StoreFollower& follower)
{
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&] { stop.request_stop(); });
    follower.follow(
        stop.get_token(),
        [](const ImportReport& report) {
            const std::string text = reportText(report, false);
            if (text.empty())
                return;
            printText(text);
            flushOutput();
        },
        [](const std::string& why) { logLine("what came waits: " + why); });
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
        "It goes on until SIGINT or SIGTERM. What is taken in is taken once, whoever else follows or imports the\n"
        "same. A run that says no end is running while a process here writes it, and, where none can be seen, until\n"
        "ten minutes behind its last figure; then it was interrupted. A script logs into the inbox by nabiz.py: see\n"
        "nabiz python --help.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return follow(context, *options); }; });
}

} // namespace nabiz::app
