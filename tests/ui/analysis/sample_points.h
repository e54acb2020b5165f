// SPDX-License-Identifier: GPL-3.0-or-later
// Points and runs as values, for tests of what is computed from them.
#pragma once

#include "ui/analysis/compared_run.h"

#include <list>
#include <string>
#include <vector>

namespace nabiz::testing {

class SamplePoints : public ui::Points {
public:
    void add(double value) { addAt(static_cast<double>(size()), static_cast<double>(size()) * 0.5, value); }
    void addAt(double batch, double time, double value)
    {
        m_batch.push_back(batch);
        m_time.push_back(time);
        m_value.push_back(value);
    }
    std::size_t size() const override { return m_value.size(); }
    double batch(std::size_t i) const override { return m_batch[i]; }
    double time(std::size_t i) const override { return m_time[i]; }
    double value(std::size_t i) const override { return m_value[i]; }

private:
    std::vector<double> m_batch, m_time, m_value;
};

// A run with what belongs to it.
struct SampleRun {
    storage::RunOverview overview;
    std::vector<storage::Parameter> parameters;
    SamplePoints loss, validation, memory;
    ui::LossTrack lossTrack { ui::kMeanOf }, validationTrack { 1 };

    SampleRun(storage::RunId id, const std::string& name, std::int64_t seed)
    {
        overview.run.id = id;
        overview.run.name = name;
        overview.run.seed = seed;
        overview.run.status = storage::RunStatus::Finished;
        overview.run.facts = { { "data.hash", "abc" }, { "data.validation_bytes", "100" } };
        parameters = { { "data.train_path", "text", "text" }, { "training.batch_size", "4", "4" },
            { "training.seed", std::to_string(seed), std::to_string(seed) }, { "hardware.device", "auto", "cpu" } };
    }

    ui::ComparedRun run()
    {
        lossTrack.update(loss);
        validationTrack.update(validation);
        return { &overview, &parameters, { &loss, &lossTrack }, { &validation, &validationTrack }, &memory };
    }
    ui::ComparedEntry entry() { return ui::entryOf(run()); }
};

} // namespace nabiz::testing
