// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/welch.h"

#include <gsl/gsl_cdf.h>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

std::optional<MeanAndDeviation> meanAndDeviation(std::span<const double> values)
{
    MeanAndDeviation result;
    double squares = 0;
    for (const double value : values) { // Welford's, which does not cancel
        if (!std::isfinite(value)) {
            continue;
        }
        ++result.n;
        const double before = value - result.mean;
        result.mean += before / static_cast<double>(result.n);
        squares += before * (value - result.mean);
    }
    if (result.n == 0) {
        return std::nullopt;
    }
    result.deviation = result.n < 2 ? 0 : std::sqrt(squares / static_cast<double>(result.n - 1));
    return result;
}

std::optional<DifferenceOfMeans> differenceOfMeans(std::span<const double> a, std::span<const double> b)
{
    const auto one = meanAndDeviation(a);
    const auto other = meanAndDeviation(b);
    if (!one || !other || one->n < 2 || other->n < 2) {
        return std::nullopt;
    }
    DifferenceOfMeans result;
    result.difference = other->mean - one->mean;
    result.n1 = one->n;
    result.n2 = other->n;
    const double n1 = static_cast<double>(one->n), n2 = static_cast<double>(other->n);
    const double error1 = one->deviation / std::sqrt(n1), error2 = other->deviation / std::sqrt(n2);
    result.error = std::hypot(error1, error2);
    const double bound = 2 * (std::min(n1, n2) - 1);
    if (!std::isfinite(result.error) || !std::isfinite(result.difference)) {
        return std::nullopt; // numbers so large that their spread is none
    }
    // Shares instead of fourth powers, which would leave the range of a double.
    const bool varies = result.error > 0;
    const double share1 = varies ? error1 / result.error : 0, share2 = varies ? error2 / result.error : 0;
    result.df = varies ? std::min(bound, 1 / (std::pow(share1, 4) / (n1 - 1) + std::pow(share2, 4) / (n2 - 1))) : bound;
    return result;
}

std::optional<Interval> welchInterval(std::span<const double> a, std::span<const double> b, double confidence)
{
    const auto found = differenceOfMeans(a, b);
    if (!found || !(confidence > 0) || !(confidence < 1)) {
        return std::nullopt;
    }
    const double half = found->error > 0 ? found->error * gsl_cdf_tdist_Pinv(0.5 + confidence / 2, found->df) : 0;
    return intervalOf(*found, half);
}

Interval intervalOf(const DifferenceOfMeans& found, double half)
{
    return { found.difference, found.difference - half, found.difference + half, found.df, found.n1, found.n2 };
}

Judgement judge(const std::optional<Interval>& interval)
{
    if (!interval) {
        return Judgement::OneSeed;
    }
    return interval->high < 0 ? Judgement::Better : interval->low > 0 ? Judgement::Worse : Judgement::CannotTell;
}

} // namespace nabiz::ui
