// SPDX-License-Identifier: GPL-3.0-or-later
// Points a second from append to the disk: through the recorder, and beside it what a plain loop over SQLiteCpp reaches
// with the same tables; then how fast they are read again.
#include "scratch_database.h"

#include "storage/run_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <benchmark/benchmark.h>

#include <algorithm>

namespace {

using namespace nabiz::bench;
using nabiz::storage::Recorder;
using nabiz::storage::RunId;

constexpr std::int64_t kPoints = 2'000'000;

RunId ingest(const std::filesystem::path& file, int metrics, std::int64_t points)
{
    Recorder recorder(file);
    const auto run = addBenchRun(recorder);
    const auto stream = recorder.openStream(run, benchMetrics(metrics));
    BenchRow row;
    const auto count = static_cast<std::size_t>(metrics);
    for (std::int64_t batch = 0; batch < points / metrics; ++batch) {
        row.fill(batch);
        stream->append(batch, 1e-3 * static_cast<double>(batch), std::span(row.metrics).first(count),
            std::span(row.values).first(count));
    }
    recorder.closeStream(run);
    recorder.flush();
    return run;
}

void report(benchmark::State& state, const std::filesystem::path& file)
{
    state.SetItemsProcessed(state.iterations() * kPoints);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    state.counters["bytes_a_point"]
        = static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(kPoints);
}

void recorder(benchmark::State& state)
{
    std::unique_ptr<ScratchDatabase> scratch;
    for (auto _ : state) {
        state.PauseTiming();
        scratch = std::make_unique<ScratchDatabase>();
        state.ResumeTiming();
        ingest(scratch->file(), static_cast<int>(state.range(0)), kPoints);
    }
    report(state, scratch->file());
}
BENCHMARK(recorder)
    ->ArgName("metrics")
    ->Arg(10)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(3);

// The obvious way: a statement a table, a row at a time in the order they come, a transaction a thousand batches.
void plainLoop(benchmark::State& state)
{
    std::unique_ptr<ScratchDatabase> scratch;
    for (auto _ : state) {
        state.PauseTiming();
        scratch = std::make_unique<ScratchDatabase>();
        {
            Recorder schema(scratch->file());
            schema.openStream(addBenchRun(schema), benchMetrics(kMetrics));
        }
        state.ResumeTiming();
        SQLite::Database database(scratch->file().string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA synchronous = NORMAL");
        database.exec("PRAGMA foreign_keys = ON");
        SQLite::Statement batchInsert(database, "INSERT INTO batch VALUES (1, ?, 0, ?, ?)");
        SQLite::Statement pointInsert(database, "INSERT INTO point VALUES (?, ?, ?)");
        BenchRow row;
        for (std::int64_t batch = 0; batch < kPoints / kMetrics;) {
            SQLite::Transaction transaction(database);
            for (int i = 0; i < 1000; ++i, ++batch) {
                row.fill(batch);
                batchInsert.bind(1, batch);
                batchInsert.bind(2, batch);
                batchInsert.bind(3, 1e-3 * static_cast<double>(batch));
                batchInsert.exec();
                batchInsert.reset();
                for (int metric = 0; metric < kMetrics; ++metric) {
                    pointInsert.bind(1, metric + 1);
                    pointInsert.bind(2, batch);
                    pointInsert.bind(3, row.values[static_cast<std::size_t>(metric)]);
                    pointInsert.exec();
                    pointInsert.reset();
                }
            }
            transaction.commit();
        }
    }
    report(state, scratch->file());
}
BENCHMARK(plainLoop)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime()->Iterations(2);

void readDetail(benchmark::State& state)
{
    ScratchDatabase scratch;
    const auto run = ingest(scratch.file(), kMetrics, kPoints);
    for (auto _ : state) {
        const nabiz::storage::RunStore store(scratch.file());
        auto detail = store.detail(run);
        benchmark::DoNotOptimize(detail);
    }
    state.SetItemsProcessed(state.iterations() * kPoints);
}
BENCHMARK(readDetail)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime()->Iterations(5);

void readSeries(benchmark::State& state)
{
    ScratchDatabase scratch;
    const auto run = ingest(scratch.file(), 1, kPoints);
    const nabiz::storage::RunStore store(scratch.file());
    const auto metric = store.metrics(run).front();
    for (auto _ : state) {
        auto series = store.series(run, metric);
        benchmark::DoNotOptimize(series);
    }
    state.SetItemsProcessed(state.iterations() * kPoints);
}
BENCHMARK(readSeries)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime()->Iterations(5);

} // namespace

BENCHMARK_MAIN();
