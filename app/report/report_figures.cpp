// SPDX-License-Identifier: GPL-3.0-or-later
// data/figures.csv: the figures of the page with every digit. Labels as on the page, numbers in their base unit.
#include "app/report/compared_report.h"
#include "app/report/memory_figures.h"
#include "storage/reading/last_batches.h"
#include "trainer/base/csv_text.h"

namespace nabiz::app {

namespace {

std::string cell(const std::optional<double>& value)
{
    return ',' + (value ? trainer::csvCell(*value, false) : std::string());
}

} // namespace

std::string outcomeCsv(const ComparedReport& compared, const ReportText& text)
{
    std::string csv = trainer::csvCell(text("column.figure"));
    for (const auto& entry : compared.entries) {
        csv += ',' + trainer::csvCell(columnName(entry, text));
        if (entry.isGroup())
            csv += ',' + trainer::csvCell(columnName(entry, text) + " ±");
    }
    csv += '\n';
    for (const auto& row : ui::outcomeRows(compared.entries)) {
        csv += trainer::csvCell(outcomeLabel(row, text));
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            csv += cell(row.values[i].value);
            if (compared.entries[i].isGroup())
                csv += cell(row.values[i].value ? std::optional(row.values[i].spread) : std::nullopt);
        }
        csv += '\n';
    }
    return csv;
}

std::string figuresCsv(const ReportRun& run, const ReportText& text)
{
    const auto& summary = run.overview.summary;
    std::string csv = text("column.figure") + ',' + text("column.value") + ',' + text("column.batch") + '\n';
    const auto add = [&csv](const std::string& label, const std::optional<double>& value,
                         const std::optional<std::int64_t>& batch = {}) {
        if (value)
            csv += trainer::csvCell(label) + cell(value) + ',' + (batch ? std::to_string(*batch) : "") + '\n';
    };
    add(text("figure.loss_best"), summary.bestLoss, summary.bestBatch);
    add(text("figure.loss_last"), summary.lastLoss);
    add(text("figure.loss_mean", { std::to_string(storage::kLastBatches) }), summary.meanLastLoss);
    add(text("figure.val_best"), summary.bestValLoss, summary.bestValBatch);
    add(text("figure.val_last"), summary.lastValLoss);
    if (run.overview.run.status == storage::RunStatus::Reference) { // nobody measured how long it took
        for (const char* kind : { "peak", "steady", "predicted" })
            add(text(std::string("figure.memory_") + kind), run.fact(std::string("reference.memory.") + kind));
        return csv;
    }
    const auto memory = memoryFigures(run);
    add(text(memory.isOfProcess ? "figure.tensors_predicted" : "figure.memory_predicted"), memory.predicted);
    add(text(memory.isOfProcess ? "figure.process_peak" : "figure.memory_peak"), memory.peak);
    add(text(memory.isOfProcess ? "figure.process_steady" : "figure.memory_steady"), memory.steady);
    add(text("figure.duration"), summary.seconds);
    add(text("figure.tokens"), summary.tokensPerSecond);
    return csv;
}

} // namespace nabiz::app
