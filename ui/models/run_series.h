// SPDX-License-Identifier: GPL-3.0-or-later
// One metric of one run as columns, with a min-max pyramid (fan-out 16) over them, so that a chart asks for at most two
// points a pixel column and no spike is lost at any zoom. Appending is O(1) amortised. GUI thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nabiz::ui {

enum class XUnit { Batch, Step, Time };

class RunSeries {
public:
    RunSeries(std::string name, std::string unit);

    const std::string& name() const { return m_name; }
    const std::string& unit() const { return m_unit; }
    std::size_t size() const { return m_value.size(); }
    bool empty() const { return m_value.empty(); }
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
        bool minimumFirst = false;       // the minimum comes before the maximum
        bool hasNonFinite = false;
        bool empty = false;              // no finite sample
    };
    // Samples [first, last) in at most `columns` buckets, aligned to absolute indices so that a live curve does not shimmer.
    std::vector<Bucket> buckets(std::size_t first, std::size_t last, std::size_t columns) const;

private:
    struct Node {
        float minimum, maximum;
        bool minimumFirst, hasNonFinite, empty;
    };
    std::string m_name;
    std::string m_unit;
    std::vector<double> m_batch, m_time, m_value;
    std::vector<std::vector<Node>> m_levels;
};

} // namespace nabiz::ui
