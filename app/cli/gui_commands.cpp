// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz report and nabiz screenshot: parsed here, done where Qt is.
#include "app/cli/gui_commands.h"
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/number_option.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <memory>

namespace nabiz::app {

#ifdef NABIZ_GUI

namespace {

// By their ids, so that what is wrong with a name is said as everywhere.
void readRuns(const CommandContext& context, std::vector<std::string>& runs)
{
    const storage::RunStore store = openForReading(context);
    for (std::string& run : runs)
        run = std::to_string(findRun(store, run));
}

int report(const CommandContext& context, ReportOptions& options)
{
    if (options.folder.empty())
        throw UsageError("--output names no folder; leave it out for this one");
    options.database = context.databaseFile();
    readRuns(context, options.runs);
    const ReportWritten written = writeReportCommand(context.argc, context.argv, options);
    if (!written.note.empty())
        logLine("note: " + written.note);
    if (context.json)
        printJson({ { options.zip ? "file" : "folder", written.folder.string() }, { "files", written.files } });
    else
        printText(written.folder.string() + '\n');
    return kExitDone;
}

// In pixels; a picture's rows and columns are counted in 16 bits by what draws it.
constexpr double kLongestSide = 32767, kMostPixels = 64e6;

int screenshot(const CommandContext& context, ScreenshotOptions& options)
{
    const double width = options.width * options.scale, height = options.height * options.scale;
    if (width > kLongestSide || height > kLongestSide || width * height > kMostPixels)
        throw UsageError(
            fmt::format("a picture of {:.0f} × {:.0f} pixels is too large; give a --scale, --width and --height that "
                        "come to {:.0f} million pixels at most",
                width, height, kMostPixels / 1e6));
    options.database = context.databaseFile();
    readRuns(context, options.runs);
    screenshotCommand(context.argc, context.argv, options);
    return kExitDone;
}

} // namespace

void addReportCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ReportOptions>();
    options->folder = ".";
    auto* command = app.add_subcommand("report", "Write a page of Markdown with pictures and CSV about runs");
    command->add_option("runs", options->runs, "Ids or names")->required()->type_name("RUN");
    command->add_option("-o,--output", options->folder, "Folder in which the report gets a folder of its own")
        ->type_name("DIR");
    command->add_option("--title", options->title, "In place of what the runs were for")->type_name("T");
    command->add_flag("--zip", options->zip, "One file, NAME.zip, in place of a folder");
    command->add_option("--language", options->language, "Of the page: en or tr")->check(CLI::IsMember({ "en", "tr" }));
    command
        ->add_option("--sections", options->sections,
            "Only these, commas between: problem, solution, configuration, results, charts, samples, observations, audit,\n"
            "environment, reproduce, conclusion")
        ->type_name("S,…")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        ->add_option("--panel", options->panels,
            "A further chart, of these metrics: names or patterns, commas between; may be given again")
        ->type_name("M,…")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    addSharedOptions(*command, context);
    command->callback(
        [&context, options] { context.action = [&context, options] { return report(context, *options); }; });
}

void addScreenshotCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ScreenshotOptions>();
    auto* command = app.add_subcommand("screenshot", "Draw a page of the window into a picture, without a display");
    const std::vector<std::string> pages = pageNames();
    command->add_option("page", options->page, fmt::format("{}", fmt::join(pages, ", ")))
        ->required()
        ->type_name("PAGE")
        ->check(CLI::IsMember(pages));
    command->add_option("file", options->file, "The picture: .png, .jpg or .webp; - is a PNG on stdout")
        ->required()
        ->type_name("FILE");
    command->add_option("--run", options->runs, "Id or name of a run to show; may be given several times")
        ->type_name("RUN")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--language", options->language, "en or tr")->check(CLI::IsMember({ "en", "tr" }));
    command->add_flag("--dark", options->dark, "With the dark palette");
    command->add_option("--panels", options->panels, "A layout of watch or compare: GPU, Router, or one of your own")
        ->type_name("LAYOUT");
    addNumber(*command, "--scale", options->scale, 0.5, 4, "2 draws at 200 %");
    addNumber(*command, "--width", options->width, 320, 8000, "In pixels at scale 1");
    addNumber(*command, "--height", options->height, 240, 8000, "In pixels at scale 1");
    addSharedOptions(*command, context, false);
    command->callback(
        [&context, options] { context.action = [&context, options] { return screenshot(context, *options); }; });
}

#else

void addReportCommand(CLI::App&, CommandContext&)
{
}
void addScreenshotCommand(CLI::App&, CommandContext&)
{
}

#endif

} // namespace nabiz::app
