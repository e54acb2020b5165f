// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz notify: who is told when a run has ended, and whether that works.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/notify/announcer.h"
#include "app/run/exit_code.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace nabiz::app {

namespace {

using Json = nlohmann::ordered_json;

// The address and the command themselves are shown to nobody.
int show(const CommandContext& context, const NotifySettings& settings)
{
    if (context.json) {
        printJson(
            { { "file", notifyFile().string() }, { "url", settings.url.empty() ? Json() : Json(settings.place()) },
                { "command", !settings.command.empty() } });
        return kExitDone;
    }
    std::string text = notifyFile().string() + ":\n";
    text += settings.url.empty() ? "no url\n" : "url: something at " + settings.place() + '\n';
    text += settings.command.empty() ? "no command\n" : "command: there is one\n";
    printText(text);
    return kExitDone;
}

int test(const NotifySettings& settings)
{
    if (settings.isOff())
        throw UsageError("nobody is told: write url: https://… or command: … into " + notifyFile().string());
    bool isTold = true;
    {
        Announcer announcer(settings, [&isTold](const std::string& why) {
            isTold = false;
            printError(why, {});
        });
        announcer.announce(testNotice());
    }
    if (isTold)
        logLine("told");
    return isTold ? kExitDone : kExitFailed;
}

} // namespace

void addNotifyCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("notify", "Say who is told when a run has ended, and try it");
    const auto isTest = std::make_shared<bool>(false);
    command->add_flag("--test", *isTest, "Tell something now; exit 1 when that did not work");
    addSharedOptions(*command, context);
    command->footer(
        "notify.yaml in the folder of your settings has the lines\n"
        "  url: https://…       # gets a POST of each run that has ended, and of the queue; again when it fails\n"
        "  shape: json          # or slack, or ntfy: what the body looks like\n"
        "  command: notify-send \"$NABIZ_TEXT\"   # for sh, with NABIZ_RUN, _NAME, _STATUS, _FAILURE, _VAL_LOSS … around it");
    command->callback([&context, isTest] {
        context.action = [&context, isTest] {
            const NotifySettings settings = readNotifySettings();
            return *isTest ? test(settings) : show(context, settings);
        };
    });
}

} // namespace nabiz::app
