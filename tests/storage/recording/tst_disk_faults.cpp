// SPDX-License-Identifier: GPL-3.0-or-later
// Faults of the disk at every kind of call that SQLite makes, at moments all over a run: no point is lost, the database
// is whole. Two moments a kind here; NABIZ_DISK_FAULTS says how many.
#include "tests/storage/recording/faulty_disk.h"
#include "tests/storage/storage_fixture.h"

#include "storage/recording/take_in.h"
#include "storage/records/storage_error.h"

#include <QScopeGuard>
#include <QtTest>

#include <memory>
#include <optional>
#include <random>

using namespace nabiz;
using namespace nabiz::storage;
using tests::DiskFault;

namespace {

constexpr std::int64_t kBatches = 240;

// Records while the disk fails from the `after`-th call on, for `times` calls, and is closed over it. 0: the database
// could not be opened, or the run not begun, and that was said.
RunId recordedWith(const std::filesystem::path& file, const DiskFault& fault, int after, int times)
{
    tests::faultyDisk::plan(fault, after, times);
    const auto healed = qScopeGuard([] { tests::faultyDisk::heal(); });
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(2);
    std::optional<Recorder> recorder;
    std::shared_ptr<Stream> stream;
    RunId run = 0;
    try {
        recorder.emplace(file, options);
        run = addRun(*recorder, "run", RunStatus::Running);
        stream = recorder->openStream(run, metricsNamed({ "loss" }));
    } catch (const StorageError&) {
        return 0;
    }
    for (std::int64_t batch = 0; batch < kBatches; ++batch) {
        append(*stream, batch, { 1.0 / static_cast<double>(batch + 1) });
        if (batch % 24 == 0)
            recorder->addEvent(run, { .kind = "log", .batch = batch, .text = "an event" });
        if (batch % 8 == 7) {
            try {
                recorder->flush();
            } catch (const StorageError&) {
                continue; // it says so; what came is kept
            }
        }
    }
    recorder->closeStream(run);
    recorder->setStatus(run, RunStatus::Finished);
    recorder.reset(); // while the disk may still fail
    return run;
}

// How many calls of that kind a run makes.
int callsOf(const DiskFault& fault)
{
    const Folder folder;
    recordedWith(folder.file(), fault, 0, 0);
    return qMax(tests::faultyDisk::calls(), 1);
}

} // namespace

class DiskFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { tests::faultyDisk::install(); }
    void losesNothing_data();
    void losesNothing();
    void opensOrSaysWhy();
};

void DiskFaultsTest::losesNothing_data()
{
    QTest::addColumn<int>("fault");
    for (int i = 0; i < static_cast<int>(tests::diskFaults().size()); ++i)
        QTest::newRow(std::string(tests::diskFaults()[static_cast<std::size_t>(i)].name).c_str()) << i;
}

void DiskFaultsTest::losesNothing()
{
    QFETCH(int, fault);
    const DiskFault& kind = tests::diskFaults().at(static_cast<std::size_t>(fault));
    const int count = qMax(qEnvironmentVariableIntValue("NABIZ_DISK_FAULTS"), 2);
    const int calls = callsOf(kind);
    std::mt19937 random(static_cast<unsigned>(kind.error));
    int failed = 0, said = 0;
    for (int i = 0; i < count; ++i) {
        const int after = static_cast<int>(random() % static_cast<unsigned>(calls));
        const int times = i % 3 == 2 ? 100'000 : 1 + i % 7; // some for longer than the recorder lives
        const std::string where = "after " + std::to_string(after) + ", " + std::to_string(times) + " times: ";
        const Folder folder;
        const RunId run = recordedWith(folder.file(), kind, after, times);
        failed += tests::faultyDisk::failures();
        takeIn(folder.file()); // what lies beside comes in with the next who opens it
        if (run == 0) {
            QVERIFY2(tests::faultyDisk::failures() > 0, where.c_str());
            try {
                Recorder recorder(folder.file()); // nothing is half there
            } catch (const StorageError& error) {
                QFAIL((where + error.what()).c_str());
            }
            ++said;
            continue;
        }
        const RunStore store(folder.file());
        const auto loss = seriesNamed(store, run, "loss");
        QVERIFY2(loss.value.size() == static_cast<std::size_t>(kBatches),
            (where + std::to_string(loss.value.size()) + " points").c_str());
        for (std::size_t batch = 0; batch < loss.value.size(); ++batch)
            QVERIFY2(loss.batch[batch] == static_cast<std::int64_t>(batch), where.c_str());
        QCOMPARE(store.check(), std::string("ok"));
        const auto overview = store.run(run);
        QVERIFY2(overview && overview->run.status == RunStatus::Finished, where.c_str());
    }
    qInfo("%d moments among %d calls: %d calls failed, %d times it said so and began nothing, 0 of %lld points lost",
        count, calls, failed, said, static_cast<long long>((count - said) * kBatches));
}

void DiskFaultsTest::opensOrSaysWhy()
{
    const Folder folder;
    {
        Recorder recorder(folder.file());
        addRun(recorder, "run", RunStatus::Finished);
    }
    for (const DiskFault& fault : tests::diskFaults()) {
        for (int after = 0; after < 12; ++after) {
            tests::faultyDisk::plan(fault, after, 1);
            try {
                Recorder recorder(folder.file());
                recorder.words().rename(1, "again");
            } catch (const StorageError& error) {
                QVERIFY(*error.what() != '\0');
            }
            tests::faultyDisk::heal();
        }
    }
    const RunStore store(folder.file());
    QCOMPARE(store.check(), std::string("ok"));
    QCOMPARE(store.runs().size(), std::size_t { 1 });
}

QTEST_GUILESS_MAIN(DiskFaultsTest)
#include "tst_disk_faults.moc"
