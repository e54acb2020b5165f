// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "storage/records/storage_error.h"

#include <QtTest>

#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <mutex>
#include <thread>

#include <sys/resource.h>

using namespace nabiz::storage;

class RecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keepsARunWhole();
    void keepsEveryValue();
    void keepsSeveralRuns();
    void splitsAndJoinsRows();
    void handsOnWhatIsCommitted();
    void keepsEditsOfManyThreadsInOrder();
    void drainsFirstWhenTold();
    void waitsForRoom();
    void triesAgainOnAFullDisk();
    void noticesALostFile();
    void deletesARun();
    void givesNoIdTwice();
    void refusesASecondStream();
    void opensAgainWhatWasClosedJustNow();
};

void RecorderTest::initTestCase()
{
    std::signal(SIGXFSZ, SIG_IGN); // a file over its limit is an error to tell, not the end of the test
}

void RecorderTest::keepsARunWhole()
{
    const Folder folder;
    RunId id = 0;
    RunId parent = 0;
    {
        Recorder recorder(folder.file());
        parent = addRun(recorder, "first", RunStatus::Reference);
        Run run;
        run.name = "ikinci çalıştırma";
        run.why = "lower rate";
        run.preset = "quick";
        run.presetText = "training:\n  max_steps: 4 # four\n";
        run.parent = parent;
        run.command = "nabiz train quick training.max_steps=4";
        run.seed = -7;
        run.facts = { { "host", "here" } };
        run.tags = { "b", "a" };
        id = recorder.addRun(run, { { "training.max_steps", "4", "" }, { "data.length", "256", "" } });
        recorder.setStatus(id, RunStatus::Preparing);
        recorder.setPrepared(id, { { "data.length", "256", "128" } }, { { "cpu", "two cores" } }, 16);
        recorder.addEvent(id, { 0, "sample", 3, 0, "At 3: bir gün", "At %1: %2", { "3", "bir gün" } });
        const auto checkpoint = folder.file("three");
        std::filesystem::create_directory(checkpoint);
        std::filesystem::create_directory(folder.file("two"));
        recorder.addCheckpoint(id, { 2, folder.file("two").string(), 10 });
        recorder.addCheckpoint(id, { 3, checkpoint.string(), 20 });
        recorder.removeCheckpoint(id, 2);
        recorder.words().rename(id, "renamed");
        recorder.words().setNote(id, "it's 'quoted'");
        recorder.words().setTags(id, { "z", "b" });
        recorder.setStatus(id, RunStatus::Failed, "out of memory");
    }
    const RunStore store(folder.file());
    const auto detail = store.detail(id);
    QVERIFY(detail);
    const auto& run = detail->overview.run;
    QCOMPARE(run.name, std::string("renamed"));
    QCOMPARE(run.why, std::string("lower rate"));
    QCOMPARE(run.status, RunStatus::Failed);
    QCOMPARE(run.failure, std::string("out of memory"));
    QCOMPARE(run.presetText, std::string("training:\n  max_steps: 4 # four\n"));
    QVERIFY(run.parent == parent);
    QCOMPARE(run.seed, std::int64_t { -7 });
    QCOMPARE(run.note, std::string("it's 'quoted'"));
    QCOMPARE(run.plannedBatches, std::int64_t { 16 });
    QVERIFY((run.tags == std::vector<std::string> { "z", "b" }));
    QVERIFY((run.facts == std::map<std::string, std::string> { { "host", "here" }, { "cpu", "two cores" } }));
    QVERIFY(run.created > 0 && run.started && run.ended);
    QVERIFY(run.created <= *run.started && *run.started <= *run.ended);
    QCOMPARE(detail->parameters.size(), std::size_t { 2 });
    QCOMPARE(detail->parameters[0].key, std::string("training.max_steps"));
    QCOMPARE(detail->parameters[1].declared, std::string("256"));
    QCOMPARE(detail->parameters[1].applied, std::string("128"));
    QCOMPARE(detail->events.size(), std::size_t { 1 });
    QVERIFY((detail->events[0].arguments == std::vector<std::string> { "3", "bir gün" }));
    QVERIFY(detail->events[0].time >= run.created);
    QCOMPARE(detail->checkpoints.size(), std::size_t { 1 });
    QCOMPARE(detail->checkpoints[0].folder, folder.file("three").string());
    QCOMPARE(store.check(), std::string("ok"));
}

void RecorderTest::keepsEveryValue()
{
    const double infinity = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> values { nan, infinity, -infinity, 0.0, static_cast<double>(0.1F), 0.1,
        std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(), 3.0, -1e-300, 16106127360.0,
        static_cast<double>(std::numeric_limits<float>::min()) };
    const Folder folder;
    RunId id = 0;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "values");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (std::size_t i = 0; i < values.size(); ++i)
            append(*stream, static_cast<std::int64_t>(i), { values[i] });
        recorder.closeStream(id);
    }
    const auto series = seriesNamed(RunStore(folder.file()), id, "loss");
    QCOMPARE(series.value.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        QVERIFY2(series.value[i] == values[i] || (std::isnan(series.value[i]) && std::isnan(values[i])),
            std::to_string(values[i]).c_str());
        QCOMPARE(series.batch[i], static_cast<double>(i));
        QCOMPARE(series.time[i], 0.5 * static_cast<double>(i));
    }
}

void RecorderTest::keepsSeveralRuns()
{
    const Folder folder;
    std::vector<RunId> ids;
    {
        Recorder recorder(folder.file());
        for (int run = 0; run < 3; ++run) {
            ids.push_back(addRun(recorder, "same name"));
            const auto stream = recorder.openStream(ids.back(), metricsNamed({ "loss", "val.loss" }));
            for (int batch = 0; batch < 1000; ++batch)
                append(*stream, batch, { run + batch * 1e-3, 2.0 });
            recorder.closeStream(ids.back());
            recorder.setStatus(ids.back(), RunStatus::Finished);
        }
    }
    const RunStore store(folder.file());
    const auto runs = store.runs();
    QCOMPARE(runs.size(), std::size_t { 3 });
    QCOMPARE(runs.front().run.id, ids.back()); // newest first
    for (int run = 0; run < 3; ++run) {
        const auto series = seriesNamed(store, ids[static_cast<std::size_t>(run)], "loss");
        QCOMPARE(series.value.size(), std::size_t { 1000 });
        QCOMPARE(series.value[999], run + 0.999);
    }
    QVERIFY(store.find("same name") == ids.back());
    QVERIFY(store.find(std::to_string(ids.front())) == ids.front());
    QVERIFY(!store.find("no such"));
}

void RecorderTest::splitsAndJoinsRows()
{
    const Folder folder;
    RunId id = 0;
    constexpr std::size_t kWide = kRowValues * 2 + 5;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "wide");
        std::vector<Metric> metrics;
        for (std::size_t i = 0; i < kWide; ++i)
            metrics.push_back({ 0, "m" + std::to_string(i), "" });
        const auto stream = recorder.openStream(id, metrics);
        std::vector<double> values(kWide);
        std::iota(values.begin(), values.end(), 0.0);
        append(*stream, 0, values);
        append(*stream, 1, { 7.0 });
        const std::uint16_t other = 3;
        const double value = 8.0;
        stream->append(1, 0.6, { &other, 1 }, { &value, 1 }); // the same batch, another metric: one record
        append(*stream, 1, { 9.0 }); // the same metric again: another
        recorder.flush();
        recorder.closeStream(id);
    }
    const RunStore store(folder.file());
    QCOMPARE(store.metrics(id).size(), kWide);
    QCOMPARE(seriesNamed(store, id, "m52").value, std::vector<double> { 52.0 });
    std::vector<std::int64_t> batches;
    store.history(id, store.metrics(id), [&](const RunStore::HistoryRow& row) {
        batches.push_back(row.batch);
        if (batches.size() == 2) {
            QVERIFY(row.values[0] == 7.0 && row.values[3] == 8.0);
            QVERIFY(!row.values[1]);
        }
    });
    QVERIFY((batches == std::vector<std::int64_t> { 0, 1, 1 }));
}

void RecorderTest::handsOnWhatIsCommitted()
{
    const Folder folder;
    std::mutex mutex;
    std::vector<Row> rows;
    std::size_t early = 0;
    RunId id = 0;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(20);
    std::atomic<bool> ready = false;
    options.committed = [&](RunId run, std::span<const Row> batch) {
        const std::lock_guard lock(mutex);
        // Another connection must see them already.
        if (ready && seriesNamed(RunStore(folder.file()), run, "loss").value.size() < rows.size() + batch.size())
            ++early;
        rows.insert(rows.end(), batch.begin(), batch.end());
    };
    Recorder recorder(folder.file(), options);
    id = addRun(recorder, "live");
    ready = true;
    const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
    for (int batch = 0; batch < 5000; ++batch)
        append(*stream, batch, { batch * 1.0 });
    QTRY_VERIFY([&] {
        const std::lock_guard lock(mutex);
        return rows.size() == 5000;
    }());
    QCOMPARE(early, std::size_t { 0 });
    for (std::size_t i = 0; i < rows.size(); ++i)
        QCOMPARE(rows[i].batch, static_cast<std::int64_t>(i));
    recorder.closeStream(id);
}

void RecorderTest::keepsEditsOfManyThreadsInOrder()
{
    constexpr int kThreads = 8;
    constexpr int kEach = 200;
    const Folder folder;
    RunId id = 0;
    {
        Recorder recorder(folder.file());
        id = addRun(recorder, "busy");
        std::vector<std::thread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&recorder, id, thread] {
                for (int i = 0; i < kEach; ++i) {
                    recorder.addEvent(id, { 0, "log", i, 0, std::to_string(thread), "", {} });
                    if (i % 50 == 0)
                        recorder.words().rename(id, "busy " + std::to_string(thread));
                }
                recorder.flush();
            });
        }
        for (auto& thread : threads)
            thread.join();
    }
    const auto events = RunStore(folder.file()).events(id);
    QCOMPARE(events.size(), std::size_t { kThreads * kEach });
    std::vector<std::int64_t> next(kThreads, 0);
    for (const auto& event : events)
        QCOMPARE(event.batch, next[static_cast<std::size_t>(std::stoi(event.text))]++);
}

void RecorderTest::drainsFirstWhenTold()
{
    const Folder folder;
    RecorderOptions options;
    options.interval = std::chrono::hours(1); // nothing comes by itself
    Recorder recorder(folder.file(), options);
    const RunId id = addRun(recorder, "slow");
    const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
    append(*stream, 0, { 1.0 });
    recorder.flush();
    QCOMPARE(seriesNamed(RunStore(folder.file()), id, "loss").value.size(), std::size_t { 1 });
    append(*stream, 1, { 1.0 });
    recorder.closeStream(id);
    recorder.setStatus(id, RunStatus::Finished);
    recorder.flush();
    QCOMPARE(RunStore(folder.file()).run(id)->summary.batches, std::int64_t { 2 });
}

void RecorderTest::waitsForRoom()
{
    const Folder folder;
    RunId id = 0;
    {
        RecorderOptions options;
        options.rows = 16;
        Recorder recorder(folder.file(), options);
        id = addRun(recorder, "narrow");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (int batch = 0; batch < 20'000; ++batch)
            append(*stream, batch, { batch * 1.0 });
        recorder.closeStream(id);
    }
    const RunStore store(folder.file());
    const auto series = seriesNamed(store, id, "loss");
    QCOMPARE(series.value.size(), std::size_t { 20'000 });
    QCOMPARE(series.value.back(), 19'999.0);
    const auto events = store.events(id);
    QVERIFY(!events.empty());
    QCOMPARE(events.back().kind, std::string("warning"));
    QVERIFY(events.back().text.find("waited") != std::string::npos);
}

// A limit of the files' size stands for a full disk.
void RecorderTest::triesAgainOnAFullDisk()
{
    const Folder folder;
    std::mutex mutex;
    std::vector<Trouble> troubles;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(20);
    options.trouble = [&](const Trouble& trouble) {
        const std::lock_guard lock(mutex);
        troubles.push_back(trouble);
    };
    const auto seen = [&] {
        const std::lock_guard lock(mutex);
        return troubles;
    };
    RunId id = 0;
    {
        Recorder recorder(folder.file(), options);
        id = addRun(recorder, "full");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        recorder.flush();
        rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small { std::filesystem::file_size(folder.file("nabiz.db-wal")), before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &small);
        const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
        for (int batch = 0; batch < 50'000; ++batch)
            append(*stream, batch, { batch * 1.0 });
        recorder.addEvent(id, { 0, "log", 1, 0, "kept", "", {} });
        QTRY_COMPARE(seen().size(), std::size_t { 1 });
        QCOMPARE(seen()[0].kind, TroubleKind::Writing);
        QVERIFY2(seen()[0].text.find("no room") != std::string::npos, seen()[0].text.c_str());
        QVERIFY_EXCEPTION_THROWN(recorder.flush(), StorageError);
        QVERIFY_EXCEPTION_THROWN(addRun(recorder, "no room for it"), StorageError);
        QCOMPARE(seen().size(), std::size_t { 1 }); // told once
        setrlimit(RLIMIT_FSIZE, &before);
        QTRY_COMPARE(seen().size(), std::size_t { 2 });
        QCOMPARE(seen()[1].kind, TroubleKind::Over);
        QCOMPARE(seen()[1].batches, std::int64_t { 50'000 });
        recorder.closeStream(id);
    }
    const RunStore store(folder.file());
    QCOMPARE(seriesNamed(store, id, "loss").value.size(), std::size_t { 50'000 });
    QCOMPARE(store.events(id).size(), std::size_t { 1 });
    QCOMPARE(store.runs().size(), std::size_t { 1 });
    QCOMPARE(store.check(), std::string("ok"));
}

void RecorderTest::noticesALostFile()
{
    const Folder folder;
    std::atomic<int> failures = 0;
    std::atomic<int> recoveries = 0;
    RecorderOptions options;
    options.interval = std::chrono::milliseconds(20);
    options.trouble = [&](const Trouble& trouble) {
        failures += trouble.kind == TroubleKind::Gone;
        recoveries += trouble.kind == TroubleKind::Over;
    };
    Recorder recorder(folder.file(), options);
    const RunId id = addRun(recorder, "moved");
    std::filesystem::rename(folder.file(), folder.file("elsewhere.db"));
    recorder.words().rename(id, "after");
    QTRY_COMPARE(failures.load(), 1);
    std::filesystem::rename(folder.file("elsewhere.db"), folder.file());
    QTRY_COMPARE(recoveries.load(), 1);
    QCOMPARE(RunStore(folder.file()).run(id)->run.name, std::string("after"));
}

void RecorderTest::deletesARun()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId kept = addRun(recorder, "kept");
    const RunId gone = addRun(recorder, "gone");
    Run child;
    child.name = "child";
    child.parent = gone;
    const RunId childId = recorder.addRun(child, { { "data.length", "1", "" } });
    for (const auto id : { kept, gone }) {
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        append(*stream, 0, { 1.0 });
        recorder.addEvent(id, { 0, "log", 0, 0, "text", "", {} });
        recorder.words().setTags(id, { "tag" });
    }
    const auto checkpoints = recorder.checkpointFolder(gone);
    std::filesystem::create_directories(checkpoints / "2");
    std::ofstream(checkpoints / "2" / "model.safetensors") << "weights";
    recorder.deleteRun(gone);
    recorder.addEvent(gone, { 0, "log", 0, 0, "too late", "", {} });
    recorder.flush();
    QVERIFY(!std::filesystem::exists(checkpoints));
    const RunStore store(folder.file());
    QVERIFY(!store.run(gone));
    QVERIFY(store.metrics(gone).empty());
    QVERIFY(store.events(gone).empty());
    QVERIFY(!store.run(childId)->run.parent);
    QCOMPARE(seriesNamed(store, kept, "loss").value.size(), std::size_t { 1 });
    QCOMPARE(store.check(), std::string("ok"));
}

void RecorderTest::givesNoIdTwice()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId first = addRun(recorder, "a");
    recorder.deleteRun(first);
    QVERIFY(addRun(recorder, "b") > first);
}

void RecorderTest::refusesASecondStream()
{
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId id = addRun(recorder, "a");
    const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
    QVERIFY_EXCEPTION_THROWN(recorder.openStream(id, metricsNamed({ "loss" })), std::logic_error);
    QVERIFY_EXCEPTION_THROWN(recorder.openStream(id + 1, metricsNamed({ "loss" })), std::logic_error);
    append(*stream, 0, { 1.0 });
    recorder.flush();
    QCOMPARE(seriesNamed(RunStore(folder.file()), id, "loss").value.size(), std::size_t { 1 });
}

// The end of one stream and the beginning of the next may fall into one transaction.
void RecorderTest::opensAgainWhatWasClosedJustNow()
{
    constexpr int kTimes = 100;
    const Folder folder;
    Recorder recorder(folder.file());
    const RunId id = addRun(recorder, "again");
    for (int batch = 0; batch < kTimes; ++batch) {
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        append(*stream, batch, { 1.0 });
        recorder.closeStream(id);
    }
    recorder.flush();
    const RunStore store(folder.file());
    QCOMPARE(store.segments(id).size(), std::size_t { kTimes });
    QCOMPARE(store.detail(id)->series[0].value.size(), std::size_t { kTimes });
}

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
