// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/metric_table.h"

#include "trainer/base/message.h"
#include "trainer/config/parameters/rank_metrics.h"

#include <algorithm>
#include <array>

namespace nabiz::trainer {

namespace {

constexpr std::array<MetricRow, static_cast<std::size_t>(Metric::Count)> kRows { {
    { Metric::Loss, "loss", "nats", NABIZ_TEXT("Metric", "Loss"), true },
    { Metric::ValLoss, "val.loss", "nats", NABIZ_TEXT("Metric", "Validation loss"), false },
    { Metric::BalanceLoss, "balance_loss", "", NABIZ_TEXT("Metric", "Load-balance term"), true },
    { Metric::LearningRate, "learning_rate", "", NABIZ_TEXT("Metric", "Learning rate"), false },
    { Metric::GradNorm, "grad_norm", "", NABIZ_TEXT("Metric", "Gradient norm"), true },
    { Metric::GradScale, "grad_scale", "", NABIZ_TEXT("Metric", "Gradient scale"), true },
    { Metric::IntrospectionError, "introspection.error", "", NABIZ_TEXT("Metric", "Introspection: error"), true },
    { Metric::IntrospectionConfidence, "introspection.confidence", "",
        NABIZ_TEXT("Metric", "Introspection: confidence"), true },
    { Metric::IntrospectionRounds, "introspection.rounds", "", NABIZ_TEXT("Metric", "Introspection: rounds"), true },
    { Metric::BatchSeconds, "batch_seconds", "s", NABIZ_TEXT("Metric", "Time of a batch"), false },
    { Metric::TokensPerSecond, "tokens_per_second", "tokens/s", NABIZ_TEXT("Metric", "Tokens per second"), false },
    { Metric::MemoryAllocated, "memory.allocated", "bytes", NABIZ_TEXT("Metric", "Allocated memory"), false },
    { Metric::MemoryPeak, "memory.peak", "bytes", NABIZ_TEXT("Metric", "Peak memory"), false },
    { Metric::MemoryReserved, "memory.reserved", "bytes", NABIZ_TEXT("Metric", "Reserved memory"), false },
    { Metric::MemoryDeviceUsed, "memory.device_used", "bytes", NABIZ_TEXT("Metric", "Device memory in use"), false },
    { Metric::MemoryDeviceOther, "memory.device_other", "bytes", NABIZ_TEXT("Metric", "Memory of other programs"),
        false },
    { Metric::MemoryProcess, "memory.process", "bytes", NABIZ_TEXT("Metric", "Process memory"), false },
    { Metric::MemoryUnaccounted, "memory.unaccounted", "bytes", NABIZ_TEXT("Metric", "Peak less the ledger's sum"),
        false },
    { Metric::GpuUtilization, "gpu.utilization", "%", NABIZ_TEXT("Metric", "GPU utilisation"), false },
    { Metric::GpuTemperature, "gpu.temperature", "°C", NABIZ_TEXT("Metric", "GPU temperature"), false },
    { Metric::GpuPower, "gpu.power", "W", NABIZ_TEXT("Metric", "GPU power"), false },
    { Metric::GpuClock, "gpu.clock", "MHz", NABIZ_TEXT("Metric", "GPU clock"), false },
} };

constexpr MetricRow kRouterRow { Metric::Count, "router", "", NABIZ_TEXT("Metric", "Router: block %1, expert %2"),
    true };

constexpr std::array<MetricRow, static_cast<std::size_t>(RankFigure::Count)> kRankRows { {
    { Metric::Count, "memory", "bytes", NABIZ_TEXT("Metric", "Rank %1: memory"), false },
    { Metric::Count, "tokens_per_second", "tokens/s", NABIZ_TEXT("Metric", "Rank %1: tokens per second"), false },
    { Metric::Count, "wait_seconds", "s", NABIZ_TEXT("Metric", "Rank %1: waiting for others"), false },
} };
constexpr std::int64_t kFirstRankMetric = static_cast<std::int64_t>(Metric::Count) + kMostBlocks * kMostExperts;

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].metric) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "a row's place is its enumerator");

} // namespace

std::span<const MetricRow> metricTable()
{
    return kRows;
}

const MetricRow& metricRow(Metric metric)
{
    return kRows.at(static_cast<std::size_t>(metric));
}

const MetricRow* findMetric(std::string_view name)
{
    for (const MetricRow& row : kRows) {
        if (row.name == name)
            return &row;
    }
    if (name.starts_with("rank.")) {
        const auto figure = name.substr(std::min(name.size(), name.find('.', 5)));
        for (const MetricRow& row : kRankRows) {
            if (!figure.empty() && figure.substr(1) == row.name)
                return &row;
        }
    }
    return name.starts_with("router.") ? &kRouterRow : nullptr;
}

Metric routerMetric(std::int64_t block, std::int64_t expert)
{
    return static_cast<Metric>(static_cast<std::int64_t>(Metric::Count) + block * kMostExperts + expert);
}

Metric rankMetric(std::int64_t rank, RankFigure figure)
{
    return static_cast<Metric>(
        kFirstRankMetric + rank * static_cast<std::int64_t>(kRankRows.size()) + static_cast<std::int64_t>(figure));
}

std::vector<std::string> metricNames()
{
    std::vector<std::string> names;
    for (const MetricRow& row : kRows)
        names.emplace_back(row.name);
    for (std::int64_t block = 0; block < kMostBlocks; ++block) {
        for (std::int64_t expert = 0; expert < kMostExperts; ++expert)
            names.push_back("router." + std::to_string(block) + ".expert." + std::to_string(expert));
    }
    for (std::int64_t rank = 0; rank < kMostRanks; ++rank) {
        for (const MetricRow& row : kRankRows)
            names.push_back("rank." + std::to_string(rank) + "." + std::string(row.name));
    }
    return names;
}

} // namespace nabiz::trainer
