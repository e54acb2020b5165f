// SPDX-License-Identifier: GPL-3.0-or-later
// What one batch costs the trainer: Stream::append of 10 metrics while the writer takes them to a real file. A row at a
// time is timed, at a pace, so that the queue is neither empty nor full; allocations of the appending thread are
// counted.
#include "scratch_database.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <thread>

namespace {

thread_local bool t_counting = false;
thread_local std::int64_t t_allocations = 0;

void* allocate(std::size_t size)
{
    if (t_counting)
        ++t_allocations;
    if (void* memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}

void* operator new[](std::size_t size)
{
    return allocate(size);
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete[](void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

using Clock = std::chrono::steady_clock;
using namespace nabiz::bench;

double nanoseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::nano>(duration).count();
}

// Median cost of reading the clock twice, which is in every figure printed.
double clockCost()
{
    std::vector<double> readings(10'001);
    for (auto& reading : readings) {
        const auto begin = Clock::now();
        reading = nanoseconds(Clock::now() - begin);
    }
    std::nth_element(readings.begin(), readings.begin() + 5'000, readings.end());
    return readings[5'000];
}

void appendAtPace(benchmark::State& state)
{
    const auto rate = state.range(0);
    const std::int64_t rows = std::min<std::int64_t>(rate * 4, 140'000);
    const auto gap = std::chrono::nanoseconds(1'000'000'000 / rate);
    std::vector<double> times(static_cast<std::size_t>(rows));
    std::int64_t allocations = 0;
    for (auto _ : state) {
        ScratchDatabase scratch;
        nabiz::storage::Recorder recorder(scratch.file());
        const auto run = addBenchRun(recorder);
        const auto stream = recorder.openStream(run, benchMetrics(kMetrics));
        BenchRow row;
        t_allocations = 0;
        const auto begin = Clock::now();
        for (std::int64_t batch = 0; batch < rows; ++batch) {
            row.fill(batch);
            // Above the timer's grain the thread spins, as a trainer computes; below it, it lets the writer have the
            // core.
            const auto due = begin + batch * gap;
            if (gap >= std::chrono::microseconds(100))
                std::this_thread::sleep_until(due);
            while (Clock::now() < due) { }
            t_counting = true;
            const auto before = Clock::now();
            stream->append(batch, 1e-3 * static_cast<double>(batch), row.metrics, row.values);
            const auto after = Clock::now();
            t_counting = false;
            times[static_cast<std::size_t>(batch)] = nanoseconds(after - before);
        }
        allocations += t_allocations;
        recorder.closeStream(run);
        recorder.flush();
    }
    double sum = 0;
    for (const double time : times)
        sum += time;
    std::sort(times.begin(), times.end());
    const auto quantile = [&](double q) { return times[static_cast<std::size_t>(q * static_cast<double>(rows - 1))]; };
    state.counters["mean_ns"] = sum / static_cast<double>(rows);
    state.counters["p50_ns"] = quantile(0.5);
    state.counters["p99_ns"] = quantile(0.99);
    state.counters["p99.9_ns"] = quantile(0.999);
    state.counters["max_us"] = times.back() / 1000;
    state.counters["clock_ns"] = clockCost();
    state.counters["allocations"] = static_cast<double>(allocations);
}
BENCHMARK(appendAtPace)->Arg(5'000)->Arg(50'000)->Arg(200'000)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
