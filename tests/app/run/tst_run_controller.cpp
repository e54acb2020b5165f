// SPDX-License-Identifier: GPL-3.0-or-later
// The run controller with a synthetic trainer and the real recorder: what is checked is what a reader of the database
// finds.
#include "app/run/recording_sink.h"
#include "app/run/run_controller.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"
#include "tests/support/synthetic_trainer.h"
#include "trainer/base/train_error.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <new>
#include <semaphore>

namespace {

thread_local std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace nabiz;
using storage::RunId;
using storage::RunStatus;
using tests::SyntheticOptions;
using tests::SyntheticTrainer;

namespace {

// What listeners heard, in order: "3 ended finished".
class Heard {
public:
    void add(QString line)
    {
        std::lock_guard lock(m_mutex);
        m_lines << std::move(line);
    }
    QStringList lines() const
    {
        std::lock_guard lock(m_mutex);
        return m_lines;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_lines;
};

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

app::StartSpec spec(const std::string& name = {})
{
    app::StartSpec spec;
    spec.preset = "quick";
    spec.presetText = "summary: a test\n";
    spec.command = "nabiz train quick";
    spec.name = name;
    spec.why = "to see";
    return spec;
}

// Releases the training thread when the test says so, or when the run is told to stop.
class Gate {
public:
    void open() { m_open = true; }
    void wait(const std::stop_token& stop)
    {
        m_reached = true;
        while (!m_open && !stop.stop_requested())
            std::this_thread::yield();
    }
    bool reached() const { return m_reached; }

private:
    std::atomic<bool> m_open = false;
    std::atomic<bool> m_reached = false;
};

} // namespace

class TestRunController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void recordsARun();
    void keepsWhatTheAuditFinds();
    void goesThroughTheStates();
    void trainsFirstInFirstOut();
    void pausesAndResumes();
    void stopsInEveryPhase_data();
    void stopsInEveryPhase();
    void stopsARunThatWaits();
    void failsWithTheReason_data();
    void failsWithTheReason();
    void trainsAfterAFailureToLoad();
    void marksADivergedRun();
    void makesNamesFree();
    void endsEverythingWhenDestroyed();
    void refusesABadDatabase();
    void sinkDoesNotAllocate();

private:
    app::TrainerFactory factory(SyntheticOptions options)
    {
        m_trainer = std::make_shared<SyntheticTrainer>(std::move(options));
        return [trainer = m_trainer] { return trainer; };
    }
    app::RunListener listener();
    storage::RunOverview overview(RunId run) const { return storage::RunStore(m_file).run(run).value(); }
    RunStatus status(RunId run) const { return overview(run).run.status; }
    storage::Series losses(RunId run) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_file;
    std::shared_ptr<SyntheticTrainer> m_trainer;
    std::unique_ptr<Heard> m_heard;
    std::atomic<std::int64_t> m_rows = 0;
};

void TestRunController::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath("nabiz.db").toStdString();
    m_heard = std::make_unique<Heard>();
    m_rows = 0;
}

app::RunListener TestRunController::listener()
{
    app::RunListener listener;
    listener.changed
        = [this](RunId run) { m_heard->add(QString("%1 changed %2").arg(run).arg(text(name(status(run))))); };
    listener.rows = [this](RunId, std::span<const storage::Row> rows) { m_rows += std::ssize(rows); };
    listener.event = [this](RunId run, const storage::Event& event) {
        m_heard->add(QString("%1 event %2: %3").arg(run).arg(text(event.kind), text(event.text)));
    };
    listener.failedAs = [this](RunId run, trainer::TrainErrorKind kind) {
        m_heard->add(QString("%1 kind %2").arg(run).arg(static_cast<int>(kind)));
    };
    listener.ended = [this](RunId run, RunStatus status, const trainer::Message& failure) {
        m_heard->add(QString("%1 ended %2 %3").arg(run).arg(text(name(status)), text(failure.english())).trimmed());
    };
    return listener;
}

storage::Series TestRunController::losses(RunId run) const
{
    const storage::RunStore store(m_file);
    for (const storage::Metric& metric : store.metrics(run)) {
        if (metric.name == "loss")
            return store.series(run, metric);
    }
    return {};
}

void TestRunController::recordsARun()
{
    app::RunController controller(m_file, listener(), factory({ .batches = 500, .eventEvery = 100 }));
    app::StartSpec start = spec();
    start.config.set("training.seed", std::int64_t { 7 });
    const RunId run = controller.enqueue(start);
    controller.waitUntilIdle();

    const auto detail = storage::RunStore(m_file).detail(run).value();
    QCOMPARE(text(detail.overview.run.name), QString("quick"));
    QCOMPARE(text(detail.overview.run.why), QString("to see"));
    QCOMPARE(text(detail.overview.run.presetText), QString("summary: a test\n"));
    QCOMPARE(detail.overview.run.status, RunStatus::Finished);
    QCOMPARE(detail.overview.run.seed, 7);
    QCOMPARE(detail.overview.run.plannedBatches, 500);
    QVERIFY(detail.overview.run.started && detail.overview.run.ended);
    QVERIFY(*detail.overview.run.ended >= *detail.overview.run.started);
    for (const char* fact : { "host", "kernel", "nabiz", "sqlite", "device" })
        QVERIFY2(detail.overview.run.facts.contains(fact), fact);
    QCOMPARE(detail.overview.summary.batches, 500);
    QCOMPARE(detail.parameters.size(), trainer::parameterTable().size());
    for (const auto& parameter : detail.parameters)
        QCOMPARE(parameter.applied, parameter.declared);
    QCOMPARE(std::ssize(detail.events), 5);
    QCOMPARE(text(detail.events.front().text), QString("bir gün eve"));

    const storage::Series loss = losses(run);
    QCOMPARE(loss.value.size(), std::size_t { 500 });
    for (std::size_t i = 0; i < loss.value.size(); ++i) {
        QCOMPARE(loss.batch[i], static_cast<double>(i));
        QCOMPARE(loss.value[i], m_trainer->loss(static_cast<std::int64_t>(i)));
    }
    QCOMPARE(m_rows.load(), 500);
    QCOMPARE(m_heard->lines().last(), QString("%1 ended finished").arg(run));
}

// Written, closed, read again: a finding is whole, for a person with sqlite3 as well as for the window.
void TestRunController::keepsWhatTheAuditFinds()
{
    using trainer::Finding;
    const std::vector<Finding> findings {
        { "leak", trainer::FindingSeverity::Warning, trainer::message("It moves by %1: %2.", "2.5", "“encoder”, ş"),
            trainer::message("Set model.causal=true.") },
        { "overlap", trainer::FindingSeverity::Fine, trainer::message("%1 of it", "0 %"), {} },
    };
    RunId run = 0;
    {
        app::RunController controller(m_file, listener(), factory({ .batches = 3, .findings = findings }));
        run = controller.enqueue(spec());
        controller.waitUntilIdle();
    }
    const auto events = storage::RunStore(m_file).events(run);
    QCOMPARE(events.size(), std::size_t { 2 });
    for (std::size_t i = 0; i < events.size(); ++i) {
        QCOMPARE(text(events[i].kind), QString("audit"));
        QCOMPARE(trainer::findingFrom(events[i].message, events[i].arguments), std::optional(findings[i]));
    }
    QCOMPARE(text(events[0].text), QString("It moves by 2.5: “encoder”, ş. Set model.causal=true."));
    QCOMPARE(text(events[1].text), QString("0 % of it"));
    QVERIFY(m_heard->lines().contains(QString("%1 event audit: 0 % of it").arg(run)));
}

void TestRunController::goesThroughTheStates()
{
    Gate preparing, running;
    app::RunController controller(m_file, listener(),
        factory({ .batches = 2,
            .preparing = [&](std::stop_token stop) { preparing.wait(stop); },
            .beforeBatch =
                [&](std::int64_t batch) {
                    if (batch == 1)
                        running.wait({});
                } }));
    const RunId run = controller.enqueue(spec());
    QTRY_VERIFY(preparing.reached());
    QTRY_COMPARE(status(run), RunStatus::Preparing);
    QCOMPARE(controller.active(), std::optional(run));
    QCOMPARE(controller.activeStatus(), std::optional(RunStatus::Preparing));
    preparing.open();
    QTRY_COMPARE(status(run), RunStatus::Running);
    running.open();
    controller.waitUntilIdle();
    QCOMPARE(status(run), RunStatus::Finished);
    QVERIFY(!controller.active());
}

void TestRunController::trainsFirstInFirstOut()
{
    Gate gate;
    app::RunController controller(
        m_file, listener(), factory({ .batches = 20, .preparing = [&](std::stop_token stop) { gate.wait(stop); } }));
    std::vector<RunId> runs;
    for (int i = 0; i < 4; ++i)
        runs.push_back(controller.enqueue(spec()));
    QTRY_COMPARE(controller.waiting(), 3);
    QTRY_VERIFY(gate.reached());
    QCOMPARE(status(runs.back()), RunStatus::Queued);
    gate.open();
    controller.waitUntilIdle();
    QStringList expected;
    for (const RunId run : runs) {
        expected << QString("%1 ended finished").arg(run);
        QCOMPARE(losses(run).value.size(), std::size_t { 20 });
    }
    QCOMPARE(m_heard->lines().filter(" ended "), expected);
}

void TestRunController::pausesAndResumes()
{
    app::RunController controller(m_file, listener(), factory({ .batches = 1'000'000, .batchesPerSecond = 2000 }));
    const RunId run = controller.enqueue(spec());
    QTRY_VERIFY(m_trainer->sent() > 10);
    controller.pause();
    QTRY_COMPARE(status(run), RunStatus::Paused);
    const auto sent = m_trainer->sent();
    controller.sample();
    controller.checkpoint();
    QTRY_VERIFY(!m_heard->lines().filter("event sample").isEmpty());
    QCOMPARE(m_trainer->sent(), sent);
    controller.resume();
    QTRY_COMPARE(status(run), RunStatus::Running);
    QTRY_VERIFY(m_trainer->sent() > sent + 10);
    controller.stop();
    controller.waitUntilIdle();
    QCOMPARE(status(run), RunStatus::Stopped);
    QCOMPARE(std::ssize(losses(run).value), m_trainer->sent());
    const storage::RunStore store(m_file);
    QCOMPARE(std::ssize(store.checkpoints(run)), 1);
    // Both ends of the pause are noted, on the clock that the run's zero is on.
    const auto detail = store.detail(run);
    QVERIFY(detail);
    const double zero = std::stod(detail->overview.run.facts.at("time.zero"));
    const auto at = [&detail](const std::string& kind) {
        const auto found = std::ranges::find(detail->events, kind, &storage::Event::kind);
        return found == detail->events.end() ? storage::Event {} : *found;
    };
    const storage::Event pause = at("pause"), resume = at("resume");
    QCOMPARE(pause.batch, sent - 1);
    QCOMPARE(resume.batch, sent - 1);
    const std::vector<double> times = losses(run).time;
    const auto before = static_cast<std::size_t>(sent) - 1;
    QVERIFY(times[before] * 1000 <= static_cast<double>(pause.time) - zero + 5);
    QVERIFY(times[before + 1] * 1000 >= static_cast<double>(resume.time) - zero - 5);
}

void TestRunController::stopsInEveryPhase_data()
{
    QTest::addColumn<QString>("phase");
    for (const char* phase : { "loading", "preparing", "running", "paused" })
        QTest::newRow(phase) << phase;
}

void TestRunController::stopsInEveryPhase()
{
    QFETCH(QString, phase);
    Gate loading, preparing;
    if (phase != "loading")
        loading.open();
    if (phase != "preparing")
        preparing.open();
    const auto make = factory({ .batches = 1'000'000, .batchesPerSecond = 500, .preparing = [&](std::stop_token stop) {
                                   preparing.wait(stop);
                               } });
    app::RunController controller(m_file, listener(), [&] {
        loading.wait({});
        return make();
    });
    const RunId run = controller.enqueue(spec());
    QTRY_VERIFY(loading.reached());
    if (phase != "loading")
        QTRY_VERIFY(preparing.reached());
    if (phase == "running" || phase == "paused")
        QTRY_VERIFY(m_trainer->sent() > 0);
    if (phase == "paused") {
        controller.pause();
        QTRY_COMPARE(status(run), RunStatus::Paused);
    }
    QElapsedTimer timer;
    timer.start();
    controller.stop();
    loading.open();
    controller.waitUntilIdle();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed()) + " ms"));
    QCOMPARE(status(run), RunStatus::Stopped);
    QCOMPARE(std::ssize(losses(run).value), m_trainer->sent());
    QVERIFY(!m_heard->lines().filter(QString("%1 changed stopp").arg(run)).isEmpty());
    QCOMPARE(m_heard->lines().last(), QString("%1 ended stopped").arg(run));
}

void TestRunController::stopsARunThatWaits()
{
    Gate gate;
    app::RunController controller(
        m_file, listener(), factory({ .batches = 10, .preparing = [&](std::stop_token stop) { gate.wait(stop); } }));
    const RunId first = controller.enqueue(spec());
    const RunId second = controller.enqueue(spec());
    const RunId third = controller.enqueue(spec());
    QTRY_VERIFY(gate.reached());
    controller.stop(second);
    QTRY_COMPARE(status(second), RunStatus::Stopped);
    QCOMPARE(status(first), RunStatus::Preparing);
    gate.open();
    controller.waitUntilIdle();
    QCOMPARE(status(first), RunStatus::Finished);
    QCOMPARE(status(third), RunStatus::Finished);
    QCOMPARE(m_heard->lines().filter("ended").front(), QString("%1 ended stopped").arg(second));
    QVERIFY(losses(second).value.empty());
}

void TestRunController::failsWithTheReason_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("reason");
    QTest::newRow("train error") << 0 << "The file /x is empty.";
    QTest::newRow("standard exception") << 1 << "bad luck";
    QTest::newRow("anything") << 2 << "The trainer failed without saying why.";
}

void TestRunController::failsWithTheReason()
{
    QFETCH(int, which);
    QFETCH(QString, reason);
    std::atomic<bool> fail = true;
    app::RunController controller(
        m_file, listener(), factory({ .batches = 10, .beforeBatch = [&](std::int64_t batch) {
                                         if (batch != 5 || !fail)
                                             return;
                                         if (which == 0)
                                             throw trainer::TrainError(trainer::TrainErrorKind::Data,
                                                 trainer::message("The file %1 is empty.", std::string("/x")));
                                         if (which == 1)
                                             throw std::runtime_error("bad luck");
                                         throw 42;
                                     } }));
    const RunId run = controller.enqueue(spec());
    controller.waitUntilIdle();
    QCOMPARE(status(run), RunStatus::Failed);
    QCOMPARE(text(overview(run).run.failure), reason);
    QCOMPARE(losses(run).value.size(), std::size_t { 5 }); // what came before is kept
    const QString id = QString::number(run);
    QCOMPARE(m_heard->lines().filter("event"), QStringList(id + " event warning: " + reason));
    QCOMPARE(
        m_heard->lines().contains(id + " kind " + QString::number(int(trainer::TrainErrorKind::Data))), which == 0);
    QCOMPARE(m_heard->lines().last(), id + " ended failed " + reason);

    fail = false; // the next run is none the worse for it
    const RunId next = controller.enqueue(spec());
    controller.waitUntilIdle();
    QCOMPARE(status(next), RunStatus::Finished);
    QCOMPARE(losses(next).value.size(), std::size_t { 10 });
}

void TestRunController::trainsAfterAFailureToLoad()
{
    int loads = 0;
    const auto make = factory({ .batches = 3 });
    app::RunController controller(m_file, listener(), [&] {
        if (++loads == 1)
            throw trainer::TrainError(trainer::TrainErrorKind::Library, trainer::message("No library."));
        return make();
    });
    const RunId first = controller.enqueue(spec());
    const RunId second = controller.enqueue(spec());
    const RunId third = controller.enqueue(spec());
    controller.waitUntilIdle();
    QCOMPARE(status(first), RunStatus::Failed);
    QCOMPARE(text(overview(first).run.failure), QString("No library."));
    QCOMPARE(status(second), RunStatus::Finished);
    QCOMPARE(status(third), RunStatus::Finished);
    QCOMPARE(loads, 2);
}

void TestRunController::marksADivergedRun()
{
    app::RunController controller(m_file, listener(),
        factory({ .batches = 3,
            .result = { .outcome = trainer::Outcome::Diverged, .message = trainer::message("Not a number.") } }));
    const RunId run = controller.enqueue(spec());
    controller.waitUntilIdle();
    QCOMPARE(status(run), RunStatus::Diverged);
    QCOMPARE(m_heard->lines().last(), QString("%1 ended diverged Not a number.").arg(run));
}

void TestRunController::makesNamesFree()
{
    app::RunController controller(m_file, listener(), factory({ .batches = 1 }));
    QStringList names;
    app::StartSpec number = spec();
    number.preset = "7";
    for (const app::StartSpec& start : { spec(), spec(), spec("mine"), spec(), number })
        names << text(overview(controller.enqueue(start)).run.name);
    QCOMPARE(names, QStringList({ "quick", "quick-2", "mine", "quick-3", "7-2" }));
    controller.waitUntilIdle();
}

void TestRunController::endsEverythingWhenDestroyed()
{
    RunId active = 0, waiting = 0;
    {
        app::RunController controller(m_file, listener(), factory({ .batches = 1'000'000, .batchesPerSecond = 1000 }));
        active = controller.enqueue(spec());
        waiting = controller.enqueue(spec());
        QTRY_VERIFY(m_trainer->sent() > 5);
    }
    QCOMPARE(status(active), RunStatus::Stopped);
    QCOMPARE(status(waiting), RunStatus::Stopped);
    QCOMPARE(std::ssize(losses(active).value), m_trainer->sent());
    QCOMPARE(m_heard->lines().filter("ended").size(), 2);
}

void TestRunController::refusesABadDatabase()
{
    std::ofstream(m_file) << "this is not a database, and never was one, whatever its name may say to you\n";
    QVERIFY_EXCEPTION_THROWN(app::RunController(m_file, listener(), factory({})), storage::StorageError);
}

void TestRunController::sinkDoesNotAllocate()
{
    storage::Recorder recorder(m_file);
    const RunId run = recorder.addRun({ .name = "sink" }, {});
    {
        const auto stream = recorder.openStream(run, app::recordedMetrics({}));
        app::RecordingSink sink(recorder, run, *stream, {}, {}, 0,
            { .phase = [](trainer::Phase) {}, .event = [](const storage::Event&) {}, .changed = [] {} });
        const std::array metrics { trainer::Metric::Loss, trainer::Metric::LearningRate,
            trainer::Metric::MemoryProcess };
        const std::array values { 2.5, 1e-3, 5e8 };
        sink.batch(0, 0, metrics, values);
        const std::size_t before = allocations;
        for (std::int64_t batch = 1; batch < 10'000; ++batch)
            sink.batch(batch, 0.001 * static_cast<double>(batch), metrics, values);
        QCOMPARE(allocations - before, std::size_t { 0 });
    }
    recorder.closeStream(run);
    recorder.flush();
    const storage::RunStore store(m_file);
    QCOMPARE(std::ssize(losses(run).value), 10'000);
    for (const storage::Metric& metric : store.metrics(run)) {
        if (metric.name == "memory.process")
            QCOMPARE(store.series(run, metric).value.back(), 5e8);
    }
}

QTEST_GUILESS_MAIN(TestRunController)
#include "tst_run_controller.moc"
