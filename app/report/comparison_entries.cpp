// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/comparison_entries.h"

#include "ui/analysis/seed_groups.h"

namespace nabiz::app {

ComparisonEntries::ComparisonEntries(const std::vector<ReportRun>& runs)
{
    std::vector<ui::ComparedRun> compared;
    for (const ReportRun& run : runs) {
        const auto* memory = run.find("memory.peak");
        compared.push_back({ .overview = &run.overview,
            .parameters = &run.parameters,
            .loss = loss(curve(run.find("loss")), ui::kMeanOf),
            .validation = loss(curve(run.find("val.loss")), 1),
            .memory = curve(memory ? memory : run.find("memory.process")) });
        m_single.push_back(ui::entryOf(compared.back()));
    }
    for (const auto& found : ui::seedGroups(compared)) {
        std::vector<ui::ComparedRun> members;
        for (const auto index : found.members)
            members.push_back(compared[index]);
        m_grouped.push_back(members.size() == 1 ? ui::entryOf(members.front()) : group(found.name, members));
    }
}

const ComparisonEntries::Curve* ComparisonEntries::curve(const ui::RunSeries* series)
{
    return series ? &m_curves.emplace_back(series) : nullptr;
}

ui::LossSeries ComparisonEntries::loss(const Curve* points, std::size_t meanOf)
{
    if (!points)
        return {};
    auto& track = m_tracks.emplace_back(meanOf);
    track.update(*points);
    return { points, &track };
}

ui::ComparedEntry ComparisonEntries::group(const std::string& name, const std::vector<ui::ComparedRun>& members)
{
    return { name, members, meanLoss(members, false), meanLoss(members, true) };
}

ui::LossSeries ComparisonEntries::meanLoss(const std::vector<ui::ComparedRun>& members, bool validation)
{
    std::vector<const ui::Points*> points;
    for (const auto& member : members) {
        const auto& series = validation ? member.validation : member.loss;
        if (!series)
            return {};
        points.push_back(series.points);
    }
    const std::size_t meanOf = validation ? 1 : ui::kMeanOf;
    auto& mean = m_curves.emplace_back(nullptr);
    ui::MeanCurve(meanOf).update(points, [&](const ui::MeanPoint& point) { mean.means.push_back(point); });
    return mean.means.empty() ? ui::LossSeries {} : loss(&mean, meanOf);
}

} // namespace nabiz::app
