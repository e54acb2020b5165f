// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of metrics: name in the database and in exports, unit, and label for people.
// Constant; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace nabiz::trainer {

enum class Metric : std::uint16_t {
    Loss,
    ValLoss,
    BalanceLoss,
    LearningRate,
    GradNorm,
    BatchSeconds,
    TokensPerSecond,
    MemoryAllocated,
    MemoryPeak,
    MemoryReserved,
    MemoryDeviceUsed,
    MemoryDeviceOther,
    MemoryProcess,
    GpuUtilization,
    GpuTemperature,
    GpuPower,
    GpuClock,
    Count
};

struct MetricRow {
    Metric metric;
    std::string_view name; // "loss", as other programs read it
    std::string_view unit; // "nats", "bytes", "s", "" …
    const char* label;     // marked for translation
    bool singlePrecision;  // recorded as a float32: its text is the shortest that reads back as one
};

std::span<const MetricRow> metricTable();
const MetricRow& metricRow(Metric metric);
// nullptr for a name that is not in the table (a metric of an imported run).
const MetricRow* findMetric(std::string_view name);

} // namespace nabiz::trainer
