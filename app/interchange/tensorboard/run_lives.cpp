// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/run_lives.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr auto kNothing = std::numeric_limits<std::int64_t>::max();

} // namespace

std::int32_t RunLives::beginSession(std::size_t file)
{
    m_sessions.push_back({ file, kNothing });
    return static_cast<std::int32_t>(m_sessions.size() - 1);
}

void RunLives::purge(std::int32_t session, std::int64_t step)
{
    m_sessions[static_cast<std::size_t>(session)].purged = step;
}

bool RunLives::isSuperseded(storage::ImportedSeries& series, std::vector<bool>& dead) const
{
    std::vector<std::int64_t> purged(m_sessions.size(), kNothing); // by any session behind that one
    for (std::size_t i = m_sessions.size(); i-- > 1;)
        purged[i - 1] = std::min(purged[i], m_sessions[i].purged);
    std::unordered_map<std::int64_t, std::int32_t> latest; // session that wrote a step last
    for (const auto& point : series.points) {
        auto& session = latest.try_emplace(point.step, point.life).first->second;
        session = std::max(session, point.life);
    }
    bool any = false;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const auto& point = series.points[i];
        const auto file = [&](std::int32_t session) { return m_sessions[static_cast<std::size_t>(session)].file; };
        dead[i] = point.step >= purged[static_cast<std::size_t>(point.life)]
            || file(latest[point.step]) != file(point.life);
        any |= dead[i];
    }
    return any;
}

void RunLives::tellAll(std::vector<storage::ImportedSeries>& series)
{
    const bool hasSeveral = m_sessions.size() > 1;
    std::vector<std::vector<bool>> dead(series.size());
    bool any = false;
    for (std::size_t i = 0; i < series.size(); ++i) {
        dead[i].assign(series[i].points.size(), false);
        any |= hasSeveral && isSuperseded(series[i], dead[i]);
        remember(series[i]);
    }
    m_life = any ? 1 : 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        for (std::size_t k = 0; k < series[i].points.size(); ++k)
            series[i].points[k].life = dead[i][k] ? 0 : m_life;
        // A life begins behind the one before: its points in one piece, each in its order.
        if (any)
            std::stable_sort(series[i].points.begin(), series[i].points.end(),
                [](const auto& a, const auto& b) { return a.life < b.life; });
    }
    m_told = m_sessions.size();
}

void RunLives::tellMore(std::vector<storage::ImportedSeries>& series)
{
    bool isAnother = false;
    for (const auto& one : series) {
        const auto last = m_last.find(one.name);
        for (const auto& point : one.points) {
            const auto session = static_cast<std::size_t>(point.life);
            const bool isBehind = last != m_last.end() && point.step <= last->second.step
                && m_sessions[session].file != last->second.file;
            isAnother |= session >= m_told && (isBehind || m_sessions[session].purged != kNothing);
        }
    }
    m_life += isAnother ? 1 : 0;
    for (auto& one : series) {
        remember(one);
        for (auto& point : one.points)
            point.life = m_life;
    }
    m_told = m_sessions.size();
}

void RunLives::remember(const storage::ImportedSeries& series)
{
    if (series.points.empty())
        return;
    const auto file = [this](const auto& point) { return m_sessions[static_cast<std::size_t>(point.life)].file; };
    auto& last = m_last.try_emplace(series.name, Last { series.points.front().step, file(series.points.front()) })
                     .first->second;
    for (const auto& point : series.points) {
        if (point.step >= last.step)
            last = { point.step, file(point) };
    }
}

} // namespace nabiz::app
