// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz runs: every run of the database, newest first.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"

#include <filesystem>

namespace nabiz::app {

namespace {

std::vector<storage::RunOverview> allRuns(const CommandContext& context)
{
    const std::filesystem::path file = context.databaseFile();
    std::error_code error;
    if (std::filesystem::exists(file, error) || error)
        return storage::RunStore(file).runs();
    logLine("there is no database " + file.string() + " yet: the first run makes it");
    return {};
}

int listRuns(const CommandContext& context)
{
    const auto runs = allRuns(context);
    if (context.json) {
        auto json = nlohmann::ordered_json::array();
        for (const storage::RunOverview& overview : runs)
            json.push_back(runJson(overview));
        printJson(json);
        return kExitDone;
    }
    using enum TextTable::Align;
    TextTable table({ { "ID", Right }, { "NAME" }, { "STATUS" }, { "BATCHES", Right }, { "LOSS", Right },
        { "BEST", Right }, { "VAL BEST", Right }, { "TIME", Right }, { "STARTED" }, { "PRESET" }, { "WHY" } });
    for (const auto& [run, summary] : runs)
        table.add({ countText(run.id), elided(run.name, 40), std::string(storage::name(run.status)),
            countText(summary.batches), numberText(summary.lastLoss, 5), numberText(summary.bestLoss, 5),
            numberText(summary.bestValLoss, 5), durationText(summary.seconds),
            run.started ? localTime(*run.started) : "–", elided(run.preset, 24), elided(run.why, 60) });
    printText(table.empty() ? "no runs yet; make one with: nabiz train quick\n" : table.text());
    return kExitDone;
}

} // namespace

void addRunsCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("runs", "List the runs");
    addSharedOptions(*command, context);
    command->callback([&context] { context.action = [&context] { return listRuns(context); }; });
}

} // namespace nabiz::app
