// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz export: every point of runs, in the formats that other programs read.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_csv.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/interchange/export/dvclive_export.h"
#include "app/interchange/export/export_place.h"
#include "app/interchange/export/tensorboard_export.h"
#include "app/run/exit_code.h"
#include "storage/exchange/run_archive.h"
#include "storage/exchange/trackio_file.h"
#include "trainer/base/nearest.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

namespace nabiz::app {

namespace {

struct ExportOptions {
    std::vector<std::string> runs;
    std::string csv, tensorboard, dvclive, trackio, archive;
    std::vector<std::string> metrics;
};

std::vector<storage::Metric> chosenMetrics(
    const storage::RunStore& store, storage::RunId run, const ExportOptions& options)
{
    std::vector<storage::Metric> all = store.metrics(run);
    std::ranges::sort(all, {}, &storage::Metric::name);
    if (options.metrics.empty())
        return all;
    std::vector<std::string_view> names;
    std::string listed;
    for (const storage::Metric& metric : all) {
        names.push_back(metric.name);
        listed += (listed.empty() ? "" : ", ") + metric.name;
    }
    for (const std::string& asked : options.metrics) {
        if (std::ranges::find(names, asked) != names.end())
            continue;
        const std::string_view meant = trainer::nearest(asked, names);
        throw UsageError(fmt::format("the run '{}' has no metric '{}'; {}",
            store.run(run).value_or(storage::RunOverview {}).run.name, asked,
            meant.empty() ? "it has " + listed : fmt::format("did you mean '{}'? It has {}", meant, listed)));
    }
    std::erase_if(all, [&](const storage::Metric& metric) {
        return std::ranges::find(options.metrics, metric.name) == options.metrics.end();
    });
    return all;
}

// The rows that were written are those that the database holds: a run that is being trained may have gained some.
void verifyRows(const storage::RunStore& store, storage::RunId run, std::int64_t rows, std::int64_t before)
{
    const auto overview = store.run(run);
    const std::int64_t after = overview ? overview->summary.batches : 0;
    // Another program may have recorded a batch several times.
    const bool isOwn = !overview || overview->run.source == "nabiz";
    if (rows < before || (isOwn && rows > after))
        throw std::runtime_error(fmt::format(
            "{} rows were written, but the database holds {} batches of the run; check it with nabiz doctor", rows,
            after));
}

int exportCsv(const CommandContext& context, const ExportOptions& options, const storage::RunStore& store,
    const storage::Run& run)
{
    const std::vector<storage::Metric> metrics = chosenMetrics(store, run.id, options);
    const std::int64_t before = store.run(run.id).value_or(storage::RunOverview {}).summary.batches;
    trainer::OutputFile file(options.csv == "-" ? "/dev/stdout" : options.csv);
    const bool isStream = file.isStream();
    const std::int64_t rows = writeRunCsv(store, run.id, metrics, file);
    verifyRows(store, run.id, rows, before);
    file.commit();
    if (context.json)
        printJson({ { "run", run.id }, { "file", options.csv }, { "rows", rows } }, isStream ? stderr : stdout);
    else
        logLine(fmt::format(
            "{} rows of {} metrics written to {}", rows, metrics.size(), options.csv == "-" ? "stdout" : options.csv));
    return kExitDone;
}

using Exporter = std::int64_t (*)(const storage::RunStore&, const storage::Run&, const std::filesystem::path&);

// A folder a run: of one run that folder itself where the format has it so, else one inside for each.
std::int64_t exportFolders(const storage::RunStore& store, const std::vector<storage::Run>& runs,
    const std::filesystem::path& folder, bool isInside, Exporter write)
{
    std::int64_t points = 0;
    for (const storage::Run& run : runs) {
        const auto place = isInside ? folder / exportFolderName(run.name, run.id) : folder;
        prepareExportFolder(place);
        points += write(store, run, place);
    }
    return points;
}

struct Written {
    std::string format, place;
    std::int64_t points = 0;
};

// A file of SQLite with all of them.
Written exportFile(const CommandContext& context, const ExportOptions& options, const storage::RunStore& store,
    const std::vector<storage::Run>& runs)
{
    std::vector<storage::RunId> ids;
    for (const storage::Run& run : runs)
        ids.push_back(run.id);
    const bool isTrackio = !options.trackio.empty();
    Written written { isTrackio ? "trackio" : "file", isTrackio ? options.trackio : options.archive };
    if (!isTrackio && std::filesystem::path(written.place).extension() != storage::kArchiveEnding)
        throw UsageError("a file of runs is known by its ending: call it " + written.place + storage::kArchiveEnding);
    writeBeside(written.place, isTrackio ? storage::isOwnTrackioFile : storage::isRunArchive,
        [&](const std::filesystem::path& file) {
            written.points = isTrackio ? storage::writeTrackioFile(store, ids, file)
                                       : storage::writeRunArchive(context.databaseFile(), ids, file);
        });
    return written;
}

Written exportOther(const CommandContext& context, const ExportOptions& options, const storage::RunStore& store,
    const std::vector<storage::Run>& runs)
{
    if (!options.tensorboard.empty())
        return { "tensorboard", options.tensorboard,
            exportFolders(store, runs, options.tensorboard, true, exportTensorboard) };
    if (!options.dvclive.empty())
        return { "dvclive", options.dvclive,
            exportFolders(store, runs, options.dvclive, runs.size() > 1, exportDvclive) };
    return exportFile(context, options, store, runs);
}

int exportRuns(const CommandContext& context, const ExportOptions& options)
{
    const storage::RunStore store = openForReading(context);
    std::vector<storage::Run> runs;
    for (auto& overview : findRuns(store, options.runs)) {
        if (std::ranges::find(runs, overview.run.id, &storage::Run::id) == runs.end())
            runs.push_back(std::move(overview.run));
    }
    if (!options.csv.empty()) {
        if (runs.size() > 1)
            throw UsageError("a CSV file holds one run; export them one by one, or together with --file");
        return exportCsv(context, options, store, runs.front());
    }
    if (!options.metrics.empty())
        throw UsageError("--metric is for --csv; the other formats take every metric");
    const Written written = exportOther(context, options, store, runs);
    if (context.json)
        printJson({ { "format", written.format }, { "path", written.place }, { "runs", runs.size() },
            { "points", written.points } });
    else
        logLine(fmt::format("{} points of {} {} written to {}", written.points, runs.size(),
            runs.size() == 1 ? "run" : "runs", written.place));
    return kExitDone;
}

} // namespace

void addExportCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ExportOptions>();
    auto* command = app.add_subcommand("export", "Write every point of runs for other programs");
    command->add_option("runs", options->runs, "Ids or names")->required()->type_name("RUN");
    auto* format = command->add_option_group("format", "One of them");
    const auto add = [&](const char* name, std::string& place, const char* type, const char* help) {
        format->add_option(name, place, help)
            ->type_name(type)
            ->check(CLI::Validator(
                [](std::string& given) { return std::string(given.empty() ? "it needs a name" : ""); }, "", ""));
    };
    add("--csv", options->csv, "FILE", "A row a batch, of one run; - is stdout");
    add("--tensorboard", options->tensorboard, "DIR", "Event files, a folder a run");
    add("--dvclive", options->dvclive, "DIR", "DVCLive's folder; one inside for each of several runs");
    add("--trackio", options->trackio, "FILE", "A project of Trackio: PROJECT.db");
    add("--file", options->archive, "RUNS.nabiz", "The runs whole, for nabiz import on another machine");
    format->require_option(1);
    command->add_option("--metric", options->metrics, "Only this one; may be given several times")
        ->type_name("M")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    addSharedOptions(*command, context);
    command->callback(
        [&context, options] { context.action = [&context, options] { return exportRuns(context, *options); }; });
}

} // namespace nabiz::app
