// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of one batch on their way to the sink: fixed room, nothing allocated.
// A value; training thread.
#pragma once

#include "trainer/config/metric_table.h"

#include <array>
#include <cstdint>
#include <span>

namespace nabiz::trainer {

class BatchRow {
public:
    BatchRow() = default;
    BatchRow(std::int64_t batch, double time)
        : m_batch(batch)
        , m_time(time)
    {
    }

    // A metric is set at most once a row.
    void set(Metric metric, double value)
    {
        m_metrics[m_count] = metric;
        m_values[m_count++] = value;
    }

    std::int64_t batch() const { return m_batch; }
    double time() const { return m_time; }
    std::span<const Metric> metrics() const { return { m_metrics.data(), m_count }; }
    std::span<const double> values() const { return { m_values.data(), m_count }; }

private:
    std::int64_t m_batch = 0;
    double m_time = 0;
    std::size_t m_count = 0;
    std::array<Metric, static_cast<std::size_t>(Metric::Count)> m_metrics {};
    std::array<double, static_cast<std::size_t>(Metric::Count)> m_values {};
};

} // namespace nabiz::trainer
