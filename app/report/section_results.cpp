// SPDX-License-Identifier: GPL-3.0-or-later
// What came out: the loss along the run, its figures, memory and speed.
#include "app/report/markdown.h"
#include "app/report/memory_figures.h"
#include "app/report/sections.h"
#include "storage/reading/last_batches.h"
#include "trainer/base/byte_text.h"
#include "trainer/base/plain_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

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
    static constexpr int kDigits = 4;
    if (!value)
        return "–";
    const double size = std::abs(*value);
    if (!std::isfinite(size) || size == 0)
        return trainer::toText(*value);
    if (size < 1e-6 || size >= 1e7) {
        char buffer[64];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, *value, std::chars_format::general, kDigits);
        return std::string(buffer, end.ptr);
    }
    std::string text
        = trainer::toFixed(*value, std::max(0, kDigits - 1 - static_cast<int>(std::floor(std::log10(size)))));
    if (text.find('.') != std::string::npos)
        text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string publishedFigure(double value)
{
    const auto single = static_cast<float>(value);
    const float size = std::abs(single);
    if (!std::isfinite(single) || (size != 0 && (size < 1e-6F || size >= 1e7F)))
        return trainer::toText(single);
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, single, std::chars_format::fixed);
    return std::string(buffer, end.ptr);
}

std::string bytesFigure(const std::optional<double>& bytes)
{
    if (bytes && std::abs(*bytes) < 1e6)
        return trainer::bytesText(std::llround(*bytes));
    return bytes ? trainer::toFixed(*bytes / 1e9, 3) + " GB" : "–";
}

std::string secondsFigure(double seconds, const ReportText& text)
{
    return seconds < 60 ? trainer::toFixed(seconds, 2) + " s" : text.duration(seconds);
}

std::int64_t lastLossBatch(const ReportRun& run)
{
    const auto* loss = run.find("loss");
    return loss ? std::llround(loss->batch(loss->size() - 1)) : -1;
}

bool hasLossPoints(const ReportRun& run)
{
    return run.find("loss") != nullptr;
}

std::string lossAt(const ReportRun& run, std::int64_t batch)
{
    const auto* loss = run.find("loss");
    if (!loss)
        return {};
    const auto at = loss->lastAtOrBefore(double(batch), {});
    if (at >= loss->size() || loss->batch(at) != double(batch))
        return {};
    return run.overview.run.status == storage::RunStatus::Reference ? publishedFigure(loss->value(at))
                                                                    : figure(loss->value(at));
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
    };
    const bool isReference = run.overview.run.status == storage::RunStatus::Reference;
    if (summary.meanLastLoss)
        rows.push_back(
            { text("figure.loss_mean", { std::to_string(storage::kLastBatches) }), figure(summary.meanLastLoss) });
    if (summary.bestValLoss) {
        rows.push_back({ text("figure.val_best"), at(figure(summary.bestValLoss), summary.bestValBatch) });
        rows.push_back({ text("figure.val_last"), figure(summary.lastValLoss) });
    }
    const auto memory = memoryFigures(run);
    if (memory.predicted)
        rows.push_back({ text(memory.isOfProcess ? "figure.tensors_predicted" : "figure.memory_predicted"),
            bytesFigure(memory.predicted) });
    if (memory.peak)
        rows.push_back(
            { text(memory.isOfProcess ? "figure.process_peak" : "figure.memory_peak"), bytesFigure(memory.peak) });
    if (memory.steady)
        rows.push_back({ text(memory.isOfProcess ? "figure.process_steady" : "figure.memory_steady"),
            bytesFigure(memory.steady) });
    if (const auto& facts = run.overview.run.facts; isReference) {
        for (const char* kind : { "peak", "steady", "predicted" }) {
            if (const auto found = facts.find(std::string("reference.memory.") + kind); found != facts.end())
                rows.push_back(
                    { text(std::string("figure.memory_") + kind), bytesFigure(trainer::finiteNumber(found->second)) });
        }
        return markdown::table({ text("column.figure"), text("column.value") }, text.figures(std::move(rows))) + "\n";
    }
    rows.push_back({ text("figure.duration"), secondsFigure(summary.seconds, text) });
    if (summary.tokensPerSecond)
        rows.push_back({ text("figure.tokens"), std::to_string(std::llround(*summary.tokensPerSecond)) });
    return markdown::table({ text("column.figure"), text("column.value") }, text.figures(std::move(rows))) + "\n";
}

} // namespace

std::string figuresTable(const ReportRun& run, const ReportText& text)
{
    return run.overview.summary.batches == 0 ? std::string() : figures(run, text);
}

std::string lossesTable(const ReportRun& run, const ReportText& text)
{
    if (run.overview.summary.batches == 0)
        return text("results.none") + "\n\n";
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](std::int64_t batch) {
        if (auto loss = lossAt(run, batch); !loss.empty())
            rows.push_back({ std::to_string(batch), std::move(loss) });
    };
    // A page gives few points, and all of them.
    if (const auto* loss = run.find("loss"); loss && run.overview.run.status == storage::RunStatus::Reference) {
        for (std::size_t i = 0; i < loss->size(); ++i)
            add(std::llround(loss->batch(i)));
    } else {
        for (const auto batch : tableBatches(lastLossBatch(run)))
            add(batch);
    }
    return rows.empty()
        ? std::string()
        : markdown::table({ text("column.batch"), text("column.loss") }, text.figures(std::move(rows))) + "\n";
}

} // namespace nabiz::app
