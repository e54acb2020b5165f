// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/compared_series.h"

#include "ui/models/run_catalog.h"
#include "ui/models/series_points.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nabiz::ui {
namespace {

constexpr unsigned kTrackRounds = 200; // a track is small
constexpr std::size_t kKeptPoints = 8'000'000; // of means that are not shown now, but may be again

// Of the last 2000 batches, without the first three: enough to know it while the run goes on.
std::optional<double> medianOf(const RunSeries* series)
{
    std::vector<double> values;
    for (std::size_t i = 3, size = series ? series->size() : 0; i < size; ++i) {
        i = std::max(i, size > 2000 ? size - 2000 : 0);
        if (std::isfinite(series->value(i))) {
            values.push_back(series->value(i));
        }
    }
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

struct ComparedSeries::Track {
    explicit Track(std::size_t meanOf)
        : track(meanOf)
    {
    }
    SeriesPoints points;
    LossTrack track;
    unsigned round = 0;
};

struct ComparedSeries::Group {
    Group(const RunSeries& like, std::size_t count)
        : mean(like.name(), like.unit())
    {
        for (std::size_t i = 0; i < count; ++i) {
            members.push_back(std::make_unique<RunSeries>(like.name(), like.unit(), mean));
        }
    }
    RunSeries mean;
    std::vector<std::unique_ptr<RunSeries>> members;
    MeanCurve curve;
    unsigned round = 0;
};

bool isNoisy(const std::string& metric)
{
    return metric != "val.loss" && metric != "learning_rate" && metric.rfind("memory.", 0) != 0;
}

bool hasValues(const RunDetail& run, const std::string& metric)
{
    const RunSeries* const series = run.find(metric);
    return series && series->extent(0, series->size()).finite > 0;
}

ComparedSeries::ComparedSeries() = default;
ComparedSeries::~ComparedSeries() = default;

LossSeries ComparedSeries::track(const RunSeries* series, std::size_t meanOf)
{
    if (!series) {
        return {};
    }
    std::unique_ptr<Track>& kept = m_tracks[series->id()];
    if (!kept) {
        kept = std::make_unique<Track>(meanOf);
    }
    kept->points.show(*series);
    kept->track.update(kept->points);
    kept->round = m_round;
    return { &kept->points, &kept->track };
}

ComparedRun ComparedSeries::run(const RunDetail& detail)
{
    const RunSeries* const peak = detail.find("memory.peak");
    ComparedRun run;
    run.overview = &detail.overview;
    run.parameters = &detail.parameters;
    run.loss = track(detail.find("loss"), kMeanOf);
    run.validation = track(detail.find("val.loss"), 1);
    const auto unitOf = [](const RunSeries* series) { return series ? series->unit() : std::string(); };
    run.lossUnit = unitOf(detail.find("loss"));
    run.validationUnit = unitOf(detail.find("val.loss"));
    if (const RunSeries* const memory = peak ? peak : detail.find("memory.process")) {
        std::unique_ptr<Track>& kept = m_tracks[memory->id()]; // its points alone are of use
        if (!kept) {
            kept = std::make_unique<Track>(1);
        }
        kept->points.show(*memory);
        kept->round = m_round;
        run.memory = &kept->points;
    }
    if (storage::isLive(detail.overview.run.status)) {
        run.batchSeconds = medianOf(detail.find("batch_seconds"));
        run.tokensPerSecond = medianOf(detail.find("tokens_per_second"));
    }
    return run;
}

GroupCurve ComparedSeries::group(const std::string& metric, const std::vector<const RunDetail*>& members)
{
    std::vector<std::uint64_t> ids;
    std::vector<SeriesPoints> shown(members.size());
    std::vector<const Points*> points;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const RunSeries* const series = members[i]->find(metric);
        if (!series) {
            return {};
        }
        ids.push_back(series->id());
        shown[i].show(*series);
        points.push_back(&shown[i]);
    }
    if (ids.empty()) {
        return {};
    }
    std::unique_ptr<Group>& kept = m_groups[ids];
    if (!kept) {
        kept = std::make_unique<Group>(*members.front()->find(metric), members.size());
    }
    Group& group = *kept;
    group.curve.update(points, [&group](const MeanPoint& point) {
        group.mean.append(point.batch, point.time, point.mean);
        for (std::size_t i = 0; i < group.members.size(); ++i) {
            // A gap of one is a gap of all: their averages are then over the same batches, and the mean's lies among
            // them.
            group.members[i]->append(point.batch, point.time, std::isfinite(point.mean) ? point.values[i] : point.mean);
        }
    });
    group.round = m_round;
    GroupCurve result { &group.mean, {} };
    for (const auto& member : group.members) {
        result.members.push_back(member.get());
    }
    return result;
}

LossSeries ComparedSeries::groupLoss(
    const std::string& metric, const std::vector<const RunDetail*>& members, std::size_t meanOf)
{
    std::vector<const RunDetail*> some;
    std::copy_if(members.begin(), members.end(), std::back_inserter(some),
        [&metric](const RunDetail* member) { return hasValues(*member, metric); });
    const GroupCurve curve = group(metric, some);
    return curve.mean && !curve.mean->empty() ? track(curve.mean, meanOf) : LossSeries();
}

std::vector<ComparedEntry> ComparedSeries::entries(const std::vector<NamedRuns>& groups)
{
    std::vector<ComparedEntry> entries;
    for (const auto& [name, members] : groups) {
        ComparedEntry entry { name, {}, {}, {} };
        for (const RunDetail* const member : members) {
            entry.members.push_back(run(*member));
        }
        entry.loss = members.size() == 1 ? entry.members.front().loss : LossSeries();
        entry.validation = members.size() == 1 ? entry.members.front().validation : groupLoss("val.loss", members, 1);
        entries.push_back(std::move(entry));
    }
    // The mean of a million batches is computed only where something rests on it.
    for (std::size_t i = 0; basisOf(entries) == LossBasis::MeanOfLast && i < groups.size(); ++i) {
        if (entries[i].isGroup()) {
            entries[i].loss = groupLoss("loss", groups[i].second, kMeanOf);
        }
    }
    return entries;
}

void ComparedSeries::beginRound()
{
    ++m_round;
}

void ComparedSeries::endRound()
{
    std::erase_if(m_tracks, [this](const auto& item) { return item.second->round + kTrackRounds < m_round; });
    std::vector<std::pair<unsigned, std::size_t>> unused; // by round, with the points
    for (const auto& [_, group] : m_groups) {
        if (group->round != m_round) {
            unused.emplace_back(group->round, group->mean.size());
        }
    }
    std::sort(unused.rbegin(), unused.rend());
    std::size_t points = 0;
    unsigned oldest = m_round;
    for (const auto& [round, size] : unused) {
        points += size;
        oldest = points <= kKeptPoints ? round : oldest;
    }
    std::erase_if(m_groups, [oldest](const auto& item) { return item.second->round < oldest; });
}

} // namespace nabiz::ui
