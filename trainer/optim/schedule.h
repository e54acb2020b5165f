// SPDX-License-Identifier: GPL-3.0-or-later
// The learning rate of each optimizer step: a linear warm-up, then constant, a cosine or a straight line towards zero.
// Counted in optimizer steps, whatever the accumulation. A value; any thread.
#pragma once

#include "trainer/config/parameters/config.h"

#include <cstdint>

namespace nabiz::trainer {

class Schedule {
public:
    enum class Kind { Constant, Cosine, Linear };

    Schedule(Kind kind, double peak, std::int64_t warmup, std::int64_t steps);
    explicit Schedule(const Config& config);

    // `step` counts from 1. The falling kinds would reach zero one step behind the last, so that the last still learns.
    double rate(std::int64_t step) const;

private:
    Kind m_kind;
    double m_peak;
    std::int64_t m_warmup;
    std::int64_t m_steps;
};

} // namespace nabiz::trainer
