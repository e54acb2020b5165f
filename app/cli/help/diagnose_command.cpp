// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz diagnose: what helps to find a fault, as one file to send.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/diagnosis/diagnosis.h"
#include "app/run/exit_code.h"

#include <spdlog/fmt/fmt.h>

#include <memory>

namespace nabiz::app {

namespace {

int diagnoseInto(const CommandContext& context, const std::string& file)
{
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, error)))
        throw UsageError(fmt::format("'{}' is there already; name another file", file));
    const DiagnosisFiles files = diagnose(context.databaseFile());
    writeZip(files, file);
    for (const auto& [name, text] : files)
        logLine(fmt::format("{}: {} bytes", name, text.size()));
    logLine(fmt::format("{} is written; look at it before you send it", file));
    return kExitDone;
}

} // namespace

void addDiagnoseCommand(CLI::App& app, CommandContext& context)
{
    const auto file = std::make_shared<std::string>();
    auto* command = app.add_subcommand("diagnose", "Put what helps to find a fault into one file to send");
    command->add_option("file", *file, "The zip file to make")->required()->type_name("FILE.zip");
    addSharedOptions(*command, context, false);
    command->footer("The log, the stacks of crashes, the machine, and of the newest runs the settings that are no "
                    "texts. Without home folders, the\ntext of data, written texts, names of runs, and what the "
                    "environment holds under names as TOKEN.");
    command->callback([&context, file] { context.action = [&context, file] { return diagnoseInto(context, *file); }; });
}

} // namespace nabiz::app
