// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_series.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
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
    , m_growing(std::make_shared<storage::BatchColumn>(batch, time))
    , m_value(storage::ValueColumn(value))
{
    m_x = m_growing;
    noteOrder(0);
}

RunSeries::RunSeries(storage::PackedSeries packed)
    : m_id(nextId())
    , m_name(std::move(packed.metric.name))
    , m_unit(std::move(packed.metric.unit))
    , m_x(std::move(packed.x))
    , m_value(std::move(packed.values))
{
    if (const auto& order = m_x->order(); order && m_x->size() == size()) {
        m_batchRises = order->batches;
        m_timeRises = order->times;
    } else {
        noteOrder(0);
    }
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
    noteOrder(at);
}

void RunSeries::noteOrder(std::size_t from)
{
    for (std::size_t i = std::max<std::size_t>(from, 1); i < size(); ++i) {
        m_batchRises = m_batchRises && batch(i) >= batch(i - 1);
        m_timeRises = m_timeRises && time(i) >= time(i - 1);
    }
}

// Compared as they are drawn: turning x back into batches would miss its own sample by a rounding.
std::size_t RunSeries::lastAtOrBefore(double x, const XScale& scale) const
{
    std::size_t first = 0, count = size();
    while (count > 0) {
        const std::size_t half = count / 2;
        if (this->x(first + half, scale) <= x) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first == 0 ? size() : first - 1;
}

const RunSeries& RunSeries::inOrder(const XScale& scale) const
{
    const bool byTime = isTime(scale.unit);
    if (rises(byTime)) {
        return *this;
    }
    std::unique_ptr<RunSeries>& sorted = byTime ? m_byTime : m_byBatch;
    if (!sorted || sorted->size() != size()) {
        const auto key = [this, byTime](std::size_t i) { return byTime ? time(i) : batch(i); };
        std::vector<std::size_t> order(size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
        std::vector<double> batches, times, values;
        for (const std::size_t i : order) {
            batches.push_back(batch(i));
            times.push_back(time(i));
            values.push_back(value(i));
        }
        sorted = std::make_unique<RunSeries>(
            m_name, m_unit, std::move(batches), std::move(times), std::move(values), m_previewOf);
    }
    return *sorted;
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

} // namespace nabiz::ui
