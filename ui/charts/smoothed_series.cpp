// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/smoothed_series.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kReach = 3; // standard deviations: what lies beyond weighs less than 0.3 %
constexpr double kMostSamples = 100'000; // of a window; more would be a straight line

std::size_t windowOf(Smoothing smoothing)
{
    return static_cast<std::size_t>(std::clamp(smoothing.amount, 1.0, kMostSamples));
}

} // namespace

SmoothedSeries::SmoothedSeries(Smoothing smoothing)
    : m_smoothing(smoothing)
{
    m_smoothing.amount = std::isfinite(smoothing.amount) ? std::max(0.0, smoothing.amount) : 0;
    if (smoothing.kind == SmoothingKind::Exponential) {
        m_smoothing.amount = std::min(m_smoothing.amount, 0.99999);
    } else if (smoothing.kind == SmoothingKind::Gaussian) {
        const double deviation = std::clamp(m_smoothing.amount, 0.01, kMostSamples / kReach);
        const auto radius = static_cast<std::size_t>(std::ceil(kReach * deviation));
        for (std::size_t i = 0; i <= radius; ++i) {
            const double away = static_cast<double>(i) / deviation;
            m_kernel.push_back(std::exp(-0.5 * away * away));
        }
    }
}

double SmoothedSeries::exponential(double value)
{
    const double weight = m_smoothing.amount;
    m_sum = weight * m_sum + (1 - weight) * value;
    m_share = weight * m_share + (1 - weight);
    return m_sum / m_share;
}

double SmoothedSeries::runningMean(const RunSeries& series, std::size_t i)
{
    const std::size_t window = windowOf(m_smoothing);
    const auto length = static_cast<double>(window);
    if (i % window == 0) { // a new block: from each place of the last one to its end
        m_block = {};
        m_last.assign(window + 1, {});
        for (std::size_t back = 1; i > 0 && back <= window; ++back) {
            const double value = series.value(i - back);
            m_last[window - back] = m_last[window - back + 1];
            if (std::isfinite(value)) {
                m_last[window - back].sum += value / length;
                ++m_last[window - back].count;
            }
        }
    }
    const double value = series.value(i);
    if (std::isfinite(value)) {
        m_block.sum += value / length;
        ++m_block.count;
    }
    const Part& before = m_last[i % window + 1];
    const auto count = static_cast<double>(m_block.count + before.count);
    return count > 0 ? (m_block.sum + before.sum) * (length / count) : value;
}

double SmoothedSeries::gaussian(const RunSeries& series, std::size_t i) const
{
    const std::size_t radius = m_kernel.size() - 1;
    const std::size_t first = i > radius ? i - radius : 0;
    const std::size_t last = std::min(series.size(), i + radius + 1);
    double mean = 0, weights = 0; // the mean is moved, not divided at the end: sums of 1e308 overflow
    for (std::size_t j = first; j < last; ++j) {
        const double value = series.value(j);
        if (std::isfinite(value)) {
            const double weight = m_kernel[j > i ? j - i : i - j];
            weights += weight;
            const double share = weight / weights;
            mean = (1 - share) * mean + share * value;
        }
    }
    return mean;
}

void SmoothedSeries::update(const RunSeries& series, std::size_t& budget)
{
    const bool twoSided = m_smoothing.kind == SmoothingKind::Gaussian;
    const std::size_t ahead = twoSided ? m_kernel.size() - 1 : 0;
    const std::size_t settled = series.size() > ahead ? series.size() - ahead : 0;
    const std::size_t cost = twoSided ? 2 * m_kernel.size() : 1;
    const auto smooth = [&](std::size_t i) {
        const double value = series.value(i);
        if (!std::isfinite(value)) {
            if (m_smoothing.kind == SmoothingKind::RunningMean) {
                runningMean(series, i); // keeps its blocks
            }
            return value;
        }
        switch (m_smoothing.kind) {
        case SmoothingKind::Exponential:
            return exponential(value);
        case SmoothingKind::RunningMean:
            return runningMean(series, i);
        case SmoothingKind::Gaussian:
            return gaussian(series, i);
        case SmoothingKind::None:
            break;
        }
        return value;
    };
    if (size() == series.size()) {
        return;
    }
    m_tail.clear();
    const std::size_t begun = m_values.size();
    const std::size_t until = std::min(settled, begun + std::max<std::size_t>(1, budget / cost));
    for (std::size_t i = begun; i < until; ++i) {
        m_values.append(smooth(i));
    }
    budget -= std::min(budget, (until > begun ? until - begun : 0) * cost);
    if (m_values.size() == settled) {
        for (std::size_t i = settled; i < series.size(); ++i) {
            m_tail.push_back(smooth(i));
        }
    }
}

const SmoothedSeries& SmoothedCache::smoothed(const RunSeries& series, Smoothing smoothing)
{
    const auto [place, isNew] = m_series.try_emplace({ series.id(), smoothing }, smoothing);
    if (m_budget > 0 || isNew) {
        place->second.update(series, m_budget);
    }
    return place->second;
}

void SmoothedCache::keepOnly(const PlotContent& content)
{
    std::erase_if(m_series, [&content](const auto& item) {
        return std::none_of(content.curves.begin(), content.curves.end(), [&](const PlotCurve& curve) {
            return curve.series && content.smoothing == item.first.second
                && curve.series->inOrder(curve.x).id() == item.first.first;
        });
    });
}

} // namespace nabiz::ui
