// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <limits>

using namespace nabiz::storage;

class SummaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRight();
    void isTheSameFromPoints();
    void isEmptyWithoutPoints();
    void tellsNonFiniteLosses();
    void tellsTheMeanOfTwentyBatchesAlone();
    void fallsBackOnProcessMemory();
    void isQuickForThousandsOfRuns();
};

// 30 batches, loss 3 − batch/10 up to batch 25 and rising after it, val.loss at 9, 19 and 29.
static RunId record(const Folder& folder)
{
    Recorder recorder(folder.file());
    Run run;
    run.name = "figures";
    const RunId id = recorder.addRun(run, { { "training.gradient_accumulation_steps", "16", "" } });
    recorder.setStatus(id, RunStatus::Running);
    recorder.setPrepared(id, { { "training.gradient_accumulation_steps", "16", "4" } }, {}, 30);
    const auto stream = recorder.openStream(id,
        metricsNamed({ "loss", "tokens_per_second", "batch_seconds", "memory.peak", "memory.process", "val.loss" }));
    for (int batch = 0; batch < 30; ++batch) {
        std::vector<double> values { batch <= 25 ? 3 - batch * 0.1 : 1.0, batch < 3 ? 1.0 : 100.0 + batch,
            batch < 3 ? 9.0 : 0.25, 1000.0 + batch % 7, 5000.0 };
        if (batch % 10 == 9)
            values.push_back(batch == 19 ? 1.5 : 2.5);
        append(*stream, batch, values);
    }
    recorder.closeStream(id);
    recorder.setStatus(id, RunStatus::Finished);
    return id;
}

static void compare(const Summary& summary)
{
    QCOMPARE(summary.batches, std::int64_t { 30 });
    QCOMPARE(summary.steps, std::int64_t { 8 }); // 30 batches over 4, rounded up
    QCOMPARE(summary.seconds, 14.5);
    QCOMPARE(summary.firstLoss.value(), 3.0);
    QCOMPARE(summary.bestLoss.value(), 0.5);
    QCOMPARE(summary.bestBatch.value(), std::int64_t { 25 });
    QCOMPARE(summary.lastLoss.value(), 1.0);
    // Batches 10 to 25 have 2.0 to 0.5, their sum is 20; then four of 1.
    QCOMPARE(summary.meanLastLoss.value(), 24.0 / 20);
    QCOMPARE(summary.bestValLoss.value(), 1.5);
    QCOMPARE(summary.bestValBatch.value(), std::int64_t { 19 });
    QCOMPARE(summary.lastValLoss.value(), 2.5);
    QCOMPARE(summary.peakBytes.value(), 1006.0);
    QCOMPARE(summary.tokensPerSecond.value(), 116.0); // median of 103 … 129
    QCOMPARE(summary.medianBatchSeconds.value(), 0.25);
    QCOMPARE(summary.nonFinite, std::int64_t { 0 });
}

void SummaryTest::isRight()
{
    const Folder folder;
    const RunId id = record(folder);
    SQLite::Database database(folder.file().string());
    QCOMPARE(database.execAndGet("SELECT count(*) FROM summary").getInt(), 1);
    compare(RunStore(folder.file()).run(id)->summary);
}

void SummaryTest::isTheSameFromPoints()
{
    const Folder folder;
    const RunId id = record(folder);
    {
        SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
        database.exec("DELETE FROM summary");
    }
    compare(RunStore(folder.file()).run(id)->summary);
    {
        Recorder recorder(folder.file());
        recorder.flush();
    }
    SQLite::Database database(folder.file().string());
    QCOMPARE(database.execAndGet("SELECT count(*) FROM summary").getInt(), 1); // written anew
    compare(RunStore(folder.file()).runs().front().summary);
}

void SummaryTest::isEmptyWithoutPoints()
{
    const Folder folder;
    RunId id = 0;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "nothing");
        recorder.setStatus(id, RunStatus::Stopped);
    }
    const auto summary = RunStore(folder.file()).run(id)->summary;
    QCOMPARE(summary.batches, std::int64_t { 0 });
    QCOMPARE(summary.steps, std::int64_t { 0 });
    QVERIFY(!summary.firstLoss && !summary.bestLoss && !summary.lastLoss && !summary.peakBytes && !summary.bestBatch);
    QVERIFY(!summary.tokensPerSecond);
}

void SummaryTest::tellsNonFiniteLosses()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId id = addRun(recorder, "diverged");
    const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
    for (const double loss : { 2.0, 1.0, std::numeric_limits<double>::infinity(), nan })
        append(*stream, static_cast<std::int64_t>(loss == 2.0 ? 0 : loss == 1.0 ? 1 : loss > 2 ? 2 : 3), { loss });
    recorder.closeStream(id);
    for (const auto status : { RunStatus::Running, RunStatus::Diverged }) { // from the points, and from the table
        recorder.setStatus(id, status);
        recorder.flush();
        const auto summary = RunStore(folder.file()).run(id)->summary;
        QCOMPARE(summary.nonFinite, std::int64_t { 2 });
        QVERIFY(summary.bestLoss == 1.0 && summary.bestBatch == 1);
        QVERIFY(!summary.lastLoss && !summary.meanLastLoss);
    }
}

// Six points of a page, or nineteen batches, are no twenty.
void SummaryTest::tellsTheMeanOfTwentyBatchesAlone()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const auto meanOf = [&](std::int64_t points, std::int64_t step) {
        const RunId id = addRun(recorder, std::to_string(points) + " " + std::to_string(step));
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (std::int64_t i = 0; i < points; ++i)
            append(*stream, i * step, { 2.0 });
        recorder.closeStream(id);
        recorder.setStatus(id, RunStatus::Finished);
        recorder.flush();
        return RunStore(folder.file()).run(id)->summary.meanLastLoss;
    };
    QVERIFY(!meanOf(6, 100));
    QVERIFY(!meanOf(19, 1));
    QVERIFY(!meanOf(40, 2)); // ten of the last twenty
    QVERIFY(meanOf(20, 1) == 2.0);
}

void SummaryTest::fallsBackOnProcessMemory()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId id = addRun(recorder, "cpu");
    const auto stream = recorder.openStream(id, metricsNamed({ "memory.process" }));
    append(*stream, 0, { 10.0 });
    append(*stream, 1, { 30.0 });
    append(*stream, 2, { 20.0 });
    recorder.flush();
    const auto summary = RunStore(folder.file()).run(id)->summary;
    QVERIFY(summary.peakBytes == 30.0);
    recorder.closeStream(id);
}

void SummaryTest::isQuickForThousandsOfRuns()
{
    const Folder folder;
    {
        Recorder recorder(folder.file());
        for (int i = 0; i < 1000; ++i) {
            Run run;
            run.name = "run " + std::to_string(i);
            run.facts = { { "host", "here" }, { "cpu", "two cores" } };
            run.status = RunStatus::Finished;
            recorder.addRun(run, {});
        }
    }
    SQLite::Database database(folder.file().string());
    QCOMPARE(database.execAndGet("SELECT count(*) FROM summary").getInt(), 1000); // so no points are read for the list
    const auto runs = RunStore(folder.file()).runs();
    QCOMPARE(runs.size(), std::size_t { 1000 });
    QCOMPARE(runs.front().run.name, std::string("run 999"));
    QCOMPARE(runs.back().run.facts.at("cpu"), std::string("two cores"));
}

QTEST_GUILESS_MAIN(SummaryTest)
#include "tst_summary.moc"
