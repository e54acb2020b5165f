// SPDX-License-Identifier: GPL-3.0-or-later
// How often the interval holds the true difference: simulated, for the test (few trials) and for bench_welch (many).
#pragma once

#include "ui/analysis/welch.h"

#include <random>
#include <vector>

namespace nabiz::testing {

// Normal values, their deviation `ratio` times as large on the second side, the true difference 0.
inline double coverage(std::size_t n1, std::size_t n2, double ratio, int trials, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<double> a(n1), b(n2);
    int covered = 0;
    for (int trial = 0; trial < trials; ++trial) {
        for (double& value : a) {
            value = normal(random);
        }
        for (double& value : b) {
            value = ratio * normal(random);
        }
        const auto interval = ui::welchInterval(a, b);
        covered += interval->low <= 0 && 0 <= interval->high ? 1 : 0;
    }
    return static_cast<double>(covered) / trials;
}

} // namespace nabiz::testing
