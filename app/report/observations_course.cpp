// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/markdown.h"
#include "app/report/observations.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

void resumed(const ReportRun& run, const ReportText& text, std::vector<std::string>& said)
{
    if (run.segments.size() < 2)
        return;
    std::string batches;
    for (std::size_t i = 1; i < run.segments.size(); ++i)
        batches += (i > 1 ? ", " : "") + std::to_string(run.segments[i].firstBatch);
    said.push_back(text(run.segments.size() == 2 ? "observation.resumed_once" : "observation.resumed",
        { std::to_string(run.segments.size() - 1), batches }));
}

// The longest gap between two batches, when it is one.
void standstill(const ReportRun& run, const ReportText& text, std::vector<std::string>& said)
{
    const auto* loss = run.find("loss");
    const auto& usual = run.overview.summary.medianBatchSeconds;
    if (!loss || !usual)
        return;
    const double limit = std::max(rules::kStandstill, rules::kStandstillTimes * *usual);
    std::int64_t count = 0;
    double longest = 0;
    std::size_t at = 0;
    for (std::size_t i = 1; i < loss->size(); ++i) {
        const double gap = loss->time(i) - loss->time(i - 1);
        if (gap <= limit)
            continue;
        ++count;
        if (gap > longest) {
            longest = gap;
            at = i;
        }
    }
    if (count > 0)
        said.push_back(text(count == 1 ? "observation.standstill" : "observation.standstills",
            { std::to_string(count), text.duration(longest), std::to_string(std::llround(loss->batch(at))) }));
}

void ending(const ReportRun& run, const ReportText& text, std::vector<std::string>& said)
{
    const auto& record = run.overview.run;
    const auto batches = std::to_string(run.overview.summary.batches);
    const auto planned = std::to_string(record.plannedBatches);
    const bool isShort = run.overview.summary.batches < record.plannedBatches;
    switch (record.status) {
    case storage::RunStatus::Diverged:
        said.push_back(text("observation.diverged"));
        break;
    case storage::RunStatus::Interrupted:
        said.push_back(text("observation.interrupted"));
        break;
    case storage::RunStatus::Stopped:
    case storage::RunStatus::Failed:
        if (isShort)
            said.push_back(text("observation.short", { batches, planned }));
        break;
    default:
        break;
    }
}

} // namespace

std::vector<std::string> observeCourse(const ReportRun& run, const ReportText& text)
{
    std::vector<std::string> said;
    ending(run, text, said);
    resumed(run, text, said);
    standstill(run, text, said);
    const bool hasCourse = run.overview.run.status != storage::RunStatus::Reference && run.find("loss");
    if (said.empty() && hasCourse && !storage::isLive(run.overview.run.status))
        said.push_back(text("observation.uninterrupted"));
    return said;
}

std::vector<std::string> observe(const ReportRun& run, const ReportText& text)
{
    auto said = observeLoss(run, text);
    for (auto part : { observeMemory(run, text), observeCourse(run, text) })
        said.insert(said.end(), part.begin(), part.end());
    return said;
}

} // namespace nabiz::app
