// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz show: all of one run.
#include "app/cli/changed_text.h"
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/memory_text.h"
#include "app/cli/run_json.h"
#include "app/cli/run_lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"
#include "app/run/memory_verdict.h"
#include "app/run/terminal_text.h"
#include "storage/reading/last_batches.h"
#include "ui/analysis/points.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <filesystem>
#include <memory>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kDigits = 4; // significant; --json has them all

// All but the points themselves.
struct Shown {
    storage::RunOverview overview;
    std::vector<storage::Parameter> parameters;
    std::vector<storage::SeriesFigures> figures;
    std::vector<storage::Event> events;
    std::vector<storage::Checkpoint> checkpoints;
    std::vector<storage::WrittenReport> reports;
    std::string lastLosses; // their mean
    std::vector<ui::WhatChanged> changes;
};

Json parametersJson(const std::vector<storage::Parameter>& parameters)
{
    Json json = Json::array();
    for (const storage::Parameter& parameter : parameters)
        json.push_back({ { "key", parameter.key }, { "declared", parameter.declared },
            { "applied", parameter.applied.empty() ? Json(nullptr) : Json(parameter.applied) } });
    return json;
}

Json metricsJson(const std::vector<storage::SeriesFigures>& figures, std::string_view source)
{
    Json json = Json::array();
    for (const storage::SeriesFigures& all : figures) {
        const std::string& name = all.metric.name;
        json.push_back({ { "name", name }, { "unit", all.metric.unit }, { "points", all.points },
            { "first", metricJson(name, all.first, source) }, { "min", metricJson(name, all.least, source) },
            { "max", metricJson(name, all.greatest, source) }, { "last", metricJson(name, all.last, source) } });
    }
    return json;
}

Json eventJson(const storage::Event& event)
{
    return { { "kind", event.kind }, { "batch", event.batch < 0 ? Json(nullptr) : Json(event.batch) },
        { "time", utcTime(event.time) }, { "text", event.text } };
}

Json detailJson(const Shown& shown)
{
    Json json = runJson(shown.overview);
    json["command"] = shown.overview.run.command;
    json["preset_text"] = shown.overview.run.presetText;
    json["facts"] = shown.overview.run.facts;
    json["parameters"] = parametersJson(shown.parameters);
    json["metrics"] = metricsJson(shown.figures, shown.overview.run.source);
    json["samples"] = Json::array();
    json["events"] = Json::array();
    for (const storage::Event& event : shown.events)
        json[event.kind == "sample" ? "samples" : "events"].push_back(eventJson(event));
    if (const auto card = keptCard(shown.events))
        json["out_of_memory"] = memoryCardJson(*card);
    json["checkpoints"] = Json::array();
    for (const storage::Checkpoint& checkpoint : shown.checkpoints)
        json["checkpoints"].push_back(
            { { "batch", checkpoint.batch }, { "folder", checkpoint.folder }, { "bytes", checkpoint.bytes } });
    return json;
}

// The mean over the last twenty batches; where a page gives fewer points of them, with how many it gives.
std::string lastLosses(const storage::RunStore& store, const storage::RunOverview& overview)
{
    if (overview.summary.meanLastLoss || overview.run.status != storage::RunStatus::Reference)
        return numberText(overview.summary.meanLastLoss);
    const auto loss = store.packed(overview.run.id, "loss");
    const std::size_t size = loss ? loss->values.size() : 0;
    if (size == 0 || loss->x->batch(size - 1) + 1 < storage::kLastBatches)
        return "–";
    const auto first
        = storage::firstOfLast(size, storage::kLastBatches, [&](std::size_t i) { return loss->x->batch(i); });
    std::vector<double> last;
    for (std::size_t i = first; i < size; ++i)
        last.push_back(loss->values[i]);
    return numberText(ui::meanOf(last.data(), last.size()))
        + fmt::format(" (of {} point{})", last.size(), last.size() == 1 ? "" : "s");
}

std::string overviewText(const Shown& shown)
{
    const auto& [run, summary] = shown.overview;
    TextTable table({ { "" }, { "" } });
    const auto add = [&table](const char* label, const std::string& text) {
        if (!text.empty() && text != "–")
            table.add({ label, text });
    };
    add("status", std::string(storage::name(run.status)) + (run.failure.empty() ? "" : ": " + run.failure));
    add("in the trash since", run.deleted ? localTime(*run.deleted) : "");
    add("why", run.why);
    add("group", run.group);
    add("preset", run.preset);
    add("parent", run.parent ? countText(*run.parent) : "");
    add("started", run.started ? localTime(*run.started) : "");
    add("ended", run.ended ? localTime(*run.ended) : "");
    add("batches",
        countText(summary.batches) + " of " + countText(run.plannedBatches) + ", " + countText(summary.steps)
            + " steps, " + durationText(summary.seconds));
    add("loss, last", numberText(summary.lastLoss, kDigits));
    add("loss, mean of last 20", shown.lastLosses);
    if (summary.bestBatch)
        add("loss, best", numberText(summary.bestLoss, kDigits) + " at batch " + countText(*summary.bestBatch));
    if (summary.bestValBatch)
        add("val.loss, best",
            numberText(summary.bestValLoss, kDigits) + " at batch " + countText(*summary.bestValBatch));
    add("tokens per second", summary.tokensPerSecond ? numberText(std::round(*summary.tokensPerSecond), 9) : "");
    add("peak memory", summary.peakBytes ? bytesText(*summary.peakBytes) : "");
    add("losses not finite", summary.nonFinite ? countText(summary.nonFinite) : "");
    add("note", run.note);
    add("command", run.command);
    return table.text();
}

std::string settingsText(const Shown& shown)
{
    TextTable facts({ { "FACT" }, { "" } });
    for (const auto& [name, text] : shown.overview.run.facts)
        facts.add({ name, text });
    TextTable settings({ { "SETTING" }, { "DECLARED", TextTable::Align::Left, 100 }, { "APPLIED" } });
    for (const storage::Parameter& parameter : shown.parameters)
        settings.add(
            { parameter.key, parameter.declared, parameter.applied == parameter.declared ? "" : parameter.applied });
    return (facts.empty() ? "" : '\n' + facts.text()) + '\n' + settings.text();
}

std::string figureText(const std::string& unit, std::optional<double> value)
{
    return value && unit == "bytes" && std::isfinite(*value) ? bytesText(*value) : numberText(value, kDigits);
}

std::string pointsText(const Shown& shown)
{
    using enum TextTable::Align;
    TextTable metrics({ { "METRIC" }, { "UNIT" }, { "POINTS", Right }, { "FIRST", Right }, { "MIN", Right },
        { "MAX", Right }, { "LAST", Right } });
    for (const storage::SeriesFigures& all : shown.figures) {
        std::vector<std::string> cells { all.metric.name, all.metric.unit, std::to_string(all.points) };
        for (const auto& value : { all.first, all.least, all.greatest, all.last })
            cells.push_back(figureText(all.metric.unit, value));
        metrics.add(std::move(cells));
    }
    TextTable events({ { "EVENT" }, { "BATCH", Right }, { "TEXT" } });
    for (const storage::Event& event : shown.events)
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
        json.push_back(
            { { "folder", report.folder }, { "language", report.language }, { "written", utcTime(report.written) },
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
    auto overview = store.run(id);
    if (!overview)
        throw UsageError("the run '" + name + "' has just been deleted; nabiz runs lists those that are left");
    std::string last = lastLosses(store, *overview);
    auto changes = changesBefore(store, *overview);
    const Shown shown { std::move(*overview), store.parameters(id), store.figures(id), store.events(id),
        store.checkpoints(id), store.reports(id), std::move(last), std::move(changes) };
    const storage::Run& run = shown.overview.run;
    if (context.json) {
        Json json = detailJson(shown);
        json["changed"] = changedJson(shown.changes);
        json["texts"] = run.texts;
        json["reports"] = reportsJson(shown.reports);
        printJson(json);
        return kExitDone;
    }
    const auto card = keptCard(shown.events);
    printText(safeLine(run.name) + "  (run " + countText(run.id) + ")\n" + changedText(shown.changes)
        + overviewText(shown) + (card ? memoryCardText(*card) : std::string()) + settingsText(shown) + pointsText(shown)
        + reportsText(shown.reports));
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
