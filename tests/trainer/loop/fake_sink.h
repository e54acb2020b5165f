// SPDX-License-Identifier: GPL-3.0-or-later
// A sink that keeps what it is told, a small configuration to train, and a way to act at a batch. Training thread, but
// for what a test reads after train() has returned.
#pragma once

#include "trainer/loop/trainer.h"

#include <functional>
#include <optional>

namespace nabiz::test {

using namespace nabiz::trainer;

struct SinkRow {
    std::int64_t batch = 0;
    double time = 0;
    std::map<Metric, double> values;
};

class FakeSink : public Sink {
public:
    void batch(
        std::int64_t batch, double time, std::span<const Metric> metrics, std::span<const double> values) override;
    void phase(Phase phase) override;
    void event(const Event& event) override;
    void checkpoint(const CheckpointFiles& files) override;
    void checkpointGone(std::int64_t batch) override { gone.push_back(batch); }
    void prepared(
        const Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches) override;

    std::vector<double> series(Metric metric) const; // of the rows that have it
    int count(EventKind kind) const;

    std::vector<SinkRow> rows;
    std::vector<Phase> phases;
    std::vector<Event> events;
    std::vector<CheckpointFiles> checkpoints;
    std::vector<std::int64_t> gone; // of them
    std::optional<Config> applied;
    std::map<std::string, std::string> facts;
    std::int64_t planned = -1;

    std::function<void(std::int64_t)> onBatch;
    std::function<void(Phase)> onPhase;
    std::function<void(const Event&)> onEvent;
};

// d_model 32, 2 blocks, 32 bytes, generated text, no samples, evaluations or checkpoints: a batch takes about 5 ms.
Config smallRun(std::int64_t steps);

} // namespace nabiz::test
