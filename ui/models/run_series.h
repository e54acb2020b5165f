// SPDX-License-Identifier: GPL-3.0-or-later
// One metric of one run as columns, with a min-max pyramid over them, so that a chart asks for at most two
// points a pixel column and no spike is lost at any zoom. Appending is O(1) amortised. Made on any thread, then used on
// the GUI thread.
#pragma once

#include "storage/reading/packed_series.h"
#include "ui/models/min_max_pyramid.h"
#include "ui/models/x_scale.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nabiz::ui {

class RunSeries {
public:
    RunSeries(std::string name, std::string unit);
    // Takes whole columns, of one length. With `previewOf` they are some of so many points: enough to draw all of it.
    RunSeries(std::string name, std::string unit, std::vector<double> batch, std::vector<double> time,
        std::vector<double> value, std::size_t previewOf = 0);
    explicit RunSeries(storage::PackedSeries packed);
    // Empty, to grow beside `other`: as long as both get the same batches they share where these stand.
    RunSeries(std::string name, std::string unit, const RunSeries& other);
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
    // Only some of the points, until all are read. Nothing may be appended to a preview.
    bool isPreview() const { return m_previewOf > 0; }
    // Of the whole series.
    std::size_t total() const { return isPreview() ? m_previewOf : size(); }
    // Copies of the columns may be read on another thread while this grows.
    const storage::BatchColumn& places() const { return *m_x; } // may be longer than `column`
    const MinMaxPyramid& column() const { return m_value; }
    void append(double batch, double time, double value);

    double batch(std::size_t i) const { return m_x->batch(i); }
    double time(std::size_t i) const { return m_x->time(i); }
    double value(std::size_t i) const { return m_value[i]; }
    // Position on the x axis.
    double x(std::size_t i, const XScale& scale) const { return scale.x(batch(i), time(i)); }
    // Index of the last sample at or before x; size() when there is none. For a series that rises on this axis, as
    // inOrder() does.
    std::size_t lastAtOrBefore(double x, const XScale& scale) const;
    // This series, or where its batches (or times) fall somewhere, as those of imported runs may, a copy sorted by
    // them, equal ones in the order recorded. Kept until the series grows.
    const RunSeries& inOrder(const XScale& scale) const;

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

private:
    bool rises(bool byTime) const { return byTime ? m_timeRises : m_batchRises; }
    void noteOrder(std::size_t from);

    std::uint64_t m_id;
    std::string m_name;
    std::string m_unit;
    std::size_t m_previewOf = 0;
    // Where the samples stand; may be longer than this series when others of the run share it.
    std::shared_ptr<const storage::BatchColumn> m_x;
    std::shared_ptr<storage::BatchColumn> m_growing; // the same, where it may grow
    bool m_batchRises = true, m_timeRises = true;
    MinMaxPyramid m_value;
    mutable std::unique_ptr<RunSeries> m_byBatch, m_byTime;
};

// Of any column that belongs to the series' samples and summarises stretches of them: its own values, or smoothed ones.
template <typename Column> RunSeries::Bucket bucket(const Column& column, std::size_t first, std::size_t last)
{
    const MinMaxPyramid::Node node = column.summary(first, last);
    return { first, last, node.minimum, node.maximum, node.minimumFirst, node.nonFinite > 0, node.finite == 0 };
}

template <typename Column>
std::vector<RunSeries::Bucket> buckets(const Column& column, std::size_t first, std::size_t last, std::size_t columns)
{
    last = std::min(last, column.size());
    std::vector<RunSeries::Bucket> result;
    if (first >= last) {
        return result;
    }
    const std::size_t width = bucketWidth(first, last, columns);
    result.reserve((last - 1) / width - first / width + 1);
    for (std::size_t begin = first; begin < last;) {
        const std::size_t end = std::min(last, (begin / width + 1) * width);
        result.push_back(bucket(column, begin, end));
        begin = end;
    }
    return result;
}

} // namespace nabiz::ui
