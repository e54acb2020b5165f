// SPDX-License-Identifier: GPL-3.0-or-later
// What came out: the two charts, the loss along the run, its figures, memory and speed.
#include "app/report/markdown.h"
#include "app/report/report_charts.h"
#include "app/report/sections.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace nabiz::app {

std::vector<std::int64_t> tableBatches(std::int64_t last)
{
    std::vector<std::int64_t> batches;
    if (last < 0)
        return batches;
    batches.push_back(0);
    static constexpr std::int64_t kScale[] = { 50, 100, 250, 500, 750 };
    if (last < 100) {
        for (const auto batch : kScale)
            if (batch / 10 < last)
                batches.push_back(batch / 10);
    }
    for (std::int64_t factor = 1; last >= 100 && kScale[0] * factor < last; factor *= 10)
        for (const auto batch : kScale)
            if (batch * factor < last && batch * factor > batches.back())
                batches.push_back(batch * factor);
    if (last > batches.back())
        batches.push_back(last);
    return batches;
}

std::string figure(const std::optional<double>& value)
{
    return value ? trainer::toText(static_cast<float>(*value)) : "–";
}

std::string bytesFigure(const std::optional<double>& bytes)
{
    if (!bytes)
        return "–";
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, *bytes / 1e9, std::chars_format::fixed, 3);
    return std::string(buffer, end.ptr) + " GB";
}

std::string secondsFigure(double seconds)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, seconds, std::chars_format::fixed, 2);
    return std::string(buffer, end.ptr) + " s";
}

std::int64_t lastLossBatch(const ReportRun& run)
{
    const auto* loss = run.find("loss");
    return loss ? std::llround(loss->batch(loss->size() - 1)) : -1;
}

std::string lossAt(const ReportRun& run, std::int64_t batch)
{
    const auto* loss = run.find("loss");
    if (!loss)
        return {};
    const auto at = loss->lastAtOrBefore(double(batch), {});
    if (at >= loss->size() || loss->batch(at) != double(batch))
        return {};
    return trainer::toText(static_cast<float>(loss->value(at)));
}

std::string chartLinks(const ReportText& text, const std::string& label, const std::string& chart, const std::string& table)
{
    return "![" + label + "](" + chart + ".png)\n\n"
        + text("results.links", { "[SVG](" + chart + ".svg)", "[CSV](" + table + ")" }) + "\n\n";
}

namespace {

std::string figures(const ReportRun& run, const ReportText& text)
{
    const auto& summary = run.overview.summary;
    const auto at = [](const std::string& value, const std::optional<std::int64_t>& batch) {
        return batch ? value + " @ " + std::to_string(*batch) : value;
    };
    std::vector<std::vector<std::string>> rows {
        { text("figure.loss_best"), at(figure(summary.bestLoss), summary.bestBatch) },
        { text("figure.loss_last"), figure(summary.lastLoss) },
        { text("figure.loss_mean", { std::to_string(std::min<std::int64_t>(20, summary.batches)) }),
            figure(summary.meanLastLoss) },
    };
    if (summary.bestValLoss) {
        rows.push_back({ text("figure.val_best"), at(figure(summary.bestValLoss), summary.bestValBatch) });
        rows.push_back({ text("figure.val_last"), figure(summary.lastValLoss) });
    }
    if (summary.peakBytes)
        rows.push_back({ text("figure.memory_peak"), bytesFigure(summary.peakBytes) });
    rows.push_back({ text("figure.duration"), secondsFigure(summary.seconds) });
    if (summary.tokensPerSecond)
        rows.push_back({ text("figure.tokens"), std::to_string(std::llround(*summary.tokensPerSecond)) });
    return markdown::table({ text("column.figure"), text("column.value") }, rows) + "\n";
}

} // namespace

std::string resultsSection(const ReportRun& run, const ReportText& text, int level, const std::string& prefix)
{
    std::string result = markdown::heading(level, text("section.results"));
    if (run.overview.summary.batches == 0)
        return result + text("results.none") + "\n\n";

    const auto table = "data/" + prefix + "points.csv";
    if (hasLoss(run))
        result += chartLinks(text, text("chart.loss"), "charts/" + prefix + "loss", table);
    if (hasMemory(run))
        result += chartLinks(text, text("chart.memory"), "charts/" + prefix + "memory", table);

    std::vector<std::vector<std::string>> rows;
    for (const auto batch : tableBatches(lastLossBatch(run)))
        if (auto loss = lossAt(run, batch); !loss.empty())
            rows.push_back({ std::to_string(batch), std::move(loss) });
    if (!rows.empty())
        result += markdown::table({ text("column.batch"), text("column.loss") }, rows) + "\n";
    return result + figures(run, text);
}

} // namespace nabiz::app
