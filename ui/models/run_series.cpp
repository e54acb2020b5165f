// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_series.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

namespace nabiz::ui {
namespace {

std::uint64_t nextId()
{
    static std::atomic<std::uint64_t> id { 0 };
    return ++id;
}

// Number of samples at or before x in a column that does not fall.
std::size_t countUpTo(const std::vector<double>& column, double x)
{
    return static_cast<std::size_t>(std::upper_bound(column.begin(), column.end(), x) - column.begin());
}

} // namespace

RunSeries::RunSeries(std::string name, std::string unit)
    : m_id(nextId())
    , m_name(std::move(name))
    , m_unit(std::move(unit))
{
}

RunSeries::RunSeries(
    std::string name, std::string unit, std::vector<double> batch, std::vector<double> time, std::vector<double> value)
    : m_id(nextId())
    , m_name(std::move(name))
    , m_unit(std::move(unit))
    , m_batch(std::move(batch))
    , m_time(std::move(time))
    , m_value(std::move(value))
{
}

void RunSeries::append(double batch, double time, double value)
{
    m_batch.push_back(batch);
    m_time.push_back(time);
    m_value.append(value);
}

double RunSeries::x(std::size_t i, XUnit unit, double accumulation) const
{
    switch (unit) {
    case XUnit::Batch:
        return m_batch[i];
    case XUnit::Step:
        return m_batch[i] / std::max(accumulation, 1.0);
    case XUnit::Time:
        return m_time[i];
    }
    return m_batch[i];
}

std::size_t RunSeries::lastAtOrBefore(double x, XUnit unit, double accumulation) const
{
    std::size_t count = 0;
    if (unit == XUnit::Time) {
        count = countUpTo(m_time, x);
    } else if (unit == XUnit::Batch) {
        count = countUpTo(m_batch, x);
    } else {
        // Compared in steps, as they are drawn: multiplying x back would miss its own sample by a rounding.
        const double batches = std::max(accumulation, 1.0);
        count = static_cast<std::size_t>(std::partition_point(m_batch.begin(), m_batch.end(), [&](double batch) {
            return batch / batches <= x;
        }) - m_batch.begin());
    }
    return count == 0 ? size() : count - 1;
}

RunSeries::Extent RunSeries::extent(std::size_t first, std::size_t last) const
{
    const MinMaxPyramid::Node node = m_value.summary(first, last);
    return { node.minimum, node.maximum, node.finite, node.nonFinite };
}

double RunSeries::mean(std::size_t first, std::size_t last) const
{
    const MinMaxPyramid::Node node = m_value.summary(first, last);
    return node.finite == 0 ? std::nan("") : node.sum / static_cast<double>(node.finite);
}

std::vector<RunSeries::Bucket> RunSeries::buckets(std::size_t first, std::size_t last, std::size_t columns) const
{
    return ui::buckets(m_value, first, last, columns);
}

std::size_t RunSeries::countAtMost(std::size_t first, std::size_t last, double limit) const
{
    return m_value.countAtMost(first, last, limit);
}

std::vector<RunSeries::Bucket> buckets(
    const MinMaxPyramid& column, std::size_t first, std::size_t last, std::size_t columns)
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
        const MinMaxPyramid::Node node = column.summary(begin, end);
        result.push_back(
            { begin, end, node.minimum, node.maximum, node.minimumFirst, node.nonFinite > 0, node.finite == 0 });
        begin = end;
    }
    return result;
}

} // namespace nabiz::ui
