// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz export: every point of a run as CSV.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/run_csv.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "trainer/base/nearest.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

namespace nabiz::app {

namespace {

struct ExportOptions {
    std::string run;
    std::string file;
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
        throw UsageError(fmt::format("the run '{}' has no metric '{}'; {}", options.run, asked,
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

int exportRun(const CommandContext& context, const ExportOptions& options)
{
    const storage::RunStore store = openForReading(context);
    const storage::RunId run = findRun(store, options.run);
    const std::vector<storage::Metric> metrics = chosenMetrics(store, run, options);
    const std::int64_t before = store.run(run).value_or(storage::RunOverview {}).summary.batches;
    if (options.file.empty())
        throw UsageError("--csv needs the name of a file, or - for stdout");
    trainer::OutputFile file(options.file == "-" ? "/dev/stdout" : options.file);
    const bool isStream = file.isStream();
    const std::int64_t rows = writeRunCsv(store, run, metrics, file);
    verifyRows(store, run, rows, before);
    file.commit();
    if (context.json)
        printJson({ { "run", run }, { "file", options.file }, { "rows", rows } }, isStream ? stderr : stdout);
    else
        logLine(fmt::format("{} rows of {} metrics written to {}", rows, metrics.size(),
            options.file == "-" ? "stdout" : options.file));
    return kExitDone;
}

} // namespace

void addExportCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ExportOptions>();
    auto* command = app.add_subcommand("export", "Write every point of a run as CSV");
    command->add_option("run", options->run, "Id or name")->required()->type_name("RUN");
    command->add_option("--csv", options->file, "The file; - is stdout")->required()->type_name("FILE");
    command->add_option("--metric", options->metrics, "Only this one; may be given several times")
        ->type_name("M")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    addSharedOptions(*command, context);
    command->callback(
        [&context, options] { context.action = [&context, options] { return exportRun(context, *options); }; });
}

} // namespace nabiz::app
