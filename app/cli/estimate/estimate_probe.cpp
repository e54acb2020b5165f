// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate/estimate_probe.h"

#include "trainer/loop/facts.h"
#include "trainer/loop/trainer.h"

#include <algorithm>
#include <stop_token>

namespace nabiz::app {

namespace {

constexpr std::int64_t kBatches = 2;

class ProbeSink : public trainer::Sink {
public:
    explicit ProbeSink(std::stop_source& stop)
        : m_stop(stop)
    {
    }

    void batch(
        std::int64_t batch, double, std::span<const trainer::Metric> metrics, std::span<const double> values) override
    {
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            if (metrics[i] == trainer::Metric::MemoryPeak)
                m_probe.peakBytes = std::max(m_probe.peakBytes, static_cast<std::int64_t>(values[i]));
        }
        m_probe.batches = batch + 1;
        if (m_probe.batches >= kBatches)
            m_stop.request_stop();
    }
    void phase(trainer::Phase) override { }
    void event(const trainer::Event&) override { }
    void checkpoint(const trainer::CheckpointFiles&) override { }
    void prepared(const trainer::Config&, const std::map<std::string, std::string>& facts, std::int64_t) override
    {
        if (const auto device = facts.find(trainer::kFactDevice); device != facts.end())
            m_probe.device = device->second;
    }

    const Probe& probe() const { return m_probe; }

private:
    std::stop_source& m_stop;
    Probe m_probe;
};

} // namespace

Probe probeMemory(const trainer::Config& config)
{
    trainer::Config settings = config;
    for (const char* key : { "training.eval_interval", "training.sample_interval", "training.save_interval" })
        settings.set(key, std::int64_t { 0 });
    settings.set("training.max_steps", std::max(kBatches, config.integer("training.max_steps")));
    std::stop_source stop;
    ProbeSink sink(stop);
    trainer::Control control;
    trainer::loadTrainer()->train({ settings, {} }, sink, control, stop.get_token());
    return sink.probe();
}

} // namespace nabiz::app
