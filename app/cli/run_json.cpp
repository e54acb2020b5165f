// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_json.h"

#include "app/cli/console.h"
#include "trainer/config/parameters/metric_table.h"

#include <charconv>
#include <cmath>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

Json timeJson(const std::optional<std::int64_t>& time)
{
    return time ? Json(utcTime(*time)) : Json(nullptr);
}

Json bytesJson(std::optional<double> bytes)
{
    return bytes && std::isfinite(*bytes) ? Json(static_cast<std::int64_t>(*bytes)) : Json(nullptr);
}

template <typename T> Json optionalJson(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

} // namespace

Json numberJson(std::optional<double> value)
{
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json metricJson(std::string_view metric, std::optional<double> value, std::string_view source)
{
    const trainer::MetricRow* row = trainer::findMetric(metric);
    if (!value || !std::isfinite(*value) || !row || !row->singlePrecision || source != "nabiz")
        return numberJson(value);
    const std::string text = trainer::toText(static_cast<float>(*value));
    double shortest = *value;
    std::from_chars(text.data(), text.data() + text.size(), shortest);
    return shortest;
}

Json valueJson(const trainer::Value& value)
{
    return std::visit([](const auto& held) { return Json(held); }, value);
}

Json resultJson(const storage::RunOverview& overview)
{
    const storage::Summary& summary = overview.summary;
    Json json {
        { "run", overview.run.id },
        { "name", overview.run.name },
        { "status", storage::name(overview.run.status) },
        { "batches", summary.batches },
        { "steps", summary.steps },
        { "seconds", numberJson(summary.seconds) },
        { "tokens_per_second", numberJson(summary.tokensPerSecond) },
        { "loss",
            { { "first", metricJson("loss", summary.firstLoss, overview.run.source) },
                { "best", metricJson("loss", summary.bestLoss, overview.run.source) },
                { "best_batch", optionalJson(summary.bestBatch) },
                { "last", metricJson("loss", summary.lastLoss, overview.run.source) },
                { "mean_last_20", numberJson(summary.meanLastLoss) } } },
        { "val_loss",
            { { "best", metricJson("val.loss", summary.bestValLoss, overview.run.source) },
                { "best_batch", optionalJson(summary.bestValBatch) },
                { "last", metricJson("val.loss", summary.lastValLoss, overview.run.source) } } },
        { "memory", { { "peak_bytes", bytesJson(summary.peakBytes) } } },
        { "nonfinite_losses", summary.nonFinite },
    };
    if (!overview.run.failure.empty())
        json["reason"] = overview.run.failure;
    if (!overview.run.failure.empty() && overview.run.status != storage::RunStatus::Finished)
        json["failure"] = overview.run.failure;
    return json;
}

Json runJson(const storage::RunOverview& overview)
{
    const storage::Run& run = overview.run;
    Json json = resultJson(overview);
    json["preset"] = run.preset;
    json["tags"] = run.tags;
    json["note"] = run.note;
    json["starred"] = run.starred;
    json["why"] = run.why;
    json["group"] = run.group;
    json["source"] = run.source;
    json["parent"] = optionalJson(run.parent);
    json["seed"] = run.seed;
    json["created"] = utcTime(run.created);
    json["started"] = timeJson(run.started);
    json["ended"] = timeJson(run.ended);
    json["planned_batches"] = run.plannedBatches;
    if (run.deleted)
        json["deleted"] = utcTime(*run.deleted); // in the trash since then
    return json;
}

} // namespace nabiz::app
