// SPDX-License-Identifier: GPL-3.0-or-later
// A folder for a test's database, and short ways to record into it. The test's thread.
#pragma once

#include "storage/recording/recorder.h"
#include "storage/run_store.h"

#include <QTemporaryDir>

#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

namespace nabiz::storage {

class Folder {
public:
    std::filesystem::path file(const char* name = "nabiz.db") const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private:
    QTemporaryDir m_folder;
};

inline std::vector<Metric> metricsNamed(std::initializer_list<const char*> names)
{
    std::vector<Metric> metrics;
    for (const char* name : names)
        metrics.push_back({ 0, name, "unit" });
    return metrics;
}

inline RunId addRun(Recorder& recorder, const std::string& name, RunStatus status = RunStatus::Queued)
{
    Run run;
    run.name = name;
    run.status = status;
    return recorder.addRun(run, {});
}

// Values of the metrics 0, 1 …
inline void append(Stream& stream, std::int64_t batch, const std::vector<double>& values, double time = -1)
{
    std::vector<std::uint16_t> numbers(values.size());
    std::iota(numbers.begin(), numbers.end(), std::uint16_t { 0 });
    stream.append(batch, time < 0 ? 0.5 * static_cast<double>(batch) : time, numbers, values);
}

inline Series seriesNamed(const RunStore& store, RunId run, const std::string& name)
{
    for (const auto& metric : store.metrics(run)) {
        if (metric.name == name)
            return store.series(run, metric);
    }
    return {};
}

} // namespace nabiz::storage
