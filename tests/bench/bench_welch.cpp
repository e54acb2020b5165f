// SPDX-License-Identifier: GPL-3.0-or-later
// How often the 95 % interval of two groups of seeds holds the true difference, simulated: bench_welch [TRIALS].
#include "tests/ui/analysis/coverage.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    const int trials = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1'000'000;
    constexpr double kRatios[] = { 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32 };
    constexpr std::size_t kSides[][2] = { { 2, 2 }, { 3, 3 }, { 5, 5 }, { 3, 2 }, { 5, 2 }, { 5, 3 } };
    std::printf("%d trials each; standard error of a figure near 95 %%: %.3f %%\n", trials,
        100 * std::sqrt(0.95 * 0.05 / trials));
    std::printf("seeds   covered, %%, where the second side's deviation is so many times the first's\n       ");
    for (const double ratio : kRatios) {
        std::printf("%9.4g", ratio);
    }
    std::printf("   lowest\n");
    std::uint64_t seed = 1;
    for (const auto& side : kSides) {
        std::printf("%zu, %zu   ", side[0], side[1]);
        double lowest = 1;
        for (const double ratio : kRatios) {
            const double covered = nabiz::testing::coverage(side[0], side[1], ratio, trials, seed++);
            lowest = std::min(lowest, covered);
            std::printf("%9.2f", 100 * covered);
        }
        std::printf("%9.2f\n", 100 * lowest);
        std::fflush(stdout);
    }
    return 0;
}
