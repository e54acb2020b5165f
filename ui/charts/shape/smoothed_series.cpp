// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/smoothed_series.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kMostBatches = 1'000'001; // of a window; more would be a straight line
constexpr std::size_t kPieces = 1024; // of a long stretch, for its extent

double rounded(double value)
{
    return std::abs(value) <= std::numeric_limits<float>::max() ? static_cast<double>(static_cast<float>(value))
                                                                : value;
}

} // namespace

SmoothedSeries::SmoothedSeries(Smoothing smoothing)
    : m_smoothing(smoothing)
{
    m_smoothing.amount = std::isfinite(smoothing.amount) ? std::max(0.0, smoothing.amount) : 0;
    if (smoothing.kind == SmoothingKind::Exponential) {
        m_smoothing.amount = std::min(m_smoothing.amount, 0.99999);
    } else if (smoothing.kind == SmoothingKind::Mean) {
        m_smoothing.amount = std::clamp(m_smoothing.amount, 1.0, kMostBatches);
        m_reach = std::floor((m_smoothing.amount - 1) / 2);
    }
}

void SmoothedSeries::Part::add(double value, double width)
{
    if (std::isfinite(value)) {
        sum += value / width;
        ++count;
    }
}

// The samples whose batch is no further away than the reach.
std::pair<std::size_t, std::size_t> SmoothedSeries::windowOf(std::size_t i) const
{
    const double batch = m_long->batch(i);
    const auto count = [this](double most, bool includes) {
        std::size_t first = 0, last = m_long->size();
        while (first < last) {
            const std::size_t middle = first + (last - first) / 2;
            const double at = m_long->batch(middle);
            (at < most || (includes && at == most)) ? first = middle + 1 : last = middle;
        }
        return first;
    };
    return { std::min(i, count(batch - m_reach, false)), std::max(i + 1, count(batch + m_reach, true)) };
}

double SmoothedSeries::meanAround(std::size_t i) const
{
    const double value = m_long->value(i);
    const auto [first, last] = windowOf(i);
    return std::isfinite(value) ? rounded(m_long->mean(first, last)) : value;
}

MinMaxPyramid::Node SmoothedSeries::extent(std::size_t first, std::size_t last) const
{
    if (!m_long)
        return summary(first, last);
    MinMaxPyramid::Node node;
    const std::size_t width = std::max<std::size_t>(1, (std::min(last, size()) - std::min(first, size())) / kPieces);
    for (std::size_t begin = first; begin < std::min(last, size()); begin += width)
        node.add(summary(begin, std::min(begin + width, last)));
    return node;
}

MinMaxPyramid::Node SmoothedSeries::summary(std::size_t first, std::size_t last) const
{
    if (m_long) {
        last = std::min(last, size());
        if (first >= last)
            return {};
        const std::size_t middle = first + (last - first) / 2;
        const auto [begin, end] = windowOf(middle);
        MinMaxPyramid::Node node
            = MinMaxPyramid::leaf(end - begin < last - first ? m_long->mean(first, last) : m_long->mean(begin, end));
        node.nonFinite = m_long->extent(first, last).nonFinite;
        return node;
    }
    MinMaxPyramid::Node node = m_values.summary(first, last);
    for (std::size_t i = std::max(first, m_values.size()); i < std::min(last, size()); ++i) {
        node.add(MinMaxPyramid::leaf(m_tail[i - m_values.size()]));
    }
    return node;
}

double SmoothedSeries::exponential(double value)
{
    const double weight = m_smoothing.amount;
    m_sum = weight * m_sum + (1 - weight) * value;
    m_share = weight * m_share + (1 - weight);
    return m_sum / m_share;
}

double SmoothedSeries::meanOf(const Part& one, const Part& other, double value) const
{
    const auto count = static_cast<double>(one.count + other.count);
    return count > 0 ? (one.sum + other.sum) * (m_smoothing.amount / count) : value;
}

// Over the samples whose batch is no further away than the reach; the window holds sample i whatever the batches are.
double SmoothedSeries::mean(const RunSeries& series, std::size_t i)
{
    const double width = m_smoothing.amount;
    const double batch = series.batch(i);
    while (m_last < series.size() && (m_last <= i || series.batch(m_last) <= batch + m_reach)) {
        m_behind.add(series.value(m_last++), width);
    }
    while (m_first < i && series.batch(m_first) < batch - m_reach) {
        ++m_first;
    }
    if (m_first >= m_middle) {
        m_before.assign(m_last - m_first + 1, {});
        for (std::size_t place = m_last; place > m_first; --place) {
            Part& part = m_before[place - 1 - m_first];
            part = m_before[place - m_first];
            part.add(series.value(place - 1), width);
        }
        m_begin = m_first;
        m_middle = m_last;
        m_behind = {};
    }
    return meanOf(m_before[m_first - m_begin], m_behind, series.value(i));
}

// Whether no batch to come can change it.
bool SmoothedSeries::isSettled(const RunSeries& series, std::size_t i) const
{
    return m_smoothing.kind != SmoothingKind::Mean || series.batch(series.size() - 1) > series.batch(i) + m_reach;
}

// From the end backwards: all of them reach to the last sample.
void SmoothedSeries::addTail(const RunSeries& series)
{
    const std::size_t begun = m_values.size();
    m_tail.resize(series.size() - begun);
    Part part;
    std::size_t first = series.size();
    for (std::size_t i = series.size(); i > begun; --i) {
        while (first > 0 && (first >= i || series.batch(first - 1) >= series.batch(i - 1) - m_reach)) {
            part.add(series.value(--first), m_smoothing.amount);
        }
        const double value = series.value(i - 1);
        m_tail[i - 1 - begun] = std::isfinite(value) ? rounded(meanOf(part, {}, value)) : value;
    }
}

void SmoothedSeries::update(const RunSeries& series, std::size_t& budget)
{
    if (series.column().isMapped() && m_smoothing.kind == SmoothingKind::Mean) {
        m_long = &series;
        return;
    }
    if (size() == series.size()) {
        return;
    }
    m_tail.clear();
    const std::size_t begun = m_values.size();
    const std::size_t until = std::min(series.size(), begun + std::max<std::size_t>(1, budget));
    std::size_t i = begun;
    for (; i < until && isSettled(series, i); ++i) {
        const double value = series.value(i);
        const bool smooths = std::isfinite(value) && m_smoothing.kind != SmoothingKind::None;
        m_values.append(!smooths                                 ? value
                : m_smoothing.kind == SmoothingKind::Exponential ? rounded(exponential(value))
                                                                 : rounded(mean(series, i)));
    }
    budget -= std::min(budget, i - begun);
    if (i < series.size() && !isSettled(series, i)) {
        addTail(series);
    }
}

const SmoothedSeries& SmoothedCache::smoothed(const RunSeries& series, Smoothing smoothing)
{
    const auto [place, isNew] = m_series.try_emplace({ series.id(), smoothing }, smoothing);
    if (m_budget > 0 || isNew || series.column().isMapped()) {
        place->second.update(series, m_budget);
    }
    return place->second;
}

void SmoothedCache::keepOnly(const PlotContent& content)
{
    std::erase_if(m_series, [&content](const auto& item) {
        const auto isIt = [&](const RunSeries* series, const PlotCurve& curve) {
            return series && series->inOrder(curve.x).id() == item.first.first;
        };
        return std::none_of(content.curves.begin(), content.curves.end(), [&](const PlotCurve& curve) {
            return content.smoothing == item.first.second
                && (isIt(curve.series, curve)
                    || std::any_of(curve.members.begin(), curve.members.end(),
                        [&](const RunSeries* member) { return isIt(member, curve); }));
        });
    });
}

} // namespace nabiz::ui
