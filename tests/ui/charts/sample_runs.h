// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as the database would give them, for tests of the pages and models.
#pragma once

#include "storage/records/records.h"

#include <cmath>
#include <string>

namespace nabiz::testing {

inline storage::Series column(const std::string& name, const std::string& unit)
{
    storage::Series series;
    series.metric.name = name;
    series.metric.unit = unit;
    return series;
}

inline void add(storage::Series& series, double batch, double value)
{
    series.batch.push_back(batch);
    series.time.push_back(batch * 0.5);
    series.value.push_back(value);
}

// Loss falls from 5 to `floor`; a validation loss every 50 batches; memory of a CPU.
inline storage::RunDetail sampleRun(storage::RunId id, const std::string& name, int batches, double floor)
{
    storage::RunDetail detail;
    storage::Run& run = detail.overview.run;
    run.id = id;
    run.name = name;
    run.status = storage::RunStatus::Finished;
    run.plannedBatches = batches;
    run.command = "nabiz train quick training.seed=" + std::to_string(id);
    run.facts = { { "device", "cpu" }, { "data.entropy", "0.66" } };
    detail.parameters = { { "training.learning_rate", "1e-3", "1e-3" }, { "training.batch_size", "4", "4" },
        { "hardware.device", "auto", "cpu" } };
    storage::Series loss = column("loss", "nats"), val = column("val.loss", "nats"),
                    memory = column("memory.process", "bytes");
    for (int batch = 0; batch < batches; ++batch) {
        const double value = floor + 4 * std::exp(-batch / 60.0);
        add(loss, batch, value);
        add(memory, batch, 4e8 + batch);
        if (batch % 50 == 49) {
            add(val, batch, value + 0.1);
        }
    }
    storage::Summary& summary = detail.overview.summary;
    summary.batches = batches;
    summary.firstLoss = loss.value.front();
    summary.lastLoss = summary.bestLoss = loss.value.back();
    summary.bestBatch = batches - 1;
    if (!val.value.empty()) {
        summary.bestValLoss = summary.lastValLoss = val.value.back();
        summary.bestValBatch = static_cast<std::int64_t>(val.batch.back());
    }
    summary.peakBytes = 4e8 + batches;
    summary.medianBatchSeconds = 0.026;
    summary.tokensPerSecond = 38000 + static_cast<double>(id);
    detail.series = { loss, val, memory };
    return detail;
}

} // namespace nabiz::testing
