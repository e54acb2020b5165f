// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/loss_track.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {
namespace {

constexpr std::size_t kBlock = 1024;
constexpr double kNone = std::numeric_limits<double>::infinity();

} // namespace

bool LossTrack::isWhole(const Points& points, std::size_t i) const
{
    const double since = points.size() == 1 ? 0 : points.batch(0);
    return m_meanOf == 1 || points.batch(i) - since >= static_cast<double>(m_meanOf) - 1;
}

std::size_t LossTrack::count(const Points& points, std::size_t i) const
{
    return i + 1 - storage::firstOfLast(i + 1, m_meanOf, [&points](std::size_t k) { return points.batch(k); });
}

double LossTrack::mean(const Points& points, std::size_t i) const
{
    if (m_meanOf == 1) {
        return std::isfinite(points.value(i)) ? points.value(i) : std::nan("");
    }
    if (!isWhole(points, i)) {
        return std::nan("");
    }
    std::vector<double> window(count(points, i));
    points.read(i + 1 - window.size(), window.size(), window.data());
    return ui::meanOf(window.data(), window.size());
}

void LossTrack::update(const Points& points)
{
    if (points.size() < m_size) { // others than before
        *this = LossTrack(m_meanOf);
    }
    std::vector<double> values;
    while (m_size < points.size()) {
        const std::size_t block = m_size / kBlock;
        const std::size_t end = std::min(points.size(), (block + 1) * kBlock);
        const std::size_t before = m_size - std::min(m_size, m_meanOf - 1);
        values.resize(end - before);
        points.read(before, values.size(), values.data());
        if (m_lowestUpTo.size() <= block) {
            m_lowestUpTo.push_back(m_lowestUpTo.empty() ? kNone : m_lowestUpTo.back());
        }
        for (std::size_t i = m_size; i < end; ++i) {
            moveWindow(points, i);
            const double mean = (m_meanOf == 1 || points.size() > 1) && isWhole(points, i)
                ? ui::meanOf(values.data() + (m_first - before), i + 1 - m_first)
                : kNone;
            if (mean < m_lowestUpTo.back()) {
                m_lowestUpTo.back() = mean;
                m_best = i;
            }
        }
        m_size = end;
    }
}

// As firstOfLast() has it, without going back for each point.
void LossTrack::moveWindow(const Points& points, std::size_t i)
{
    const double batch = points.batch(i);
    if (i > 0 && points.batch(i - 1) > batch) {
        m_first = i;
    }
    while (i + 1 - m_first > m_meanOf || points.batch(m_first) <= batch - static_cast<double>(m_meanOf)) {
        ++m_first;
    }
}

std::optional<Mark> LossTrack::mark(const Points& points, std::size_t i) const
{
    const double value = mean(points, i);
    return std::isfinite(value) ? std::optional(Mark { value, points.batch(i), points.time(i) }) : std::nullopt;
}

std::optional<Mark> LossTrack::best(const Points& points) const
{
    if (m_size == 1) {
        return mark(points, 0);
    }
    return m_lowestUpTo.empty() || m_lowestUpTo.back() == kNone ? std::nullopt : mark(points, m_best);
}

std::optional<Mark> LossTrack::last(const Points& points) const
{
    return m_size == 0 ? std::nullopt : mark(points, m_size - 1);
}

std::optional<Mark> LossTrack::reached(const Points& points, double target) const
{
    if (m_size == 1) {
        const std::optional<Mark> only = best(points);
        return only && only->value <= target ? only : std::nullopt;
    }
    const auto block = std::partition_point(
        m_lowestUpTo.begin(), m_lowestUpTo.end(), [target](double lowest) { return !(lowest <= target); });
    if (block == m_lowestUpTo.end()) {
        return std::nullopt;
    }
    const auto first = static_cast<std::size_t>(block - m_lowestUpTo.begin()) * kBlock;
    for (std::size_t i = first; i < std::min(m_size, first + kBlock); ++i) {
        if (mean(points, i) <= target) {
            return mark(points, i);
        }
    }
    return std::nullopt;
}

} // namespace nabiz::ui
