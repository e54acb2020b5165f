// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz compare: which of several runs was better, what differs between them, and what came of it. The first is the
// baseline.
#include "app/cli/command_context.h"
#include "app/cli/compare/compare_output.h"
#include "app/cli/console.h"
#include "app/cli/run_lookup.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"

#include <memory>
#include <utility>

namespace nabiz::app {

namespace {

// Columns as they are packed: of a run of millions, a third of the room that rows would take.
class PackedPoints final : public ui::Points {
public:
    explicit PackedPoints(storage::PackedSeries series)
        : m_series(std::move(series))
    {
    }
    std::size_t size() const override { return m_series.values.size(); }
    double batch(std::size_t i) const override { return m_series.x->batch(i); }
    double time(std::size_t i) const override { return m_series.x->time(i); }
    double value(std::size_t i) const override { return m_series.values[i]; }

private:
    const storage::PackedSeries m_series;
};

// The first of these metrics that has a point, with its unit.
std::pair<std::shared_ptr<const ui::Points>, std::string> pointsOf(
    const storage::RunStore& store, storage::RunId run, std::initializer_list<const char*> names)
{
    for (const char* const name : names) {
        if (auto series = store.packed(run, name)) {
            const std::string unit = series->metric.unit;
            return { std::make_shared<PackedPoints>(std::move(*series)), unit };
        }
    }
    return {};
}

int compare(const CommandContext& context, const std::vector<std::string>& names)
{
    if (names.size() < 2)
        throw UsageError("compare needs two runs or more, as in: nabiz compare 1 2");
    const storage::RunStore store = openForReading(context);
    std::vector<ui::StoredRun> runs;
    for (auto& overview : findRuns(store, names)) {
        const auto id = overview.run.id;
        const auto [loss, lossUnit] = pointsOf(store, id, { "loss" });
        const auto [validation, validationUnit] = pointsOf(store, id, { "val.loss" });
        runs.push_back({ std::move(overview), store.parameters(id), loss, validation,
            pointsOf(store, id, { "memory.peak", "memory.process" }).first, lossUnit, validationUnit });
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
    auto* command
        = app.add_subcommand("compare", "Compare runs with the first: which was better, what differs, what came of it");
    command->add_option("runs", *names, "Ids or names")->required()->type_name("RUN");
    addSharedOptions(*command, context);
    command->callback([&context, names] { context.action = [&context, names] { return compare(context, *names); }; });
}

} // namespace nabiz::app
