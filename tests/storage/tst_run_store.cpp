// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "storage/schema/migrations.h"

#include "storage/records/storage_error.h"

#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

using namespace nabiz::storage;

class RunStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesStatuses();
    void leavesSupersededPointsOut();
    void keepsTheOrderOfFallingBatches();
    void streamsHistory();
    void readsWhileWritten();
    void isReadByTheShell();
    void findsByIdThenName();
    void findsTheDefault();
};

void RunStoreTest::namesStatuses()
{
    for (int i = 0; i <= static_cast<int>(RunStatus::Reference); ++i) {
        const auto status = static_cast<RunStatus>(i);
        QVERIFY(runStatus(name(status)) == status);
        QCOMPARE(isLive(status), i <= static_cast<int>(RunStatus::Stopping));
    }
    QCOMPARE(std::string(name(RunStatus::Diverged)), std::string("diverged"));
    QVERIFY(!runStatus("Finished"));
}

// Resumed twice: at 6 after ten batches, and at 4 after that.
static RunId recordResumed(const Folder& folder)
{
    Recorder recorder(folder.file());
    const RunId id = addRun(recorder, "resumed");
    const auto record = [&](int from, int to, double loss) {
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (int batch = from; batch < to; ++batch)
            append(*stream, batch, { loss });
        recorder.closeStream(id);
    };
    record(0, 10, 1.0);
    record(6, 8, 2.0);
    record(4, 7, 3.0);
    recorder.setStatus(id, RunStatus::Finished);
    recorder.flush();
    return id;
}

void RunStoreTest::leavesSupersededPointsOut()
{
    const Folder folder;
    const RunId id = recordResumed(folder);
    const RunStore store(folder.file());
    const auto series = seriesNamed(store, id, "loss");
    QVERIFY((series.batch == std::vector<double> { 0, 1, 2, 3, 4, 5, 6 }));
    QVERIFY((series.value == std::vector<double> { 1, 1, 1, 1, 3, 3, 3 }));
    int rows = 0;
    store.history(id, store.metrics(id), [&](const RunStore::HistoryRow& row) { QCOMPARE(row.batch, rows++); });
    QCOMPARE(rows, 7);
    const auto summary = store.run(id)->summary;
    QCOMPARE(summary.batches, std::int64_t { 7 });
    QVERIFY(summary.lastLoss == 3.0 && summary.bestLoss == 1.0);
}

void RunStoreTest::keepsTheOrderOfFallingBatches()
{
    const Folder folder;
    RunId id = 0;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "imported");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (const int batch : { 5, 5, 3, 9 })
            append(*stream, batch, { batch * 1.0 });
        recorder.closeStream(id);
    }
    const auto series = seriesNamed(RunStore(folder.file()), id, "loss");
    QVERIFY((series.batch == std::vector<double> { 5, 5, 3, 9 }));
}

void RunStoreTest::streamsHistory()
{
    const Folder folder;
    RunId id = 0;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "history");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss", "val.loss" }));
        for (int batch = 0; batch < 100; ++batch) {
            const double loss = batch == 50 ? std::numeric_limits<double>::quiet_NaN() : batch * 0.5;
            append(*stream, batch, batch % 10 == 0 ? std::vector<double> { loss, 7.0 } : std::vector<double> { loss });
        }
        recorder.closeStream(id);
    }
    const RunStore store(folder.file());
    auto metrics = store.metrics(id);
    std::reverse(metrics.begin(), metrics.end());
    int rows = 0;
    store.history(id, metrics, [&](const RunStore::HistoryRow& row) {
        QCOMPARE(row.batch, std::int64_t { rows });
        QCOMPARE(row.time, rows * 0.5);
        QCOMPARE(row.values[0].has_value(), rows % 10 == 0);
        QVERIFY(rows == 50 ? std::isnan(*row.values[1]) : *row.values[1] == rows * 0.5);
        ++rows;
    });
    QCOMPARE(rows, 100);
}

void RunStoreTest::readsWhileWritten()
{
    const Folder folder;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(5);
    Recorder recorder(folder.file(), options);
    const RunId id = addRun(recorder, "live");
    const auto stream = recorder.openStream(id, metricsNamed({ "loss", "val.loss" }));
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> reads = 0;
    std::thread reader([&] {
        const RunStore store(folder.file());
        std::size_t last = 0;
        while (!done || reads < 3) {
            const auto detail = store.detail(id);
            const auto& loss = detail->series[0].value;
            const auto& val = detail->series[1].value;
            bool right = loss.size() >= last && loss.size() == val.size()
                && detail->overview.summary.batches == static_cast<std::int64_t>(loss.size());
            for (std::size_t i = 0; right && i < loss.size(); ++i)
                right = loss[i] == static_cast<double>(i) && val[i] == -static_cast<double>(i);
            wrong += right ? 0 : 1;
            last = loss.size();
            ++reads;
        }
    });
    for (int batch = 0; batch < 60'000; ++batch)
        append(*stream, batch, { batch * 1.0, batch * -1.0 });
    recorder.flush();
    done = true;
    reader.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(seriesNamed(RunStore(folder.file()), id, "loss").value.size(), std::size_t { 60'000 });
    recorder.closeStream(id);
}

void RunStoreTest::isReadByTheShell()
{
    const auto shell = QStandardPaths::findExecutable(QStringLiteral("sqlite3"));
    if (shell.isEmpty())
        QSKIP("the sqlite3 shell is not installed");
    const Folder folder;
    const RunId id = recordResumed(folder);
    QProcess process;
    process.start(shell,
        { QStringLiteral("-readonly"), QString::fromStdString(folder.file().string()),
            QStringLiteral("SELECT batch, value FROM history WHERE run = %1 AND metric = 'loss' ORDER BY batch;"
                           "SELECT count(*) FROM point; SELECT name, status FROM run;")
                .arg(id) });
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(process.readAllStandardOutput(),
        QByteArray("0|1.0\n1|1.0\n2|1.0\n3|1.0\n4|3.0\n5|3.0\n6|3.0\n15\nresumed|finished\n"));
}

void RunStoreTest::findsByIdThenName()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId first = addRun(recorder, "a");
    const RunId second = addRun(recorder, std::to_string(first));
    const RunId third = addRun(recorder, "999");
    const RunStore store(folder.file());
    QVERIFY(store.find(std::to_string(first)) == first);
    QVERIFY(store.find(std::to_string(second)) == second);
    QVERIFY(store.find("999") == third);
    QVERIFY(!store.find(""));
    QVERIFY(!store.run(1000));
    QVERIFY(!store.detail(1000));
    QCOMPARE(store.opened().schemaVersion, schemaVersion());
    QVERIFY(sqliteVersion().starts_with("3."));
}

void RunStoreTest::findsTheDefault()
{
    const auto restore
        = [](const char* name, const QByteArray& value) { value.isNull() ? qunsetenv(name) : qputenv(name, value); };
    const auto database = qgetenv("NABIZ_DB");
    const auto data = qgetenv("XDG_DATA_HOME");
    const auto home = qgetenv("HOME");
    const auto guard = qScopeGuard([&] {
        restore("NABIZ_DB", database);
        restore("XDG_DATA_HOME", data);
        restore("HOME", home);
    });
    qputenv("NABIZ_DB", "/a/b.db");
    QCOMPARE(defaultDatabase().string(), std::string("/a/b.db"));
    qunsetenv("NABIZ_DB");
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(defaultDatabase().string(), std::string("/data/nabiz/nabiz.db"));
    qputenv("XDG_DATA_HOME", "relative");
    qputenv("HOME", "/home/x");
    QCOMPARE(defaultDatabase().string(), std::string("/home/x/.local/share/nabiz/nabiz.db"));
    qunsetenv("XDG_DATA_HOME");
    qunsetenv("HOME");
    QVERIFY_EXCEPTION_THROWN(defaultDatabase(), StorageError);
    qputenv("HOME", "/home/x");
    qputenv("NABIZ_DB", "~/a.db");
    QCOMPARE(defaultDatabase().string(), std::string("/home/x/a.db"));
    QCOMPARE(databasePath("~").string(), std::string("/home/x/"));
    QCOMPARE(databasePath("~other/a.db").string(), std::string("~other/a.db"));
    QCOMPARE(databasePath("a~/b.db").string(), std::string("a~/b.db"));
}

QTEST_GUILESS_MAIN(RunStoreTest)
#include "tst_run_store.moc"
