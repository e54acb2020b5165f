// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of metrics: name in the database and in exports, unit, and label for people. Behind its rows stand the
// shares of the experts, router.N.expert.M, as many as a model can have. Constant; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

enum class Metric : std::uint16_t {
    Loss,
    ValLoss,
    BalanceLoss,
    LearningRate,
    GradNorm,
    GradScale,
    IntrospectionError,
    IntrospectionConfidence,
    IntrospectionRounds,
    BatchSeconds,
    TokensPerSecond,
    MemoryAllocated,
    MemoryPeak,
    MemoryReserved,
    MemoryDeviceUsed,
    MemoryDeviceOther,
    MemoryProcess,
    MemoryUnaccounted,
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
    const char* label; // marked for translation
    bool singlePrecision; // recorded as a float32: its text is the shortest that reads back as one
};

inline constexpr std::int64_t kMostBlocks = 1000;
inline constexpr std::int64_t kMostExperts = 8;

std::span<const MetricRow> metricTable();
// Not for a share of an expert.
const MetricRow& metricRow(Metric metric);
// The share of an expert in its block, both counted from 0. Experts of one block follow one another.
Metric routerMetric(std::int64_t block, std::int64_t expert);
// The names by their numbers: those of the table, then router.0.expert.0 ….
std::vector<std::string> metricNames();
// nullptr for a name that is not of this program (a metric of an imported run). Shares of experts have one row.
const MetricRow* findMetric(std::string_view name);

} // namespace nabiz::trainer
