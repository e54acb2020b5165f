// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/smoothed_series.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

SmoothedSeries::SmoothedSeries(Smoothing smoothing)
    : m_weight(smoothing.amount)
{
}

void SmoothedSeries::update(const RunSeries& series)
{
    for (std::size_t i = m_values.size(); i < series.size(); ++i) {
        const double value = series.value(i);
        if (!std::isfinite(value)) {
            m_values.append(value);
            continue;
        }
        m_sum = m_weight * m_sum + (1 - m_weight) * value;
        m_share = m_weight * m_share + (1 - m_weight);
        m_values.append(m_sum / m_share);
    }
}

const MinMaxPyramid& SmoothedCache::values(const RunSeries& series, Smoothing smoothing)
{
    const auto [place, isNew] = m_series.try_emplace({ series.id(), smoothing }, smoothing);
    place->second.update(series);
    return place->second.values();
}

void SmoothedCache::keepOnly(const PlotContent& content)
{
    std::erase_if(m_series, [&content](const auto& item) {
        return std::none_of(content.curves.begin(), content.curves.end(), [&](const PlotCurve& curve) {
            return curve.series && curve.series->inOrder(curve.x).id() == item.first.first && content.smoothing == item.first.second;
        });
    });
}

} // namespace nabiz::ui
