// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/anytime.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace nabiz::ui {

namespace {

// The standardized effects that are looked for: wide, since only large ones show with a handful of seeds, and so that
// two or three a side can tell anything at all.
constexpr double kPrior = 8;
constexpr double kPowerQuantile = 0.8416212335729143; // of the normal distribution, 80 %

double effectiveCount(const DifferenceOfMeans& found)
{
    const double n1 = static_cast<double>(found.n1), n2 = static_cast<double>(found.n2);
    return n1 * n2 / (n1 + n2);
}

// The logarithm of the mixed likelihood ratio, which rises with |t|.
double evidence(double t, double df, double growth)
{
    const double square = t * t / df;
    return -0.5 * std::log(growth) + (df + 1) / 2 * (std::log1p(square) - std::log1p(square / growth));
}

} // namespace

double spentError(std::size_t look, std::size_t looks, double error)
{
    const double number = static_cast<double>(std::max<std::size_t>(look, 1));
    if (looks == 0)
        return error * 6 / (std::numbers::pi * std::numbers::pi * number * number);
    if (looks == 1)
        return error;
    return look >= looks ? error / 2 : error / 2 / static_cast<double>(looks - 1);
}

double anytimeMultiple(const DifferenceOfMeans& found, double error)
{
    const double growth = 1 + effectiveCount(found) * kPrior * kPrior;
    const double wanted = -std::log(error);
    if (found.df / 2 * std::log(growth) <= wanted) // what it comes to for an endless t
        return std::numeric_limits<double>::infinity();
    double low = 0, high = 1;
    while (evidence(high, found.df, growth) < wanted)
        high *= 2;
    constexpr int kHalvings = 50;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (evidence(middle, found.df, growth) < wanted ? low : high) = middle;
    }
    return high;
}

std::optional<Interval> anytimeInterval(std::span<const double> a, std::span<const double> b, double error)
{
    const auto found = differenceOfMeans(a, b);
    if (!found)
        return std::nullopt;
    const double multiple = anytimeMultiple(*found, error);
    if (!std::isfinite(multiple))
        return std::nullopt;
    return intervalOf(*found, found->error * multiple);
}

std::optional<std::size_t> seedsForDifference(std::span<const double> a, std::span<const double> b, double error)
{
    const auto one = meanAndDeviation(a), other = meanAndDeviation(b);
    const auto found = differenceOfMeans(a, b);
    if (!found || found->difference == 0)
        return std::nullopt;
    const double deviation = std::hypot(one->deviation, other->deviation) / std::numbers::sqrt2;
    for (std::size_t n = 2; n <= kMostSeeds; ++n) {
        const double count = static_cast<double>(n);
        const DifferenceOfMeans then { found->difference, deviation * std::sqrt(2 / count), 2 * (count - 1), n, n };
        if (std::abs(then.difference) >= (anytimeMultiple(then, error) + kPowerQuantile) * then.error)
            return n;
    }
    return std::nullopt;
}

} // namespace nabiz::ui
