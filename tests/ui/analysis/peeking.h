// SPDX-License-Identifier: GPL-3.0-or-later
// Two groups of runs that are looked at after every evaluation: how often either interval says "differs". Simulated,
// for the test and for bench_welch.
#pragma once

#include "ui/analysis/anytime.h"

#include <cmath>
#include <random>
#include <vector>

namespace nabiz::testing {

struct Peeking {
    std::size_t seeds = 3; // a side, in the end
    std::size_t firstSeeds = 3; // a side, when it is first looked at; one more a side each time
    std::size_t looks = 20; // evaluations of a run
    double memory = 0.8; // how much of an evaluation's luck the next one keeps
    double ratio = 1; // of the spreads
    double difference = 0; // in spreads of the first side
};

struct PeekingShares {
    double anytime = 0, anytimeLast = 0; // at any look, at the last
    double welch = 0, welchLast = 0;
};

class PeekingTrial {
public:
    PeekingTrial(const Peeking& peeking, std::mt19937_64& random)
        : m_peeking(peeking)
        , m_random(random)
        , m_sides { side(1, 0), side(peeking.ratio, peeking.difference) }
    {
    }

    void add(PeekingShares& said)
    {
        bool anytime = false, welch = false, anytimeNow = false, welchNow = false;
        for (std::size_t seeds = m_peeking.firstSeeds; seeds <= m_peeking.seeds; ++seeds) {
            for (std::size_t look = 1; look <= m_peeking.looks; ++look) {
                const std::vector<double> a = at(0, look, seeds), b = at(1, look, seeds);
                anytimeNow = isTold(ui::anytimeInterval(a, b, ui::spentError(look, m_peeking.looks)));
                welchNow = isTold(ui::welchInterval(a, b));
                anytime |= anytimeNow;
                welch |= welchNow;
            }
        }
        said.anytime += anytime;
        said.welch += welch;
        said.anytimeLast += anytimeNow;
        said.welchLast += welchNow;
    }

private:
    static bool isTold(const std::optional<ui::Interval>& interval)
    {
        return interval && (interval->low > 0 || interval->high < 0);
    }

    std::vector<std::vector<double>> side(double spread, double mean)
    {
        std::vector<std::vector<double>> runs(m_peeking.seeds, std::vector<double>(m_peeking.looks));
        for (auto& run : runs) {
            double luck = m_normal(m_random);
            for (double& loss : run) {
                loss = mean + spread * luck;
                luck
                    = m_peeking.memory * luck + std::sqrt(1 - m_peeking.memory * m_peeking.memory) * m_normal(m_random);
            }
        }
        return runs;
    }

    std::vector<double> at(std::size_t side, std::size_t look, std::size_t seeds) const
    {
        std::vector<double> losses;
        for (std::size_t run = 0; run < seeds; ++run)
            losses.push_back(m_sides[side][run][look - 1]);
        return losses;
    }

    const Peeking& m_peeking;
    std::mt19937_64& m_random;
    std::normal_distribution<double> m_normal;
    std::vector<std::vector<double>> m_sides[2];
};

inline PeekingShares peek(const Peeking& peeking, int trials, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    PeekingShares said;
    for (int trial = 0; trial < trials; ++trial)
        PeekingTrial(peeking, random).add(said);
    for (double* share : { &said.anytime, &said.anytimeLast, &said.welch, &said.welchLast })
        *share /= trials;
    return said;
}

} // namespace nabiz::testing
