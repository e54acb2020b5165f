// SPDX-License-Identifier: GPL-3.0-or-later
// A series' moving average as a column of its own, extended as the series grows and computed once for all zooms:
// exponential with the weight's bias at the start taken out, so that it begins at the first value. GUI thread.
#pragma once

#include "ui/charts/plot_content.h"
#include "ui/models/min_max_pyramid.h"

#include <cstdint>
#include <map>
#include <utility>

namespace nabiz::ui {

class SmoothedSeries {
public:
    explicit SmoothedSeries(Smoothing smoothing);
    void update(const RunSeries& series);
    // One value a sample; where the sample is not finite, neither is this, and the average goes on behind it.
    const MinMaxPyramid& values() const { return m_values; }

private:
    double m_weight;
    double m_sum = 0;
    double m_share = 0; // 1 − weight^n: how much of the whole average the n samples so far make
    MinMaxPyramid m_values;
};

class SmoothedCache {
public:
    const MinMaxPyramid& values(const RunSeries& series, Smoothing smoothing);
    // Forgets what this content does not draw.
    void keepOnly(const PlotContent& content);

private:
    std::map<std::pair<std::uint64_t, Smoothing>, SmoothedSeries> m_series;
};

} // namespace nabiz::ui
