// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/anytime_verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace nabiz::ui {

namespace {

// When the runs are evaluated: behind every so many batches, and behind the last.
struct Schedule {
    std::int64_t interval = 0;
    std::int64_t last = 0; // batch

    bool operator==(const Schedule&) const = default;
    std::int64_t looks() const { return last / interval + (last % interval == 0 ? 0 : 1); }
    // The last look at or before a batch; 0 = none.
    std::int64_t lookAt(std::int64_t batch) const { return batch >= last ? looks() : batch / interval; }
    double batchOf(std::int64_t look) const { return static_cast<double>(std::min(look * interval, last)); }
};

std::optional<Schedule> scheduleOf(const ComparedRun& run)
{
    const std::string text = run.parameter("training.eval_interval");
    Schedule schedule { .last = run.overview->run.plannedBatches - 1 };
    const auto read = std::from_chars(text.data(), text.data() + text.size(), schedule.interval);
    const bool isWhole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return isWhole && schedule.interval > 0 && schedule.last > 0 ? std::optional(schedule) : std::nullopt;
}

// One for all of them: else their evaluations are not the same ones.
std::optional<Schedule> commonSchedule(const ComparedEntry& one, const ComparedEntry& other)
{
    const auto schedule = scheduleOf(one.members.front());
    for (const ComparedEntry* entry : { &one, &other }) {
        for (const ComparedRun& run : entry->members) {
            if (scheduleOf(run) != schedule)
                return std::nullopt;
        }
    }
    return schedule;
}

bool counts(const ComparedRun& run)
{
    const storage::RunStatus status = run.overview->run.status;
    return status == storage::RunStatus::Finished || storage::isLive(status);
}

// The losses at one evaluation, each seed once.
std::vector<double> lossesAt(const ComparedEntry& entry, double batch)
{
    std::vector<double> losses;
    std::set<std::int64_t> seeds;
    for (const ComparedRun& run : entry.members) {
        if (!counts(run) || !run.validation)
            continue;
        const Points& points = *run.validation.points;
        const std::size_t at = lastAtBatch(points, batch);
        if (at < points.size() && points.batch(at) == batch && std::isfinite(points.value(at))
            && seeds.insert(run.overview->run.seed).second)
            losses.push_back(points.value(at));
    }
    return losses;
}

std::set<std::int64_t> looksReached(const ComparedEntry& entry, const Schedule& schedule)
{
    std::set<std::int64_t> looks;
    for (const ComparedRun& run : entry.members) {
        if (!counts(run) || !run.validation)
            continue;
        const Points& points = *run.validation.points;
        looks.insert(schedule.lookAt(static_cast<std::int64_t>(points.batch(points.size() - 1))));
    }
    return looks;
}

struct Sides {
    std::vector<double> one, other;
    std::size_t look = 1, looks = 1;

    std::size_t fewest() const { return std::min(one.size(), other.size()); }
};

Sides sidesOf(const ComparedEntry& one, const ComparedEntry& other, const Schedule& schedule)
{
    Sides best;
    std::set<std::int64_t> looks = looksReached(one, schedule);
    looks.merge(looksReached(other, schedule));
    for (const std::int64_t look : looks) {
        const double batch = schedule.batchOf(look);
        Sides sides { lossesAt(one, batch), lossesAt(other, batch), static_cast<std::size_t>(look),
            static_cast<std::size_t>(schedule.looks()) };
        if (look > 0 && sides.fewest() >= best.fewest()) // of equally many seeds, the later look
            best = std::move(sides);
    }
    return best;
}

// The losses that they end with, of those that have.
std::vector<double> endLosses(const ComparedEntry& entry, LossBasis basis)
{
    std::vector<double> losses;
    std::set<std::int64_t> seeds;
    for (const ComparedRun& run : entry.members) {
        const auto loss = finalLoss(run, basis);
        if (run.overview->run.status == storage::RunStatus::Finished && loss
            && seeds.insert(run.overview->run.seed).second)
            losses.push_back(*loss);
    }
    return losses;
}

} // namespace

std::optional<AnytimeVerdict> anytimeVerdict(const ComparedEntry& one, const ComparedEntry& other, LossBasis basis)
{
    const auto schedule = basis == LossBasis::Validation ? commonSchedule(one, other) : std::nullopt;
    const Sides sides
        = schedule ? sidesOf(one, other, *schedule) : Sides { endLosses(one, basis), endLosses(other, basis) };
    if (sides.fewest() < 2)
        return std::nullopt;
    AnytimeVerdict verdict;
    verdict.baselineSeeds = sides.one.size();
    verdict.otherSeeds = sides.other.size();
    verdict.look = sides.look;
    verdict.looks = sides.looks;
    verdict.interval = anytimeInterval(sides.one, sides.other, spentError(sides.look, sides.looks));
    if (verdict.interval)
        verdict.judgement = judge(verdict.interval);
    verdict.seedsNeeded = seedsForDifference(sides.one, sides.other, spentError(sides.looks, sides.looks));
    return verdict;
}

} // namespace nabiz::ui
