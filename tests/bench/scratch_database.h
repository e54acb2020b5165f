// SPDX-License-Identifier: GPL-3.0-or-later
// A database for one measurement, gone after it, and rows like those of a training run. Any thread.
#pragma once

#include "storage/recording/recorder.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace nabiz::bench {

class ScratchDatabase {
public:
    // In TMPDIR or /tmp; a disk is measured, not memory, unless that is a tmpfs.
    ScratchDatabase()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "nabiz-bench-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw std::runtime_error("no folder could be made in " + pattern);
        m_folder = pattern;
    }
    ~ScratchDatabase()
    {
        std::error_code ignored; // a rest in the temporary folder does no harm
        std::filesystem::remove_all(m_folder, ignored);
    }
    std::filesystem::path file() const { return m_folder / "nabiz.db"; }

private:
    std::filesystem::path m_folder;
};

inline constexpr int kMetrics = 10;

struct BenchRow {
    std::array<std::uint16_t, kMetrics> metrics {};
    std::array<double, kMetrics> values {};

    void fill(std::int64_t batch)
    {
        for (int i = 0; i < kMetrics; ++i) {
            metrics[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(i);
            values[static_cast<std::size_t>(i)]
                = static_cast<float>(3.0 / (1.0 + 1e-3 * static_cast<double>(batch)) + i);
        }
    }
};

inline std::vector<storage::Metric> benchMetrics(int count)
{
    std::vector<storage::Metric> metrics;
    for (int i = 0; i < count; ++i)
        metrics.push_back({ 0, i == 0 ? "loss" : "metric." + std::to_string(i), "" });
    return metrics;
}

inline storage::RunId addBenchRun(storage::Recorder& recorder)
{
    storage::Run run;
    run.name = "bench";
    return recorder.addRun(run, {});
}

} // namespace nabiz::bench
