// SPDX-License-Identifier: GPL-3.0-or-later
// An interval of the difference of two means that stays valid however often it is looked at, while seeds and
// evaluations still come in. Over the seeds it is a mixture t: the likelihood ratio of the t statistic, mixed over
// standardized effects N(0, kPrior²), which by Ville's inequality exceeds 1/α at any time at all with probability α at
// most: Lai, "On confidence sequences", Annals of Statistics 4 (1976); Wang and Ramdas, "Anytime-valid t-tests and
// confidence sequences for Gaussian means with unknown variance", Sequential Analysis 44 (2025). Over the evaluations
// of a run, which depend on each other, the error is spent look by look: Lan and DeMets, "Discrete sequential
// boundaries for clinical trials", Biometrika 70 (1983), with Bonferroni's sum, which asks nothing of how the looks
// depend. Spreads that differ are met with Welch's error and degrees of freedom. Pure; any thread.
#pragma once

#include "ui/analysis/welch.h"

namespace nabiz::ui {

inline constexpr double kAnytimeError = 0.05;

// The error that look number `look` (from 1) of so many may spend: half of all at the last one, where the decision
// falls, the rest shared by those before. 0 looks: it is not known how many come, and each takes less than the one
// before.
double spentError(std::size_t look, std::size_t looks, double error = kAnytimeError);

// Half the interval in standard errors; infinite while nothing could be told, as of two values a side early on.
double anytimeMultiple(const DifferenceOfMeans& found, double error);
// None while nothing could be told.
std::optional<Interval> anytimeInterval(
    std::span<const double> a, std::span<const double> b, double error = kAnytimeError);

// Seeds a side with which a difference of this size, where it is real, leaves nought outside of its interval in four
// cases of five. None where it would take more than kMostSeeds, and for no difference.
inline constexpr std::size_t kMostSeeds = 1000;
std::optional<std::size_t> seedsForDifference(
    std::span<const double> a, std::span<const double> b, double error = kAnytimeError);

} // namespace nabiz::ui
