// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics that say how each rank fares, rank.N.…: behind the shares of the experts in the numbers of
// metric_table.h. Constant; any thread.
#pragma once

#include "trainer/config/parameters/metric_table.h"

namespace nabiz::trainer {

inline constexpr std::int64_t kMostRanks = 1024;

enum class RankFigure { Memory, TokensPerSecond, WaitSeconds, Count };

// Of a run on several ranks, counted from 0.
Metric rankMetric(std::int64_t rank, RankFigure figure);

} // namespace nabiz::trainer
