// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/optim/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nabiz::trainer {

namespace {

Schedule::Kind kindOf(const std::string& name)
{
    if (name == "cosine")
        return Schedule::Kind::Cosine;
    return name == "linear" ? Schedule::Kind::Linear : Schedule::Kind::Constant;
}

} // namespace

Schedule::Schedule(Kind kind, double peak, std::int64_t warmup, std::int64_t steps)
    : m_kind(kind)
    , m_peak(peak)
    , m_warmup(warmup)
    , m_steps(steps)
{
}

Schedule::Schedule(const Config& config)
    : Schedule(kindOf(config.text("training.schedule")), config.real("training.learning_rate"),
          config.integer("training.warmup_steps"), config.integer("training.max_steps"))
{
}

double Schedule::rate(std::int64_t step) const
{
    if (step < m_warmup)
        return m_peak * static_cast<double>(step) / static_cast<double>(m_warmup);
    if (m_kind == Kind::Constant)
        return m_peak;
    const double span = static_cast<double>(std::max<std::int64_t>(1, m_steps + 1 - m_warmup));
    const double progress = std::clamp(static_cast<double>(step - m_warmup) / span, 0.0, 1.0);
    return m_peak * (m_kind == Kind::Linear ? 1 - progress : (1 + std::cos(std::numbers::pi * progress)) / 2);
}

} // namespace nabiz::trainer
