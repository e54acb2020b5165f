// SPDX-License-Identifier: GPL-3.0-or-later
// A run under control: stop in every phase, pause and resume, and what is asked for by command.
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/torch_trainer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using namespace nabiz::test;
namespace fs = std::filesystem;

class TestRunControl : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path folder(const char* name) { return fs::path(m_folder.path().toStdString()) / name; }

    // Longer than any of these tests lets it run.
    static constexpr std::int64_t kEndless = 1000000;

private Q_SLOTS:
    void stopWhilePreparing()
    {
        FakeSink sink;
        std::stop_source stop;
        Config config = smallRun(kEndless);
        config.set("language.stand_in", std::string("hidden=1024,layers=28,intermediate=3072")); // seconds to draw
        std::jthread stopper;
        QElapsedTimer stopped;
        sink.onPhase = [&](Phase phase) {
            if (phase == Phase::Preparing)
                stopper = std::jthread([&] {
                    stopped.start();
                    stop.request_stop();
                });
        };
        Control control;
        const TrainResult result
            = makeTorchTrainer()->train({ config, folder("preparing") }, sink, control, stop.get_token());
        QVERIFY(stopped.elapsed() < 2000);
        QVERIFY(result.outcome == Outcome::Stopped);
        QCOMPARE(result.batches, 0);
        QVERIFY(sink.rows.empty());
        QVERIFY((sink.phases == std::vector<Phase> { Phase::Preparing, Phase::Stopping }));
        QVERIFY(!fs::exists(folder("preparing")));
    }

    void stopWhileRunningLeavesACheckpoint()
    {
        FakeSink sink;
        std::stop_source stop;
        sink.onBatch = [&](std::int64_t batch) {
            if (batch == 4)
                stop.request_stop();
        };
        Control control;
        const TrainResult result
            = makeTorchTrainer()->train({ smallRun(kEndless), folder("running") }, sink, control, stop.get_token());
        QVERIFY(result.outcome == Outcome::Stopped);
        QCOMPARE(result.batches, 5);
        QCOMPARE(sink.rows.size(), std::size_t(5));
        QVERIFY(sink.phases.back() == Phase::Stopping);
        QCOMPARE(sink.checkpoints.size(), std::size_t(1));
        QCOMPARE(sink.checkpoints[0].batch, 4);
        QVERIFY(fs::exists(folder("running") / "batch-4" / "model.safetensors"));
    }

    // A file in the way of the folder, as a full disk would be.
    void stopIsAStopWhereNothingCanBeSaved()
    {
        const fs::path place = folder("blocked");
        QFile file(QString::fromStdString(place.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        FakeSink sink;
        std::stop_source stop;
        sink.onBatch = [&](std::int64_t batch) {
            if (batch == 4)
                stop.request_stop();
        };
        Control control;
        const TrainResult result
            = makeTorchTrainer()->train({ smallRun(kEndless), place }, sink, control, stop.get_token());
        QVERIFY(result.outcome == Outcome::Stopped);
        QVERIFY(sink.checkpoints.empty());
        QCOMPARE(sink.count(EventKind::Warning), 1);
    }

    // The stop arrives from the evaluation of a set that alone would take minutes.
    void stopWhileEvaluating()
    {
        FakeSink sink;
        std::stop_source stop;
        Control control;
        Config config = smallRun(kEndless);
        config.set("training.eval_interval", std::int64_t(3));
        config.set("training.eval_batches", std::int64_t(0));
        config.set("model.d_model", std::int64_t(128));
        std::jthread stopper;
        sink.onBatch = [&](std::int64_t batch) {
            if (batch == 2) // batch 3 is evaluated before it is told
                stopper = std::jthread([&] { stop.request_stop(); });
        };
        QElapsedTimer timer;
        timer.start();
        const TrainResult result = makeTorchTrainer()->train({ config, {} }, sink, control, stop.get_token());
        QVERIFY(result.outcome == Outcome::Stopped);
        QVERIFY(result.batches == 3 || result.batches == 4);
        QVERIFY(sink.series(Metric::ValLoss).empty());
        QCOMPARE(static_cast<std::int64_t>(sink.rows.size()), result.batches); // its row is not lost
    }

    void stopWhilePaused()
    {
        FakeSink sink;
        std::stop_source stop;
        Control control;
        sink.onBatch = [&](std::int64_t batch) {
            if (batch == 1)
                control.post(Command::Pause);
        };
        sink.onPhase = [&](Phase phase) {
            if (phase == Phase::Paused)
                stop.request_stop();
        };
        const TrainResult result
            = makeTorchTrainer()->train({ smallRun(kEndless), {} }, sink, control, stop.get_token());
        QVERIFY(result.outcome == Outcome::Stopped);
        QCOMPARE(result.batches, 3); // commands are read behind the next batch
    }

    void pauseChangesNothing()
    {
        FakeSink plain, paused;
        Control none, control;
        makeTorchTrainer()->train({ smallRun(8), {} }, plain, none, {});
        paused.onBatch = [&](std::int64_t batch) {
            if (batch == 2)
                control.post(Command::Pause);
        };
        paused.onPhase = [&](Phase phase) {
            if (phase == Phase::Paused) {
                control.post(Command::Sample);
                control.post(Command::Resume);
            }
        };
        const TrainResult result = makeTorchTrainer()->train({ smallRun(8), {} }, paused, control, {});
        QVERIFY(result.outcome == Outcome::Finished);
        QVERIFY(
            (paused.phases == std::vector<Phase> { Phase::Preparing, Phase::Running, Phase::Paused, Phase::Running }));
        QVERIFY(paused.series(Metric::Loss) == plain.series(Metric::Loss));
        QCOMPARE(paused.count(EventKind::Sample), 1);
    }

    void commandsAreObeyedAtTheNextBatch()
    {
        FakeSink sink;
        Control control;
        sink.onBatch = [&](std::int64_t batch) {
            if (batch != 3)
                return;
            for (const Command command : { Command::Checkpoint, Command::Evaluate, Command::Sample })
                control.post(command);
        };
        makeTorchTrainer()->train({ smallRun(8), folder("commands") }, sink, control, {});
        QCOMPARE(sink.checkpoints.size(), std::size_t(1));
        QCOMPARE(sink.checkpoints[0].batch, 4);
        QCOMPARE(sink.series(Metric::ValLoss).size(), std::size_t(1));
        QVERIFY(sink.rows[4].values.contains(Metric::ValLoss));
        QCOMPARE(sink.count(EventKind::Sample), 1);
    }

    void severalRunsInOneProcess()
    {
        FakeSink first, second;
        Control control;
        const auto trainer = makeTorchTrainer();
        trainer->train({ smallRun(5), {} }, first, control, {});
        trainer->train({ smallRun(5), {} }, second, control, {});
        QVERIFY(first.series(Metric::Loss) == second.series(Metric::Loss));
    }
};

QTEST_GUILESS_MAIN(TestRunControl)
#include "tst_run_control.moc"
