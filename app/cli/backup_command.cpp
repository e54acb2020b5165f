// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz backup: the database as of one moment in a file of its own, also while runs are trained into it.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/care/backup.h"
#include "trainer/base/output_file.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <memory>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

// Of files that are the database's own, or no file at all, OutputFile tells.
void refuseOccupied(const fs::path& place, const fs::path& database)
{
    using enum storage::BackupPlace;
    switch (storage::lookAtBackupPlace(place, database)) {
    case Free:
    case Earlier:
        return;
    case Another:
        throw UsageError(fmt::format(
            "'{}' is no backup of '{}', and was left as it is: name another file", place.string(), database.string()));
    case InUse:
        throw UsageError(
            fmt::format("'{}' is a database that another program has open: close that program, or name another file",
                place.string()));
    case Leftover:
        throw UsageError(fmt::format(
            "beside '{}' lies the log of a database that is gone: move its -wal and -journal away, or name another file",
            place.string()));
    }
}

int backUp(const CommandContext& context, const std::string& given)
{
    const fs::path database = context.databaseFile();
    const fs::path place = given;
    if (given == "-")
        throw UsageError("a backup goes into a file: name one");
    trainer::refuseKept(place);
    refuseOccupied(place, database);
    trainer::OutputFile file(place);
    if (file.isStream())
        throw UsageError("'" + given + "' is no file: a backup goes into one; name it");
    StopSignals signals;
    std::stop_source stop;
    signals.listen([&stop] { stop.request_stop(); });
    const auto made = storage::backUp(database, file.aside(), place, stop.get_token());
    signals.close();
    if (!made || signals.stopped())
        return kExitSignal;
    refuseOccupied(place, database); // what lies there may be another by now
    file.commit();
    if (!made->waiting.empty())
        logLine("not in the backup: " + made->waiting);
    if (context.json) {
        nlohmann::ordered_json json = { { "file", place.string() }, { "bytes", made->bytes }, { "runs", made->runs } };
        if (!made->waiting.empty())
            json["waiting"] = made->waiting;
        printJson(json);
    } else {
        logLine(fmt::format("{} {}, {}, written to {}", made->runs, made->runs == 1 ? "run" : "runs",
            bytesText(static_cast<double>(made->bytes)), place.string()));
    }
    return kExitDone;
}

} // namespace

void addBackupCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("backup", "Copy the database, also while runs are trained into it");
    const auto file = std::make_shared<std::string>();
    command->add_option("file", *file, "Where to; an earlier backup of this database is replaced as a whole")
        ->required()
        ->check(CLI::Validator(
            [](std::string& given) { return std::string(given.empty() ? "it needs a name" : ""); }, "", ""))
        ->type_name("FILE");
    addSharedOptions(*command, context);
    command->footer(
        "The backup is a database like any other: nabiz runs --db FILE. Checkpoints are not in it: they lie\n"
        "beside the database, in the folder that ends in -checkpoints.");
    command->callback([&context, file] { context.action = [&context, file] { return backUp(context, *file); }; });
}

} // namespace nabiz::app
