// SPDX-License-Identifier: GPL-3.0-or-later
// A series' moving average as a column of its own with its own pyramid, extended as the series grows and computed once for
// all zooms. Of a series of millions only a part is computed at a time, so that the window is never held up; the rest
// comes with the next drawings. GUI thread.
#pragma once

#include "ui/charts/plot_content.h"
#include "ui/models/min_max_pyramid.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace nabiz::ui {

class SmoothedSeries {
public:
    explicit SmoothedSeries(Smoothing smoothing);
    // Does work for at most `budget` and takes off it what was done; one sample of a plain average costs 1.
    void update(const RunSeries& series, std::size_t& budget);
    // One value a sample, of the first ones: all of them when the budget was enough. A Gaussian's last few, whose
    // neighbours to come are not known, follow in tail(). Where the sample is not finite, neither is this, and the average
    // goes on behind it.
    const MinMaxPyramid& values() const { return m_values; }
    const std::vector<double>& tail() const { return m_tail; }
    std::size_t size() const { return m_values.size() + m_tail.size(); }
    double operator[](std::size_t i) const
    {
        return i < m_values.size() ? m_values[i] : m_tail[i - m_values.size()];
    }

private:
    double exponential(double value);
    double runningMean(const RunSeries& series, std::size_t i);
    double gaussian(const RunSeries& series, std::size_t i) const;

    Smoothing m_smoothing;
    double m_sum = 0;
    double m_share = 0; // 1 − weight^n: how much of the whole average the n samples so far make
    // Running mean: sums over the present block of one window's length, and from each place to the end of the last one.
    // Nothing is ever taken off a sum, so that a huge value leaves no trace behind.
    struct Part {
        double sum = 0; // of shares of the window's length, which cannot overflow
        std::size_t count = 0;
    };
    Part m_block;
    std::vector<Part> m_last;
    std::vector<double> m_kernel; // one half of a Gaussian and its middle
    MinMaxPyramid m_values;
    std::vector<double> m_tail;
};

class SmoothedCache {
public:
    // What may be computed from here on; unlimited until it is called. True: nothing was left out before.
    void setBudget(std::size_t budget) { m_budget = budget; }
    bool isSpent() const { return m_budget == 0; }

    const SmoothedSeries& smoothed(const RunSeries& series, Smoothing smoothing);
    const MinMaxPyramid& values(const RunSeries& series, Smoothing smoothing)
    {
        return smoothed(series, smoothing).values();
    }
    // Forgets what this content does not draw.
    void keepOnly(const PlotContent& content);

private:
    std::map<std::pair<std::uint64_t, Smoothing>, SmoothedSeries> m_series;
    std::size_t m_budget = std::numeric_limits<std::size_t>::max();
};

} // namespace nabiz::ui
