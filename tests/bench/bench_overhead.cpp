// SPDX-License-Identifier: GPL-3.0-or-later
// What recording costs training: the same steps with the recorder and without, turn about in one process, the order
// changed every round. The medians are compared; the noise beside it is what two measurements without the recorder
// differ by.
#include "app/run/recording_sink.h"
#include "app/run/run_controller.h"
#include "tests/bench/scratch_database.h"
#include "trainer/loop/trainer.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace {

using namespace nabiz;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 10;
constexpr std::int64_t kSteps = 40;
constexpr std::int64_t kWarmUp = 5; // batches of each run that are not timed

// Times each batch, from one to the next, and hands all on, or drops it.
class TimingSink final : public trainer::Sink {
public:
    explicit TimingSink(trainer::Sink* next)
        : m_next(next)
    {
    }

    void batch(std::int64_t batch, double time, std::span<const trainer::Metric> metrics,
        std::span<const double> values) override
    {
        if (m_next)
            m_next->batch(batch, time, metrics, values);
        const auto now = Clock::now();
        if (batch >= kWarmUp)
            m_seconds.push_back(std::chrono::duration<double>(now - m_last).count());
        m_last = now;
    }
    void phase(trainer::Phase phase) override
    {
        if (m_next)
            m_next->phase(phase);
    }
    void event(const trainer::Event& event) override
    {
        if (m_next)
            m_next->event(event);
    }
    void checkpoint(const trainer::CheckpointFiles& files) override
    {
        if (m_next)
            m_next->checkpoint(files);
    }
    void prepared(
        const trainer::Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches) override
    {
        if (m_next)
            m_next->prepared(applied, facts, batches);
    }

    std::vector<double> seconds() const { return m_seconds; }

private:
    trainer::Sink* const m_next;
    Clock::time_point m_last;
    std::vector<double> m_seconds;
};

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// `quick` with a quarter of its bytes a batch, since the shorter a step the more recording weighs, and nothing but
// steps.
trainer::Config steps()
{
    trainer::Config config;
    config.set("training.max_steps", kSteps);
    config.set("training.batch_size", std::int64_t { 2 });
    config.set("model.max_seq_len", std::int64_t { 128 });
    for (const char* interval : { "training.eval_interval", "training.sample_interval", "training.save_interval" })
        config.set(interval, std::int64_t { 0 });
    return config;
}

// The median batch of one run.
double batchSeconds(trainer::Trainer& trainer, storage::Recorder* recorder)
{
    const trainer::Config config = steps();
    trainer::Control control;
    if (!recorder) {
        TimingSink sink(nullptr);
        trainer.train({ config, "." }, sink, control, {});
        return median(sink.seconds());
    }
    const storage::RunId run = recorder->addRun({ .name = "bench" }, {});
    double result = 0;
    {
        const auto stream = recorder->openStream(run, app::recordedMetrics(config));
        app::RecordingSink recording(*recorder, run, *stream, config, {}, 0,
            { .phase = [](trainer::Phase) {}, .event = [](const storage::Event&) {}, .changed = [] {} });
        TimingSink sink(&recording);
        trainer.train({ config, recorder->checkpointFolder(run) }, sink, control, {});
        result = median(sink.seconds());
    }
    recorder->closeStream(run);
    return result;
}

void recorderOverhead(benchmark::State& state)
{
    const bench::ScratchDatabase scratch;
    storage::Recorder recorder(scratch.file());
    const auto trainer = trainer::loadTrainer();
    batchSeconds(*trainer, nullptr); // threads, caches and frequencies come to rest
    std::vector<double> ratios, controls;
    for (auto _ : state) {
        double total = 0;
        for (int round = 0; round < kRounds; ++round) {
            const bool first = round % 2 == 0;
            const double before = batchSeconds(*trainer, nullptr);
            const double a = batchSeconds(*trainer, first ? &recorder : nullptr);
            const double b = batchSeconds(*trainer, first ? nullptr : &recorder);
            const double on = first ? a : b;
            const double off = first ? b : a;
            ratios.push_back(2 * on / (before + off));
            controls.push_back(before / off);
            total += on;
        }
        state.SetIterationTime(total / kRounds);
    }
    std::vector<double> spread;
    for (const double control : controls)
        spread.push_back(std::abs(control - 1));
    state.counters["overhead_percent"] = (median(ratios) - 1) * 100;
    // Of the median of so many rounds, not of one.
    state.counters["noise_percent"] = median(spread) * 100 / std::sqrt(static_cast<double>(controls.size()));
    state.counters["rounds"] = static_cast<double>(controls.size());
}

} // namespace

BENCHMARK(recorderOverhead)->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
