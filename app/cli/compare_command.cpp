// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz compare: what differs between runs, and what came of it. The first is the baseline.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <map>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

struct SettingRow {
    std::string key;
    std::vector<std::string> values; // one a run, empty = the run does not know the key
    bool differs = false;
};

// As applied, or as declared while a run has not got that far.
std::vector<SettingRow> settings(const storage::RunStore& store, const std::vector<storage::RunOverview>& runs)
{
    std::vector<SettingRow> rows;
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const storage::Parameter& parameter : store.parameters(runs[i].run.id)) {
            const auto [place, fresh] = places.emplace(parameter.key, rows.size());
            if (fresh)
                rows.push_back({ parameter.key, std::vector<std::string>(runs.size()) });
            rows[place->second].values[i] = parameter.applied.empty() ? parameter.declared : parameter.applied;
        }
    }
    for (SettingRow& row : rows) {
        for (const std::string& value : row.values)
            row.differs = row.differs || value != row.values.front();
    }
    return rows;
}

struct Figure {
    const char* title;
    std::optional<double> (*read)(const storage::RunOverview&);
    bool bytes = false;
};

constexpr Figure kFigures[] = {
    { "loss last", [](const storage::RunOverview& run) { return run.summary.lastLoss; } },
    { "loss mean of last 20", [](const storage::RunOverview& run) { return run.summary.meanLastLoss; } },
    { "loss best", [](const storage::RunOverview& run) { return run.summary.bestLoss; } },
    { "val.loss last", [](const storage::RunOverview& run) { return run.summary.lastValLoss; } },
    { "val.loss best", [](const storage::RunOverview& run) { return run.summary.bestValLoss; } },
    { "tokens per second", [](const storage::RunOverview& run) { return run.summary.tokensPerSecond; } },
    { "peak memory", [](const storage::RunOverview& run) { return run.summary.peakBytes; }, true },
    { "batches", [](const storage::RunOverview& run) { return std::optional<double>(run.summary.batches); } },
    { "seconds", [](const storage::RunOverview& run) { return std::optional(run.summary.seconds); } },
};

std::string figureText(const Figure& figure, std::optional<double> value, std::optional<double> baseline)
{
    if (!value)
        return "–";
    std::string text = figure.bytes ? bytesText(*value) : numberText(value, 5);
    if (baseline && *baseline != 0 && std::isfinite(*value / *baseline)) {
        const long percent = std::lround((*value / *baseline - 1) * 100);
        text += fmt::format(" {:>6}", percent == 0 ? "" : fmt::format("{:+} %", percent));
    }
    return text;
}

std::string comparisonText(const std::vector<storage::RunOverview>& runs, const std::vector<SettingRow>& rows)
{
    using enum TextTable::Align;
    std::vector<TextTable::Column> head { { "SETTING" } };
    std::vector<TextTable::Column> numberHead { { "RESULT" } };
    for (const auto& overview : runs) {
        const std::string title = fmt::format("{} ({})", elided(overview.run.name, 30), overview.run.id);
        head.push_back({ title });
        numberHead.push_back({ title, Right });
    }
    TextTable table(head);
    std::size_t equal = 0;
    for (const SettingRow& row : rows) {
        if (!row.differs) {
            ++equal;
            continue;
        }
        std::vector<std::string> cells { row.key };
        for (const std::string& value : row.values)
            cells.push_back(value.empty() ? "–" : elided(value, 60));
        table.add(cells);
    }
    TextTable results(numberHead);
    std::vector<std::string> statuses { "status" };
    for (const auto& overview : runs)
        statuses.emplace_back(storage::name(overview.run.status));
    results.add(statuses);
    for (const Figure& figure : kFigures) {
        std::vector<std::string> cells { figure.title };
        const std::optional<double> baseline = figure.read(runs.front());
        for (std::size_t i = 0; i < runs.size(); ++i)
            cells.push_back(figureText(figure, figure.read(runs[i]), i ? baseline : std::nullopt));
        results.add(cells);
    }
    return (table.empty() ? "no setting differs" : table.text()) + fmt::format("({} settings are equal)\n\n", equal)
        + results.text();
}

Json comparisonJson(const std::vector<storage::RunOverview>& runs, const std::vector<SettingRow>& rows)
{
    Json json { { "baseline", runs.front().run.id }, { "runs", Json::array() }, { "parameters", Json::array() } };
    for (const auto& overview : runs)
        json["runs"].push_back(runJson(overview));
    std::size_t equal = 0;
    for (const SettingRow& row : rows) {
        equal += row.differs ? 0 : 1;
        if (row.differs)
            json["parameters"].push_back({ { "key", row.key }, { "values", row.values } });
    }
    json["equal_parameters"] = equal;
    return json;
}

int compare(const CommandContext& context, const std::vector<std::string>& names)
{
    if (names.size() < 2)
        throw UsageError("compare needs two runs or more, as in: nabiz compare 1 2");
    const storage::RunStore store = openForReading(context);
    const auto runs = findRuns(store, names);
    const auto rows = settings(store, runs);
    if (context.json)
        printJson(comparisonJson(runs, rows));
    else
        printText(comparisonText(runs, rows));
    return kExitDone;
}

} // namespace

void addCompareCommand(CLI::App& app, CommandContext& context)
{
    const auto names = std::make_shared<std::vector<std::string>>();
    auto* command = app.add_subcommand("compare", "Compare runs with the first: what differs, and what came of it");
    command->add_option("runs", *names, "Ids or names")->required()->type_name("RUN");
    addSharedOptions(*command, context);
    command->callback([&context, names] { context.action = [&context, names] { return compare(context, *names); }; });
}

} // namespace nabiz::app
