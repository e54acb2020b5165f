// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of one batch on their way to the sink.
// A value; training thread.
#pragma once

#include "trainer/config/parameters/metric_table.h"

#include <cstdint>
#include <span>
#include <vector>

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
        m_metrics.push_back(metric);
        m_values.push_back(value);
    }

    std::int64_t batch() const { return m_batch; }
    double time() const { return m_time; }
    std::span<const Metric> metrics() const { return m_metrics; }
    std::span<const double> values() const { return m_values; }

private:
    std::int64_t m_batch = 0;
    double m_time = 0;
    std::vector<Metric> m_metrics;
    std::vector<double> m_values;
};

} // namespace nabiz::trainer
