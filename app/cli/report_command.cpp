// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz report and nabiz screenshot: parsed here, done where Qt is.
#include "app/cli/command_context.h"
#include "app/cli/gui_commands.h"

#include <memory>

namespace nabiz::app {

#ifdef NABIZ_GUI

void addReportCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ReportOptions>();
    options->folder = ".";
    auto* command = app.add_subcommand("report", "Write a page of Markdown with pictures and CSV about runs");
    command->add_option("runs", options->runs, "Ids or names")->required()->type_name("RUN");
    command->add_option("-o,--output", options->folder, "Folder in which the report gets a folder of its own")
        ->type_name("DIR");
    command->add_option("--language", options->language, "Of the page: en or tr")->check(CLI::IsMember({ "en", "tr" }));
    command->add_option("--sections", options->sections,
               "Only these, commas between: problem, solution, configuration, results, charts, samples, observations, audit,\n"
               "environment, reproduce, conclusion")
        ->type_name("S,…")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    addSharedOptions(*command, context);
    command->callback([&context, options] {
        context.action = [&context, options] {
            options->database = context.databaseFile();
            options->json = context.json;
            return writeReportCommand(context.argc, context.argv, *options);
        };
    });
}

void addScreenshotCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ScreenshotOptions>();
    auto* command = app.add_subcommand("screenshot", "Draw a page of the window into a picture, without a display");
    command->add_option("page", options->page, "configure, watch, runs, compare or report")
        ->required()
        ->type_name("PAGE")
        ->check(CLI::IsMember({ "configure", "watch", "runs", "compare", "report" }));
    command->add_option("file", options->file, "The picture, .png")->required()->type_name("FILE");
    command->add_option("--run", options->runs, "Id or name of a run to show; may be given several times")
        ->type_name("RUN")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--language", options->language, "en or tr")->check(CLI::IsMember({ "en", "tr" }));
    command->add_flag("--dark", options->dark, "With the dark palette");
    command->add_option("--scale", options->scale, "2 draws at 200 %")->check(CLI::Range(0.5, 4.0));
    command->add_option("--width", options->width, "In pixels at scale 1")->check(CLI::Range(320, 8000));
    command->add_option("--height", options->height, "In pixels at scale 1")->check(CLI::Range(240, 8000));
    addSharedOptions(*command, context, false);
    command->callback([&context, options] {
        context.action = [&context, options] {
            options->database = context.databaseFile();
            return screenshotCommand(context.argc, context.argv, *options);
        };
    });
}

#else

void addReportCommand(CLI::App&, CommandContext&) { }
void addScreenshotCommand(CLI::App&, CommandContext&) { }

#endif

} // namespace nabiz::app
