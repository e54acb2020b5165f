// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/loop/fake_sink.h"

#include <algorithm>

namespace nabiz::test {

void FakeSink::batch(std::int64_t batch, double time, std::span<const Metric> metrics, std::span<const double> values)
{
    SinkRow row { batch, time, {} };
    for (std::size_t i = 0; i < metrics.size(); ++i)
        row.values.emplace(metrics[i], values[i]);
    rows.push_back(std::move(row));
    if (onBatch)
        onBatch(batch);
}

void FakeSink::phase(Phase phase)
{
    phases.push_back(phase);
    if (onPhase)
        onPhase(phase);
}

void FakeSink::event(const Event& event)
{
    events.push_back(event);
    if (onEvent)
        onEvent(event);
}

void FakeSink::checkpoint(const CheckpointFiles& files)
{
    checkpoints.push_back(files);
}

void FakeSink::prepared(const Config& config, const std::map<std::string, std::string>& runFacts, std::int64_t batches)
{
    applied = config;
    facts = runFacts;
    planned = batches;
}

std::vector<double> FakeSink::series(Metric metric) const
{
    std::vector<double> result;
    for (const SinkRow& row : rows) {
        if (const auto found = row.values.find(metric); found != row.values.end())
            result.push_back(found->second);
    }
    return result;
}

int FakeSink::count(EventKind kind) const
{
    return static_cast<int>(
        std::count_if(events.begin(), events.end(), [=](const Event& e) { return e.kind == kind; }));
}

Config smallRun(std::int64_t steps)
{
    Config config;
    for (const auto& [key, value] :
        std::initializer_list<std::pair<const char*, std::int64_t>> { { "model.d_model", 32 }, { "model.n_layers", 2 },
            { "model.n_heads", 2 }, { "model.d_ff", 64 }, { "model.max_seq_len", 32 }, { "training.warmup_steps", 5 },
            { "training.max_steps", steps }, { "training.sample_interval", 0 }, { "training.eval_interval", 0 },
            { "training.save_interval", 0 }, { "hardware.threads", 1 } })
        config.set(key, value);
    config.set("language.stand_in", std::string("hidden=32,layers=1,head_dim=16"));
    config.set("data.train_path", std::string("generated:turkish"));
    config.set("hardware.device", std::string("cpu"));
    return config;
}

} // namespace nabiz::test
