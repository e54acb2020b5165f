// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz rescue: what can be read of a damaged database, in a new one.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/care/rescue.h"
#include "storage/run_store.h"
#include "trainer/base/output_file.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <memory>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

struct RescueOptions {
    std::string damaged, to;
};

fs::path damagedFile(const CommandContext& context, const RescueOptions& options)
{
    if (options.damaged.empty())
        return context.databaseFile();
    if (!context.database.empty())
        throw UsageError("rescue is given two databases, FILE and --db: name one");
    const fs::path file = storage::databasePath(options.damaged);
    trainer::keepDatabase(file); // nothing is written in its place
    return file;
}

// nabiz.db → nabiz-rescued.db, beside it.
fs::path placeBeside(const fs::path& damaged)
{
    const fs::path ending = damaged.has_extension() ? damaged.extension() : fs::path(".db");
    return damaged.parent_path() / (damaged.stem().string() + "-rescued" + ending.string());
}

nlohmann::ordered_json jsonOf(const storage::Rescue& rescue, const fs::path& damaged, const fs::path& place)
{
    nlohmann::ordered_json tables = nlohmann::ordered_json::array();
    for (const storage::RescuedTable& table : rescue.tables)
        tables.push_back({ { "table", table.name }, { "rows", table.rows }, { "unreadable_pages", table.lostPages },
            { "unreadable_rows", table.lostRows } });
    return { { "file", place.string() }, { "damaged", damaged.string() }, { "bytes", rescue.bytes },
        { "runs", rescue.runs }, { "points", rescue.points }, { "whole", rescue.isWhole() },
        { "tables", std::move(tables) }, { "stray_pages", rescue.strayPages },
        { "runs_without_record", rescue.namedRuns }, { "estimated_batches", rescue.filledBatches },
        { "removed_rows", rescue.homeless } };
}

void printLosses(const storage::Rescue& rescue)
{
    using enum TextTable::Align;
    TextTable table({ { "TABLE" }, { "ROWS SAVED", Right }, { "PAGES LOST", Right }, { "ROWS LOST", Right } });
    for (const storage::RescuedTable& one : rescue.tables)
        table.add({ one.name, countText(one.rows), one.lostPages > 0 ? countText(one.lostPages) : "",
            one.lostRows > 0 ? countText(one.lostRows) : "" });
    printText(table.text());
    const auto say = [](std::int64_t count, const char* what) {
        if (count > 0)
            printText(fmt::format("{} {}\n", count, what));
    };
    say(rescue.strayPages, "pages with rows of which none says whose they are were left out");
    say(rescue.namedRuns, "runs have lost their own record; their points are kept under what else is known of them");
    say(rescue.filledBatches, "batches have lost their number and time, which are estimated from those around them");
    say(rescue.homeless, "rows belong to a run or a metric that is lost, and were left out");
    if (rescue.isWhole())
        printText("nothing is missing\n");
}

int rescueDatabase(const CommandContext& context, const RescueOptions& options)
{
    const fs::path damaged = damagedFile(context, options);
    const fs::path place = options.to.empty() ? placeBeside(damaged) : fs::path(options.to);
    trainer::refuseKept(place);
    std::error_code error; // then it cannot be written either, and that says why
    if (fs::exists(fs::symlink_status(place, error)))
        throw UsageError(
            "there is '" + place.string() + "' already, and it was left as it is: name a new file with --to");
    trainer::OutputFile file(place);
    if (file.isStream())
        throw UsageError("'" + place.string() + "' is no file: what is rescued goes into one; name it with --to");
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    const auto rescue = storage::rescue(damaged, file.aside(), stop.get_token());
    signals.close();
    if (!rescue || signals.stopped())
        return kExitSignal;
    file.commit();
    if (context.json)
        printJson(jsonOf(*rescue, damaged, place));
    else
        printLosses(*rescue);
    logLine(fmt::format("{} {} and {} points are in {}; {} is as it was", rescue->runs,
        rescue->runs == 1 ? "run" : "runs", rescue->points, place.string(), damaged.string()));
    return kExitDone;
}

} // namespace

void addRescueCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("rescue", "Save what can be read of a damaged database into a new one");
    const auto options = std::make_shared<RescueOptions>();
    const CLI::Validator filled(
        [](std::string& given) { return std::string(given.empty() ? "it needs a name" : ""); }, "", "");
    command->add_option("file", options->damaged, "The damaged database; else the one of --db")
        ->check(filled)
        ->type_name("FILE");
    command->add_option("--to", options->to, "The new database; else FILE-rescued.db beside it")
        ->check(filled)
        ->type_name("NEW");
    addSharedOptions(*command, context);
    command->footer(
        "The damaged file is only read. To go on with what was saved, move the damaged one away together with its\n"
        "-wal and -shm, and give the new one its name: the checkpoints beside it are found again then.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return rescueDatabase(context, *options); }; });
}

} // namespace nabiz::app
