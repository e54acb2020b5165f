// SPDX-License-Identifier: GPL-3.0-or-later
// How long a report of a long run takes, from the database to the folder, part by part. bench_report [BATCHES], a
// million unless told. Prints p50, p99 and max in milliseconds; judges nothing.
#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/run/run_controller.h"
#include "tests/bench/scratch_database.h"

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace nabiz;

namespace {

constexpr int kTurns = 7;

// With all that a run on a GPU records at every batch, an evaluation now and then, and texts.
storage::RunId record(const std::filesystem::path& file, std::int64_t batches)
{
    using trainer::Metric;
    const trainer::PresetStore presets({});
    const auto preset = presets.load("quick");
    storage::Recorder recorder(file);
    std::vector<storage::Parameter> parameters;
    for (const auto& row : trainer::parameterTable())
        parameters.push_back({ std::string(row.key), trainer::toYaml(preset.config.value(row.key)), {} });
    const auto run = recorder.addRun(
        { .name = "long", .preset = "quick", .presetText = "training:\n  max_steps: 1\n" }, parameters);
    recorder.setStatus(run, storage::RunStatus::Running);
    const auto stream = recorder.openStream(run, app::recordedMetrics(preset.config));
    const std::uint16_t metrics[] = { std::uint16_t(Metric::Loss), std::uint16_t(Metric::LearningRate),
        std::uint16_t(Metric::GradNorm), std::uint16_t(Metric::BatchSeconds), std::uint16_t(Metric::TokensPerSecond),
        std::uint16_t(Metric::MemoryAllocated), std::uint16_t(Metric::MemoryPeak),
        std::uint16_t(Metric::MemoryReserved), std::uint16_t(Metric::ValLoss) };
    std::uint64_t noise = 1;
    for (std::int64_t batch = 0; batch < batches; ++batch) {
        noise = noise * 6364136223846793005ULL + 1442695040888963407ULL;
        const double part = double(noise >> 40) / double(1 << 24);
        const double loss = float(0.5 + 5 / (1 + double(batch) / 20'000) + 0.3 * part);
        const double values[] = { loss, float(1e-3 * (1 - double(batch) / double(batches))), float(part),
            0.01 + 0.001 * part, 30'000 + 1000 * part, 9e8 + std::floor(1e6 * part), 1.2e9 + std::floor(1e6 * part),
            1.5e9, loss + 0.1 };
        const std::size_t count = batch % 1000 == 999 ? std::size(metrics) : std::size(metrics) - 1;
        stream->append(batch, 0.01 * double(batch), { metrics, count }, { values, count });
    }
    recorder.closeStream(run);
    recorder.setStatus(run, storage::RunStatus::Finished);
    recorder.flush();
    return run;
}

void print(const char* what, std::vector<double> ms)
{
    std::sort(ms.begin(), ms.end());
    std::printf("%-40s p50 %8.1f  p99 %8.1f  max %8.1f ms  (%zu)\n", what, ms[ms.size() / 2], ms[ms.size() * 99 / 100],
        ms.back(), ms.size());
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const std::int64_t batches = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const bench::ScratchDatabase scratch;
    const auto run = record(scratch.file(), batches);
    std::printf("%lld batches, %.0f MB\n", static_cast<long long>(batches),
        double(std::filesystem::file_size(scratch.file())) / 1e6);
    const trainer::PresetStore presets({});
    std::vector<double> read, composed, drawn, written, all;
    for (int turn = 0; turn < kTurns; ++turn) {
        QElapsedTimer timer;
        timer.start();
        auto lap = [&, last = 0.0](std::vector<double>& into) mutable {
            const double now = double(timer.nsecsElapsed()) / 1e6;
            into.push_back(now - last);
            last = now;
        };
        const storage::RunStore store(scratch.file());
        auto runs = app::readRuns(store, presets, { run });
        lap(read);
        const auto report
            = app::makeReport(std::move(runs), app::ReportText("en"), { .database = "d", .version = "v" });
        lap(composed);
        std::map<std::string, std::string> pictures;
        for (const auto& chart : report.charts)
            pictures.merge(app::drawChart(chart));
        lap(drawn);
        app::writeReport(report, pictures, store, scratch.file().parent_path() / "reports");
        lap(written);
        all.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    print("read the run", read);
    print("compose the page", composed);
    print("draw the charts (SVG and PNG)", drawn);
    print("write the folder, every point as CSV", written);
    print("the whole report", all);
    return 0;
}
