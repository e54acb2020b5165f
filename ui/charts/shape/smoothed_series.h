// SPDX-License-Identifier: GPL-3.0-or-later
// A series' moving average as a column of its own with its own pyramid, extended as the series grows and computed once
// for all zooms. Of a series of millions only a part is computed at a time, so that the window is never held up; the
// rest comes with the next drawings. The mean of a series whose columns are mapped is stored nowhere: the series' own
// pyramid gives the mean of any window of it, or of any stretch that is longer. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"
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
    // Does work for at most `budget` samples and takes off it what was done.
    void update(const RunSeries& series, std::size_t& budget);
    // One value a sample, of the first ones: all of them when the budget was enough. Where the sample is not finite,
    // neither is this, and the average goes on behind it. The last ones of a mean change as their neighbours come.
    std::size_t size() const { return m_long ? m_long->size() : m_values.size() + m_tail.size(); }
    double operator[](std::size_t i) const
    {
        return m_long ? meanAround(i) : i < m_values.size() ? m_values[i] : m_tail[i - m_values.size()];
    }
    MinMaxPyramid::Node summary(std::size_t first, std::size_t last) const;
    // Lowest and highest of what is drawn of a stretch.
    MinMaxPyramid::Node extent(std::size_t first, std::size_t last) const;

private:
    struct Part {
        double sum = 0; // of shares of the window's width, which cannot overflow
        std::size_t count = 0;
        void add(double value, double width);
    };
    double exponential(double value);
    double mean(const RunSeries& series, std::size_t i);
    double meanOf(const Part& one, const Part& other, double value) const;
    bool isSettled(const RunSeries& series, std::size_t i) const;
    void addTail(const RunSeries& series);
    // Of m_long: the window around a sample, and its mean.
    std::pair<std::size_t, std::size_t> windowOf(std::size_t i) const;
    double meanAround(std::size_t i) const;

    Smoothing m_smoothing;
    const RunSeries* m_long = nullptr; // the series of the last update(), where nothing is stored
    double m_reach = 0; // of a mean, in batches to each side
    double m_sum = 0;
    double m_share = 0; // 1 − weight^n: how much of the whole average the n samples so far make
    // The window [m_first, m_last) in two parts: sums from each place before m_middle to there, and one of all behind
    // it. Nothing is ever taken off a sum, so that a huge value leaves no trace behind.
    std::size_t m_first = 0, m_middle = 0, m_last = 0;
    std::size_t m_begin = 0; // whose sum is m_before[0]
    std::vector<Part> m_before;
    Part m_behind;
    MinMaxPyramid m_values; // float32's: what is drawn needs no more, and half the room
    std::vector<double> m_tail; // whose neighbours are not all known yet
};

class SmoothedCache {
public:
    // What may be computed from here on; unlimited until it is called. True: nothing was left out before.
    void setBudget(std::size_t budget) { m_budget = budget; }
    bool isSpent() const { return m_budget == 0; }

    const SmoothedSeries& smoothed(const RunSeries& series, Smoothing smoothing);
    // Forgets what this content does not draw.
    void keepOnly(const PlotContent& content);

private:
    std::map<std::pair<std::uint64_t, Smoothing>, SmoothedSeries> m_series;
    std::size_t m_budget = std::numeric_limits<std::size_t>::max();
};

} // namespace nabiz::ui
