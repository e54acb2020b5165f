// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/memory_figures.h"
#include "app/report/observations.h"

#include <cmath>

namespace nabiz::app {

namespace {

void growth(const ui::RunSeries& held, const ReportText& text, std::vector<std::string>& said)
{
    const auto half = held.size() / 2;
    const auto fifth = (held.size() - half) / 5;
    const auto begin = medianOf(held, half, half + fifth);
    const auto end = medianOf(held, held.size() - fifth, held.size());
    if (!begin || !end)
        return;
    const auto from = std::to_string(std::llround(held.batch(half)));
    const auto to = std::to_string(std::llround(held.batch(held.size() - 1)));
    const double more = *end - *begin;
    if (more > rules::kGrowth * *begin && more > rules::kGrowthBytes)
        said.push_back(text("observation.memory_grows", { from, to, text.gigabytes(*begin), text.gigabytes(*end) }));
    else
        said.push_back(text("observation.memory_steady", { from, text.gigabytes(*end) }));
}

void prediction(const MemoryFigures& figures, const ReportText& text, std::vector<std::string>& said)
{
    if (!figures.predicted || !figures.peak || figures.isOfProcess || *figures.predicted <= 0)
        return;
    const double ratio = *figures.peak / *figures.predicted - 1;
    const char* key = std::abs(ratio) <= rules::kPredicted ? "observation.predicted"
        : ratio > 0                                        ? "observation.above_prediction"
                                                           : "observation.below_prediction";
    said.push_back(text(
        key, { text.gigabytes(*figures.peak), text.gigabytes(*figures.predicted), text.percent(std::abs(ratio)) }));
}

} // namespace

std::vector<std::string> observeMemory(const ReportRun& run, const ReportText& text)
{
    std::vector<std::string> said;
    if (const auto* held = heldMemory(run); held && held->size() >= rules::kFewest)
        growth(*held, text, said);
    prediction(memoryFigures(run), text, said);
    return said;
}

} // namespace nabiz::app
