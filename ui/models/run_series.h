// SPDX-License-Identifier: GPL-3.0-or-later
// One metric of one run as columns, with a min-max pyramid (fan-out 16) over them, so that a chart asks for at most two
// points a pixel column and no spike is lost at any zoom. Appending is O(1) amortised. GUI thread.
#pragma once

#include "ui/models/min_max_pyramid.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nabiz::ui {

enum class XUnit { Batch, Step, Time };

class RunSeries {
public:
    RunSeries(std::string name, std::string unit);
    // Takes whole columns, of one length.
    RunSeries(std::string name, std::string unit, std::vector<double> batch, std::vector<double> time,
        std::vector<double> value);
    RunSeries(const RunSeries&) = delete;
    RunSeries& operator=(const RunSeries&) = delete;
    RunSeries(RunSeries&&) = default;

    // Never used twice in a process: what is computed from a series is kept by it, not by an address that may come
    // again.
    std::uint64_t id() const { return m_id; }
    const std::string& name() const { return m_name; }
    const std::string& unit() const { return m_unit; }
    std::size_t size() const { return m_value.size(); }
    bool empty() const { return m_value.size() == 0; }
    void append(double batch, double time, double value);

    double batch(std::size_t i) const { return m_batch[i]; }
    double time(std::size_t i) const { return m_time[i]; }
    double value(std::size_t i) const { return m_value[i]; }
    // Position on the x axis; `accumulation` is the batches of one optimizer step.
    double x(std::size_t i, XUnit unit, double accumulation) const;

    // Index of the last sample at or before x; size() when there is none.
    std::size_t lastAtOrBefore(double x, XUnit unit, double accumulation) const;

    struct Extent {
        double minimum = 0, maximum = 0;
        std::size_t finite = 0, nonFinite = 0;
    };
    // Over samples [first, last). Non-finite values are counted, not measured.
    Extent extent(std::size_t first, std::size_t last) const;
    double mean(std::size_t first, std::size_t last) const;

    struct Bucket {
        std::size_t first = 0, last = 0; // samples [first, last)
        double minimum = 0, maximum = 0;
        bool minimumFirst = false; // the minimum comes before the maximum
        bool hasNonFinite = false;
        bool empty = false; // no finite sample
    };
    // Samples [first, last) in at most `columns` buckets (and not fewer than two, however few columns are asked for),
    // aligned to absolute indices so that a live curve does not shimmer.
    std::vector<Bucket> buckets(std::size_t first, std::size_t last, std::size_t columns) const;
    // How many of the samples are finite and not above `limit`.
    std::size_t countAtMost(std::size_t first, std::size_t last, double limit) const;

private:
    std::uint64_t m_id;
    std::string m_name;
    std::string m_unit;
    std::vector<double> m_batch, m_time;
    MinMaxPyramid m_value;
};

// The same buckets over a column that belongs to the series' samples: its smoothed values.
std::vector<RunSeries::Bucket> buckets(
    const MinMaxPyramid& column, std::size_t first, std::size_t last, std::size_t columns);

} // namespace nabiz::ui
