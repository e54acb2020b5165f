// SPDX-License-Identifier: GPL-3.0-or-later
// Several runs side by side: the settings in which they differ, their figures, and their losses over one another.
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"

#include <algorithm>
#include <functional>
#include <set>

namespace nabiz::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> header(const std::vector<ReportRun>& runs, const std::string& first)
{
    std::vector<std::string> cells { first };
    for (const auto& run : runs)
        cells.push_back(markdown::escape(run.overview.run.name));
    return cells;
}

Rows differingSettings(const std::vector<ReportRun>& runs)
{
    std::vector<std::string> keys;
    for (const auto& run : runs)
        for (const auto& parameter : run.parameters)
            if (std::find(keys.begin(), keys.end(), parameter.key) == keys.end())
                keys.push_back(parameter.key);
    Rows rows;
    for (const auto& key : keys) {
        std::set<std::string> distinct;
        std::vector<std::string> cells { markdown::code(key) };
        for (const auto& run : runs) {
            const auto value = run.value(key);
            distinct.insert(value);
            cells.push_back(value.empty() ? "–" : markdown::code(value));
        }
        if (distinct.size() > 1)
            rows.push_back(std::move(cells));
    }
    return rows;
}

Rows figures(const std::vector<ReportRun>& runs, const ReportText& text)
{
    Rows rows;
    const auto add = [&](const std::string& label, const std::function<std::string(const ReportRun&)>& cell) {
        std::vector<std::string> cells { label };
        for (const auto& run : runs)
            cells.push_back(cell(run));
        if (std::any_of(cells.begin() + 1, cells.end(), [](const auto& value) { return value != "–"; }))
            rows.push_back(std::move(cells));
    };
    const auto summary = [](const ReportRun& run) -> const storage::Summary& { return run.overview.summary; };
    add(text("fact.status"), [&](const auto& run) { return text("status." + std::string(storage::name(run.overview.run.status))); });
    add(text("figure.batches"), [&](const auto& run) { return std::to_string(summary(run).batches); });
    add(text("figure.loss_best"), [&](const auto& run) { return figure(summary(run).bestLoss); });
    add(text("figure.loss_last"), [&](const auto& run) { return figure(summary(run).lastLoss); });
    add(text("figure.loss_mean", { "20" }), [&](const auto& run) { return figure(summary(run).meanLastLoss); });
    add(text("figure.val_best"), [&](const auto& run) { return figure(summary(run).bestValLoss); });
    add(text("figure.val_last"), [&](const auto& run) { return figure(summary(run).lastValLoss); });
    add(text("figure.memory_peak"), [&](const auto& run) { return bytesFigure(summary(run).peakBytes); });
    add(text("figure.duration"), [&](const auto& run) { return secondsFigure(summary(run).seconds); });
    add(text("figure.tokens"), [&](const auto& run) { return figure(summary(run).tokensPerSecond); });
    return rows;
}

Rows losses(const std::vector<ReportRun>& runs)
{
    std::int64_t last = -1;
    std::set<std::int64_t> batches;
    for (const auto& run : runs)
        last = std::max(last, lastLossBatch(run));
    for (const auto batch : tableBatches(last))
        batches.insert(batch);
    for (const auto& run : runs) // each run's own last batch too
        if (lastLossBatch(run) >= 0)
            batches.insert(lastLossBatch(run));
    Rows rows;
    for (const auto batch : batches) {
        std::vector<std::string> cells { std::to_string(batch) };
        for (const auto& run : runs) {
            const auto loss = lossAt(run, batch);
            cells.push_back(loss.empty() ? "–" : loss);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

} // namespace

std::string comparisonSection(const std::vector<ReportRun>& runs, const ReportText& text, int level)
{
    std::string result = markdown::heading(level, text("section.comparison"));
    result += text("comparison.baseline", { markdown::escape(runs.front().overview.run.name) }) + "\n\n";

    const auto settings = differingSettings(runs);
    if (settings.empty())
        result += text("comparison.same_settings") + "\n\n";
    else
        result += markdown::table(header(runs, text("column.setting")), settings) + "\n";
    result += markdown::table(header(runs, text("column.figure")), figures(runs, text)) + "\n";

    const auto table = losses(runs);
    if (table.empty())
        return result + text("results.none") + "\n\n";
    result += markdown::heading(level + 1, text("comparison.losses"));
    result += markdown::table(header(runs, text("column.batch")), table) + "\n";
    result += "![" + text("chart.loss") + "](charts/loss.png)\n\n" + text("results.svg", { "[SVG](charts/loss.svg)" }) + "\n\n";
    return result;
}

} // namespace nabiz::app
