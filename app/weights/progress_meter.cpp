// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/progress_meter.h"

namespace nabiz::app {

namespace {

constexpr auto kMemory = std::chrono::seconds(8); // over which the rate is taken
constexpr auto kStep = std::chrono::milliseconds(200); // between two samples of it

} // namespace

void ProgressMeter::skip(std::int64_t bytes)
{
    m_progress.done += bytes;
}

void ProgressMeter::add(std::int64_t bytes, Clock::time_point now)
{
    m_received += bytes;
    m_progress.done += bytes;
    if (m_samples.empty() || now - m_samples.back().time >= kStep)
        measure(now);
}

void ProgressMeter::measure(Clock::time_point now)
{
    m_samples.push_back({ now, m_received });
    while (m_samples.size() > 2 && now - m_samples.front().time > kMemory)
        m_samples.pop_front();
    const std::chrono::duration<double> seconds = now - m_samples.front().time;
    if (seconds.count() <= 0)
        return;
    m_progress.bytesPerSecond = static_cast<double>(m_received - m_samples.front().bytes) / seconds.count();
    m_progress.secondsLeft.reset();
    if (m_progress.bytesPerSecond > 0)
        m_progress.secondsLeft = static_cast<double>(m_progress.total - m_progress.done) / m_progress.bytesPerSecond;
}

} // namespace nabiz::app
