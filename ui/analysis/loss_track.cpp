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

double LossTrack::mean(const Points& points, std::size_t i) const
{
    const std::size_t count = std::min(m_meanOf, i + 1);
    if (m_meanOf == 1) {
        return std::isfinite(points.value(i)) ? points.value(i) : std::nan("");
    }
    std::vector<double> window(count);
    points.read(i + 1 - count, count, window.data());
    return ui::meanOf(window.data(), count);
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
        const std::size_t before = std::min(m_size, m_meanOf - 1);
        values.resize(before + end - m_size);
        points.read(m_size - before, values.size(), values.data());
        if (m_lowestUpTo.size() <= block) {
            m_lowestUpTo.push_back(m_lowestUpTo.empty() ? kNone : m_lowestUpTo.back());
        }
        double& lowest = m_lowestUpTo.back();
        for (std::size_t k = m_meanOf - 1; k < values.size(); ++k) {
            const double mean = ui::meanOf(values.data() + k + 1 - m_meanOf, m_meanOf);
            if (mean < lowest) {
                lowest = mean;
                m_best = m_size - before + k;
            }
        }
        m_size = end;
    }
}

std::optional<Mark> LossTrack::mark(const Points& points, std::size_t i) const
{
    const double value = mean(points, i);
    return std::isfinite(value) ? std::optional(Mark { value, points.batch(i), points.time(i) }) : std::nullopt;
}

std::optional<Mark> LossTrack::best(const Points& points) const
{
    if (m_size > 0 && m_size < m_meanOf) {
        return mark(points, m_size - 1);
    }
    return m_lowestUpTo.empty() || m_lowestUpTo.back() == kNone ? std::nullopt : mark(points, m_best);
}

std::optional<Mark> LossTrack::last(const Points& points) const
{
    return m_size == 0 ? std::nullopt : mark(points, m_size - 1);
}

std::optional<Mark> LossTrack::reached(const Points& points, double target) const
{
    if (m_size < m_meanOf) {
        const std::optional<Mark> only = best(points);
        return only && only->value <= target ? only : std::nullopt;
    }
    const auto block = std::partition_point(
        m_lowestUpTo.begin(), m_lowestUpTo.end(), [target](double lowest) { return !(lowest <= target); });
    if (block == m_lowestUpTo.end()) {
        return std::nullopt;
    }
    const auto first = static_cast<std::size_t>(block - m_lowestUpTo.begin()) * kBlock;
    for (std::size_t i = std::max(first, m_meanOf - 1); i < std::min(m_size, first + kBlock); ++i) {
        if (mean(points, i) <= target) {
            return mark(points, i);
        }
    }
    return std::nullopt;
}

} // namespace nabiz::ui
