// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz compare: which of several runs was better, what differs between them, and what came of it. The first is the
// baseline.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/compare_output.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace nabiz::app {

namespace {

std::shared_ptr<const ui::Points> pointsOf(const storage::RunStore& store, storage::RunId run, std::initializer_list<const char*> names)
{
    const auto metrics = store.metrics(run);
    for (const char* const name : names) {
        const auto metric
            = std::find_if(metrics.begin(), metrics.end(), [name](const auto& item) { return item.name == name; });
        if (metric == metrics.end())
            continue;
        if (auto series = store.series(run, *metric); !series.value.empty())
            return std::make_shared<ui::StoredPoints>(std::move(series));
    }
    return nullptr;
}

int compare(const CommandContext& context, const std::vector<std::string>& names)
{
    if (names.size() < 2)
        throw UsageError("compare needs two runs or more, as in: nabiz compare 1 2");
    const storage::RunStore store = openForReading(context);
    std::vector<ui::StoredRun> runs;
    for (auto& overview : findRuns(store, names)) {
        const auto id = overview.run.id;
        runs.push_back({ std::move(overview), store.parameters(id), pointsOf(store, id, { "loss" }),
            pointsOf(store, id, { "val.loss" }), pointsOf(store, id, { "memory.peak", "memory.process" }) });
    }
    const ui::StoredComparison comparison(std::move(runs));
    if (context.json)
        printJson(comparisonJson(comparison));
    else
        printText(comparisonText(comparison));
    return kExitDone;
}

} // namespace

void addCompareCommand(CLI::App& app, CommandContext& context)
{
    const auto names = std::make_shared<std::vector<std::string>>();
    auto* command = app.add_subcommand(
        "compare", "Compare runs with the first: which was better, what differs, what came of it");
    command->add_option("runs", *names, "Ids or names")->required()->type_name("RUN");
    addSharedOptions(*command, context);
    command->callback([&context, names] { context.action = [&context, names] { return compare(context, *names); }; });
}

} // namespace nabiz::app
