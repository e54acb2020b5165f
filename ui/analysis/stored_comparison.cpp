// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/stored_comparison.h"

#include "ui/analysis/mean_curve.h"
#include "ui/analysis/seed_groups.h"

#include <utility>

namespace nabiz::ui {

StoredComparison::StoredComparison(std::vector<StoredRun> runs)
    : m_runs(std::move(runs))
{
    std::vector<ComparedRun> compared;
    for (const StoredRun& run : m_runs) {
        ComparedRun one;
        one.overview = &run.overview;
        one.parameters = &run.parameters;
        one.loss = track(run.loss.get(), kMeanOf);
        one.validation = track(run.validation.get(), 1);
        one.memory = run.memory.get();
        one.lossUnit = run.lossUnit;
        one.validationUnit = run.validationUnit;
        compared.push_back(one);
        m_single.push_back(entryOf(one));
    }
    for (const SeedGroup& group : seedGroups(compared)) {
        if (group.members.size() == 1) {
            m_grouped.push_back(m_single[group.members.front()]);
            continue;
        }
        ComparedEntry entry { group.name, {}, {}, {} };
        for (const std::size_t member : group.members) {
            entry.members.push_back(compared[member]);
        }
        entry.loss = meanOfMembers(entry.members, false);
        entry.validation = meanOfMembers(entry.members, true);
        m_grouped.push_back(std::move(entry));
    }
}

LossSeries StoredComparison::track(const Points* points, std::size_t meanOf)
{
    if (!points || points->size() == 0) {
        return {};
    }
    LossTrack& track = m_tracks.emplace_back(meanOf);
    track.update(*points);
    return { points, &track };
}

LossSeries StoredComparison::meanOfMembers(const std::vector<ComparedRun>& members, bool validation)
{
    std::vector<const Points*> points;
    for (const ComparedRun& run : members) {
        const LossSeries& series = validation ? run.validation : run.loss;
        if (series && series.track->best(*series.points)) { // without a value it has no part in a mean
            points.push_back(series.points);
        }
    }
    const std::size_t meanOf = validation ? 1 : kMeanOf;
    storage::Series mean;
    MeanCurve().update(points, [&mean](const MeanPoint& point) {
        mean.batch.push_back(point.batch);
        mean.time.push_back(point.time);
        mean.value.push_back(point.mean);
    });
    return track(&m_means.emplace_back(std::move(mean)), meanOf);
}

} // namespace nabiz::ui
