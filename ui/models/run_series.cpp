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

} // namespace

RunSeries::RunSeries(std::string name, std::string unit)
    : m_id(nextId())
    , m_name(std::move(name))
    , m_unit(std::move(unit))
    , m_growing(std::make_shared<storage::BatchColumn>())
{
    m_x = m_growing;
}

RunSeries::RunSeries(std::string name, std::string unit, std::vector<double> batch, std::vector<double> time,
    std::vector<double> value, std::size_t previewOf)
    : m_id(nextId())
    , m_name(std::move(name))
    , m_unit(std::move(unit))
    , m_previewOf(previewOf)
    , m_growing(std::make_shared<storage::BatchColumn>(batch, std::move(time)))
    , m_value(storage::ValueColumn(std::move(value)))
{
    m_x = m_growing;
}

RunSeries::RunSeries(storage::PackedSeries packed)
    : m_id(nextId())
    , m_name(std::move(packed.metric.name))
    , m_unit(std::move(packed.metric.unit))
    , m_x(std::move(packed.x))
    , m_value(std::move(packed.values))
{
}

RunSeries::RunSeries(std::string name, std::string unit, const RunSeries& other)
    : RunSeries(std::move(name), std::move(unit))
{
    if (other.m_growing) {
        m_growing = other.m_growing;
        m_x = m_growing;
    }
}

// Another series of the run may have brought this batch already; where the batches part, so do the columns.
void RunSeries::append(double batch, double time, double value)
{
    const std::size_t at = size();
    const bool there = m_x->size() > at && m_x->batch(at) == batch && m_x->time(at) == time;
    if (!m_growing || (m_x->size() > at && !there)) {
        m_growing = std::make_shared<storage::BatchColumn>(m_x->upTo(at));
        m_x = m_growing;
    }
    if (m_x->size() == at) {
        m_growing->append(batch, time);
    }
    m_value.append(value);
}

double RunSeries::x(std::size_t i, XUnit unit, double accumulation) const
{
    switch (unit) {
    case XUnit::Batch:
        return batch(i);
    case XUnit::Step:
        return batch(i) / std::max(accumulation, 1.0);
    case XUnit::Time:
        return time(i);
    }
    return batch(i);
}

// Compared as they are drawn: multiplying x back into batches would miss its own sample by a rounding.
std::size_t RunSeries::lastAtOrBefore(double x, XUnit unit, double accumulation) const
{
    std::size_t first = 0;
    std::size_t count = size();
    while (count > 0) {
        const std::size_t half = count / 2;
        if (this->x(first + half, unit, accumulation) <= x) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first == 0 ? size() : first - 1;
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
