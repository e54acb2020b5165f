// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_trainer.h"

#include <array>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace nabiz::tests {

using trainer::Metric;
using trainer::Phase;
using Clock = std::chrono::steady_clock;

namespace {

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// In -1 … 1, the same for the same batch.
double noise(std::int64_t batch)
{
    auto bits = static_cast<std::uint64_t>(batch) * 0x9E3779B97F4A7C15u;
    bits = (bits ^ (bits >> 31)) * 0xBF58476D1CE4E5B9u;
    return static_cast<double>(bits >> 11) * 0x1p-52 - 1;
}

// Until `when`, or a stop.
void waitUntil(Clock::time_point when, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait_until(lock, stop, when, [] { return false; });
}

} // namespace

SyntheticTrainer::SyntheticTrainer(SyntheticOptions options)
    : m_options(std::move(options))
{
}

std::map<std::string, std::string> SyntheticTrainer::facts()
{
    return { { "torch", "none" }, { "device", "synthetic" } };
}

std::optional<trainer::DeviceCheck> SyntheticTrainer::check(const std::string& device, bool, std::stop_token stop)
{
    return stop.stop_requested() ? std::nullopt : std::optional(trainer::DeviceCheck { device, "synthetic", {} });
}

std::optional<std::vector<trainer::Finding>> SyntheticTrainer::audit(const trainer::Config&, std::stop_token stop)
{
    return stop.stop_requested() ? std::nullopt : std::optional(m_options.findings);
}

double SyntheticTrainer::loss(std::int64_t batch) const
{
    const double part = static_cast<double>(batch) / static_cast<double>(std::max<std::int64_t>(1, m_options.batches));
    const double fall = m_options.start * (1 + 2 * std::exp(-5 * part)) / 3;
    const double value = fall + m_options.wave * (std::sin(static_cast<double>(batch) * 0.05) + 0.3 * noise(batch));
    return static_cast<double>(static_cast<float>(value));
}

void SyntheticTrainer::send(trainer::Sink& sink, std::int64_t batch, double time)
{
    const double seconds = m_options.batchesPerSecond > 0 ? 1 / m_options.batchesPerSecond : 1e-4;
    const std::array metrics { Metric::Loss, Metric::LearningRate, Metric::GradNorm, Metric::BatchSeconds,
        Metric::TokensPerSecond, Metric::MemoryProcess };
    const std::array values { loss(batch), 1e-3, 1 + 0.5 * noise(batch + 1), seconds, 1024 / seconds,
        5e8 + 1e6 * noise(batch + 2) };
    sink.batch(batch, time, metrics, values);
    ++m_sent;
}

// False when the run is to stop.
bool SyntheticTrainer::obey(const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control& control,
    std::stop_token stop, std::int64_t batch)
{
    bool paused = false;
    while (!stop.stop_requested()) {
        const auto command = paused ? control.wait(stop) : control.poll();
        if (!command)
            break;
        if (*command == trainer::Command::Pause && !paused) {
            paused = true;
            sink.phase(Phase::Paused);
        } else if (*command == trainer::Command::Resume && paused) {
            paused = false;
            sink.phase(Phase::Running);
        } else if (*command == trainer::Command::Sample) {
            sink.event({ trainer::EventKind::Sample, batch, trainer::message("%1", "bir gün") });
        } else if (*command == trainer::Command::Checkpoint) {
            const auto folder = request.checkpointFolder / std::to_string(batch);
            std::filesystem::create_directories(folder);
            sink.checkpoint({ batch, folder.string(), 0 });
        }
    }
    return !stop.stop_requested();
}

trainer::TrainResult SyntheticTrainer::train(
    const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control& control, std::stop_token stop)
{
    sink.phase(Phase::Preparing);
    if (m_options.preparing)
        m_options.preparing(stop);
    const auto start = Clock::now();
    trainer::TrainResult result = m_options.result;
    if (!stop.stop_requested()) {
        sink.prepared(request.config, facts(), m_options.batches);
        for (const trainer::Finding& finding : m_options.findings)
            sink.event({ trainer::EventKind::Audit, -1, trainer::toMessage(finding) });
        sink.phase(Phase::Running);
    }
    std::int64_t batch = 0;
    for (; batch < m_options.batches; ++batch) {
        if (!obey(request, sink, control, stop, batch))
            break;
        if (m_options.beforeBatch)
            m_options.beforeBatch(batch);
        if (m_options.batchesPerSecond > 0) {
            const std::chrono::duration<double> due(static_cast<double>(batch) / m_options.batchesPerSecond);
            if (const auto when = start + std::chrono::duration_cast<Clock::duration>(due); when > Clock::now())
                waitUntil(when, stop);
        }
        send(sink, batch, secondsSince(start));
        if (m_options.eventEvery > 0 && batch % m_options.eventEvery == 0)
            sink.event({ trainer::EventKind::Sample, batch, trainer::message("%1", "bir gün eve") });
    }
    result.batches = result.steps = batch;
    if (batch < m_options.batches) {
        sink.phase(Phase::Stopping);
        result.outcome = trainer::Outcome::Stopped;
        result.message = {};
    }
    return result;
}

} // namespace nabiz::tests
