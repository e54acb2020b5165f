// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz runs: the runs of the database, newest first, or those of them that are asked for in the order asked for.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/terminal_text.h"
#include "trainer/base/nearest.h"
#include "ui/analysis/run_filter.h"

#include <filesystem>
#include <memory>

namespace nabiz::app {

namespace {

constexpr int kDigits = 4; // significant; --json has them all

struct ListOptions {
    std::string filter;
    std::string sort; // a name, with a minus before it the other way round
    bool trash = false;
};

std::vector<storage::RunOverview> readRuns(const storage::RunStore& store, bool trash)
{
    if (!trash)
        return store.runs();
    std::vector<storage::RunOverview> runs;
    for (storage::TrashedRun& item : store.trash())
        runs.push_back(std::move(item.overview));
    return runs;
}

std::string unknownName(const ui::RunQuery& query, const std::string& given)
{
    std::vector<std::string_view> names;
    for (const trainer::FilterName& name : query.names())
        names.push_back(name.name);
    const std::string_view near = trainer::nearest(given, names);
    return "--sort: there is no '" + given + "' to sort by; "
        + (near.empty() ? "take one that --filter knows, as loss.best" : "did you mean '" + std::string(near) + "'?");
}

// Wrong words are said before anything is listed.
void choose(std::vector<storage::RunOverview>& runs, const ui::RunQuery& query, const ListOptions& options)
{
    const auto reading = trainer::FilterExpression::read(options.filter, query.names());
    if (reading.problem) {
        throw UsageError("--filter, at character " + std::to_string(reading.problem->position + 1) + ": "
            + reading.problem->message.english());
    }
    query.filter(runs, reading.expression);
    if (options.sort.empty())
        return;
    const bool isDescending = options.sort.front() == '-';
    const std::string name = options.sort.substr(isDescending ? 1 : 0);
    const auto place = query.find(name);
    if (place < 0)
        throw UsageError(unknownName(query, name));
    query.sort(runs, static_cast<std::size_t>(place), isDescending);
}

std::vector<storage::RunOverview> chosenRuns(const CommandContext& context, const ListOptions& options)
{
    const std::filesystem::path file = context.databaseFile();
    std::error_code error;
    std::vector<storage::RunOverview> runs;
    if (std::filesystem::exists(file, error) || error) {
        const storage::RunStore store = openForReading(context);
        runs = readRuns(store, options.trash);
        if (!options.filter.empty() || !options.sort.empty())
            choose(runs, ui::RunQuery(store.parameterTable({}, options.trash)), options);
    } else {
        logLine("there is no database " + file.string() + " yet: the first run makes it");
        choose(runs, ui::RunQuery({}), options);
    }
    return runs;
}

std::string emptyText(const ListOptions& options)
{
    if (!options.filter.empty())
        return "no run matches\n";
    return options.trash ? "the trash is empty\n" : "no runs yet; make one with: nabiz train quick\n";
}

int listRuns(const CommandContext& context, const ListOptions& options)
{
    const auto runs = chosenRuns(context, options);
    if (context.json) {
        auto json = nlohmann::ordered_json::array();
        for (const storage::RunOverview& overview : runs)
            json.push_back(runJson(overview));
        printJson(json);
        return kExitDone;
    }
    using enum TextTable::Align;
    TextTable table({ { "ID", Right }, { "NAME" }, { "STATUS" }, { "BATCHES", Right }, { "LOSS", Right },
        { "BEST", Right }, { "VAL BEST", Right }, { "TIME", Right }, { options.trash ? "DELETED" : "STARTED" },
        { "PRESET" }, { "WHY" } });
    for (const auto& [run, summary] : runs) {
        const auto time = options.trash ? run.deleted : run.started;
        table.add({ countText(run.id), (run.starred ? "* " : "") + elided(run.name, 40),
            std::string(storage::name(run.status)), countText(summary.batches), numberText(summary.lastLoss, kDigits),
            numberText(summary.bestLoss, kDigits), numberText(summary.bestValLoss, kDigits),
            durationText(summary.seconds), time ? localTime(*time) : "–", elided(run.preset, 24),
            elided(run.why, 60) });
    }
    printText(table.empty() ? emptyText(options) : table.text());
    return kExitDone;
}

} // namespace

void addRunsCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ListOptions>();
    auto* command = app.add_subcommand("runs", "List the runs");
    command
        ->add_option("--filter", options->filter,
            "Only runs that match: words, or comparisons such as \"loss.best < 0.01 and training.batch_size = 4\"")
        ->type_name("EXPR");
    command->add_option("--sort", options->sort, "By that name, as loss.best; -loss.best the largest first")
        ->type_name("NAME");
    command->add_flag("--trash", options->trash, "What is in the trash instead");
    addSharedOptions(*command, context);
    command->callback(
        [&context, options] { context.action = [&context, options] { return listRuns(context, *options); }; });
}

} // namespace nabiz::app
