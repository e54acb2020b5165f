// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/verdict.h"

#include <set>

namespace nabiz::ui {

std::vector<double> finalLosses(const ComparedEntry& entry, LossBasis basis)
{
    std::vector<double> losses;
    std::set<std::int64_t> seeds;
    for (const ComparedRun& run : entry.members) {
        const std::optional<double> loss = finalLoss(run, basis);
        // The same seed again is the same run again: it would make the spread look smaller than it is.
        if (run.overview->run.status == storage::RunStatus::Finished && loss
            && seeds.insert(run.overview->run.seed).second) {
            losses.push_back(*loss);
        }
    }
    return losses;
}

std::size_t strongestOther(const std::vector<ComparedEntry>& entries)
{
    const LossBasis basis = basisOf(entries);
    std::size_t best = 1;
    std::optional<double> lowest;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        std::vector<double> losses;
        for (const ComparedRun& run : entries[i].members) {
            if (const std::optional<double> loss = finalLoss(run, basis)) {
                losses.push_back(*loss);
            }
        }
        const auto mean = obstacleBetween(entries.front(), entries[i], basis) ? std::nullopt : meanAndDeviation(losses);
        if (mean && (!lowest || mean->mean < *lowest)) {
            lowest = mean->mean;
            best = i;
        }
    }
    return best;
}

std::optional<Verdict> verdictOn(const std::vector<ComparedEntry>& entries, std::size_t other)
{
    if (entries.size() < 2 || other == 0 || other >= entries.size()) {
        return std::nullopt;
    }
    Verdict verdict;
    verdict.other = other;
    verdict.basis = basisOf({ entries.front(), entries[other] });
    const ComparedEntry& one = entries.front();
    const ComparedEntry& two = entries[other];
    verdict.obstacle = obstacleBetween(one, two, verdict.basis);
    const bool any = !finalLosses(one, verdict.basis).empty() || !finalLosses(two, verdict.basis).empty()
        || bestLoss(one, verdict.basis) || bestLoss(two, verdict.basis);
    if (verdict.obstacle) {
        return any ? std::optional(verdict) : std::nullopt;
    }
    verdict.speed = speedUp(one, two, verdict.basis);
    if (!verdict.speed || !verdict.speed->reached) {
        verdict.reverse = speedUp(two, one, verdict.basis);
    }
    const std::vector<double> losses = finalLosses(one, verdict.basis), others = finalLosses(two, verdict.basis);
    verdict.baselineSeeds = losses.size();
    verdict.otherSeeds = others.size();
    verdict.leftOut = one.members.size() + two.members.size() - losses.size() - others.size();
    verdict.interval = welchInterval(losses, others);
    verdict.judgement = judge(verdict.interval);
    verdict.anytime = anytimeVerdict(one, two, verdict.basis);
    const bool nothing = !verdict.speed && !verdict.reverse && losses.empty() && others.empty();
    return nothing ? std::nullopt : std::optional(verdict);
}

} // namespace nabiz::ui
