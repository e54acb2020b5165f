// SPDX-License-Identifier: GPL-3.0-or-later
// A trainer without a model: a wave with noise for a loss, as many batches at such a rate as a test asks for. It obeys
// stop, pause and commands as the real one does, so that everything around it can be tested at speeds no model reaches.
#pragma once

#include "trainer/loop/trainer.h"

#include <atomic>
#include <functional>

namespace nabiz::tests {

struct SyntheticOptions {
    std::int64_t batches = 100;
    double batchesPerSecond = 0; // 0 = as fast as the sink takes them
    double start = 5; // the loss falls from here to a third of it, in a wave
    double wave = 0.2;
    int eventEvery = 0; // batches between two sample texts, 0 = none
    std::vector<trainer::Finding> findings; // told before the first batch
    // Called on the training thread: while preparing, and before each batch. What they throw ends the run.
    std::function<void(std::stop_token)> preparing;
    std::function<void(std::int64_t batch)> beforeBatch;
    trainer::TrainResult result; // outcome and message of a run that comes to its end
};

class SyntheticTrainer final : public trainer::Trainer {
public:
    explicit SyntheticTrainer(SyntheticOptions options = {});

    trainer::TrainResult train(const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control& control,
        std::stop_token stop) override;
    void join(const trainer::World&, const trainer::Config&, std::stop_token) override { }
    std::optional<std::vector<trainer::Finding>> audit(const trainer::Config& config, std::stop_token stop) override;
    std::map<std::string, std::string> facts() override;
    std::optional<trainer::DeviceCheck> check(const std::string& device, bool asT4, std::stop_token stop) override;

    // Batches sent so far, over all runs; any thread.
    std::int64_t sent() const { return m_sent; }
    // The loss that batch `batch` has.
    double loss(std::int64_t batch) const;

private:
    void send(trainer::Sink& sink, std::int64_t batch, double time);
    bool obey(const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control& control,
        std::stop_token stop, std::int64_t batch);

    const SyntheticOptions m_options;
    std::atomic<std::int64_t> m_sent = 0;
};

} // namespace nabiz::tests
