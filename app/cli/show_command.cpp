// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz show: all of one run.
#include "app/cli/command_context.h"
#include "app/cli/command_line.h"
#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"

#include <cmath>
#include <filesystem>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

// Figures of one metric over its whole series; what is not a number counts only as a point.
struct MetricFigures {
    std::size_t points = 0;
    std::optional<double> first, least, greatest, last;
};

MetricFigures figures(const storage::Series& series)
{
    MetricFigures result;
    result.points = series.value.size();
    if (series.value.empty())
        return result;
    result.first = series.value.front();
    result.last = series.value.back();
    for (const double value : series.value) {
        if (std::isnan(value))
            continue;
        result.least = std::min(result.least.value_or(value), value);
        result.greatest = std::max(result.greatest.value_or(value), value);
    }
    return result;
}

Json parametersJson(const std::vector<storage::Parameter>& parameters)
{
    Json json = Json::array();
    for (const storage::Parameter& parameter : parameters)
        json.push_back({ { "key", parameter.key }, { "declared", parameter.declared },
            { "applied", parameter.applied.empty() ? Json(nullptr) : Json(parameter.applied) } });
    return json;
}

Json metricsJson(const std::vector<storage::Series>& series)
{
    Json json = Json::array();
    for (const storage::Series& one : series) {
        const MetricFigures all = figures(one);
        const std::string& name = one.metric.name;
        json.push_back({ { "name", name }, { "unit", one.metric.unit }, { "points", all.points },
            { "first", metricJson(name, all.first) }, { "min", metricJson(name, all.least) },
            { "max", metricJson(name, all.greatest) }, { "last", metricJson(name, all.last) } });
    }
    return json;
}

Json eventJson(const storage::Event& event)
{
    return { { "kind", event.kind }, { "batch", event.batch < 0 ? Json(nullptr) : Json(event.batch) },
        { "time", utcTime(event.time) }, { "text", event.text } };
}

Json detailJson(const storage::RunDetail& detail)
{
    Json json = runJson(detail.overview);
    json["command"] = detail.overview.run.command;
    json["preset_text"] = detail.overview.run.presetText;
    json["facts"] = detail.overview.run.facts;
    json["parameters"] = parametersJson(detail.parameters);
    json["metrics"] = metricsJson(detail.series);
    json["samples"] = Json::array();
    json["events"] = Json::array();
    for (const storage::Event& event : detail.events)
        json[event.kind == "sample" ? "samples" : "events"].push_back(eventJson(event));
    json["checkpoints"] = Json::array();
    for (const storage::Checkpoint& checkpoint : detail.checkpoints)
        json["checkpoints"].push_back(
            { { "batch", checkpoint.batch }, { "folder", checkpoint.folder }, { "bytes", checkpoint.bytes } });
    return json;
}

std::string overviewText(const storage::RunOverview& overview)
{
    const auto& [run, summary] = overview;
    TextTable table({ { "" }, { "" } });
    const auto add = [&table](const char* label, const std::string& text) {
        if (!text.empty() && text != "–")
            table.add({ label, text });
    };
    add("status", std::string(storage::name(run.status)) + (run.failure.empty() ? "" : ": " + run.failure));
    add("in the trash since", run.deleted ? localTime(*run.deleted) : "");
    add("why", run.why);
    add("preset", run.preset);
    add("parent", run.parent ? countText(*run.parent) : "");
    add("started", run.started ? localTime(*run.started) : "");
    add("ended", run.ended ? localTime(*run.ended) : "");
    add("batches", countText(summary.batches) + " of " + countText(run.plannedBatches) + ", "
            + countText(summary.steps) + " steps, " + durationText(summary.seconds));
    add("loss, last", numberText(summary.lastLoss, 6));
    add("loss, mean of last 20", numberText(summary.meanLastLoss, 6));
    if (summary.bestBatch)
        add("loss, best", numberText(summary.bestLoss, 6) + " at batch " + countText(*summary.bestBatch));
    if (summary.bestValBatch)
        add("val.loss, best", numberText(summary.bestValLoss, 6) + " at batch " + countText(*summary.bestValBatch));
    add("tokens per second", summary.tokensPerSecond ? numberText(std::round(*summary.tokensPerSecond), 9) : "");
    add("peak memory", summary.peakBytes ? bytesText(*summary.peakBytes) : "");
    add("losses not finite", summary.nonFinite ? countText(summary.nonFinite) : "");
    add("note", run.note);
    add("command", run.command);
    return table.text();
}

std::string settingsText(const storage::RunDetail& detail)
{
    TextTable facts({ { "FACT" }, { "" } });
    for (const auto& [name, text] : detail.overview.run.facts)
        facts.add({ name, text });
    TextTable settings({ { "SETTING" }, { "DECLARED" }, { "APPLIED" } });
    for (const storage::Parameter& parameter : detail.parameters)
        settings.add({ parameter.key, parameter.declared, parameter.applied == parameter.declared ? "" : parameter.applied });
    return (facts.empty() ? "" : '\n' + facts.text()) + '\n' + settings.text();
}

std::string pointsText(const storage::RunDetail& detail)
{
    using enum TextTable::Align;
    TextTable metrics({ { "METRIC" }, { "UNIT" }, { "POINTS", Right }, { "FIRST", Right }, { "MIN", Right },
        { "MAX", Right }, { "LAST", Right } });
    for (const storage::Series& series : detail.series) {
        const MetricFigures all = figures(series);
        metrics.add({ series.metric.name, series.metric.unit, std::to_string(all.points), numberText(all.first, 6),
            numberText(all.least, 6), numberText(all.greatest, 6), numberText(all.last, 6) });
    }
    TextTable events({ { "EVENT" }, { "BATCH", Right }, { "TEXT" } });
    for (const storage::Event& event : detail.events)
        events.add({ event.kind, event.batch < 0 ? "–" : countText(event.batch), elided(event.text, 160) });
    return (metrics.empty() ? "" : '\n' + metrics.text()) + (events.empty() ? "" : '\n' + events.text());
}

bool isThere(const std::string& folder)
{
    std::error_code error; // what cannot be looked at is not there for us
    return std::filesystem::exists(folder, error);
}

Json reportsJson(const std::vector<storage::WrittenReport>& reports)
{
    Json json = Json::array();
    for (const storage::WrittenReport& report : reports)
        json.push_back({ { "folder", report.folder }, { "language", report.language }, { "written", utcTime(report.written) },
            { "version", report.version }, { "exists", isThere(report.folder) } });
    return json;
}

std::string reportsText(const std::vector<storage::WrittenReport>& reports)
{
    TextTable table({ { "REPORT" }, { "LANGUAGE" }, { "WRITTEN" }, { "VERSION" } });
    for (const storage::WrittenReport& report : reports)
        table.add({ report.folder + (isThere(report.folder) ? "" : " (gone)"), report.language,
            localTime(report.written), report.version });
    return table.empty() ? "" : '\n' + table.text();
}

int show(const CommandContext& context, const std::string& name)
{
    const storage::RunStore store = openForReading(context);
    const storage::RunId id = findRun(store, name);
    const auto detail = store.detail(id);
    const auto reports = store.reports(id);
    if (!detail)
        throw UsageError("the run '" + name + "' has just been deleted; nabiz runs lists those that are left");
    if (context.json) {
        Json json = detailJson(*detail);
        json["texts"] = detail->overview.run.texts;
        json["reports"] = reportsJson(reports);
        printJson(json);
        return kExitDone;
    }
    const storage::Run& run = detail->overview.run;
    printText(run.name + "  (run " + countText(run.id) + ")\n" + overviewText(detail->overview) + settingsText(*detail)
        + pointsText(*detail) + reportsText(reports));
    return kExitDone;
}

} // namespace

void addShowCommand(CLI::App& app, CommandContext& context)
{
    const auto name = std::make_shared<std::string>();
    auto* command = app.add_subcommand("show", "Show all of one run");
    command->add_option("run", *name, "Id or name")->required()->type_name("RUN");
    addSharedOptions(*command, context);
    command->callback([&context, name] { context.action = [&context, name] { return show(context, *name); }; });
}

} // namespace nabiz::app
