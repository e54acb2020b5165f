// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be written at the end is not lost: it is set aside, and the next who opens the database brings it in,
// once.
#include "tests/storage/storage_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QScopeGuard>
#include <QtTest>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <thread>

#include <sys/resource.h>

using namespace nabiz::storage;
namespace fs = std::filesystem;

namespace {

// Another program that holds the database.
class Lock {
public:
    explicit Lock(const fs::path& file)
        : m_database(file.string(), SQLite::OPEN_READWRITE)
    {
        m_database.exec("BEGIN EXCLUSIVE");
    }
    void release() { m_database.exec("ROLLBACK"); }

private:
    SQLite::Database m_database;
};

class Troubles {
public:
    RecorderOptions options()
    {
        RecorderOptions options;
        options.interval = std::chrono::milliseconds(20);
        options.trouble = [this](const Trouble& trouble) {
            const std::lock_guard lock(m_mutex);
            m_all.push_back(trouble);
        };
        return options;
    }
    std::optional<Trouble> of(TroubleKind kind) const
    {
        const std::lock_guard lock(m_mutex);
        for (const Trouble& trouble : m_all) {
            if (trouble.kind == kind)
                return trouble;
        }
        return std::nullopt;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Trouble> m_all;
};

std::vector<fs::path> sideFiles(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename().string().find("-unwritten-") != std::string::npos)
            found.push_back(entry.path());
    }
    return found;
}

std::string textOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

constexpr int kStored = 100;
constexpr int kAll = 400;

// A run of kAll batches that ends while another program holds the database: kStored of them were written before.
RunId endLocked(const fs::path& file, Troubles& troubles, const std::function<void()>& before = {})
{
    RunId run = 0;
    std::unique_ptr<Lock> lock;
    {
        Recorder recorder(file, troubles.options());
        run = addRun(recorder, "locked");
        recorder.setStatus(run, RunStatus::Running);
        const auto stream = recorder.openStream(run, metricsNamed({ "loss", "val.loss" }));
        for (int batch = 0; batch < kStored; ++batch)
            append(*stream, batch, { batch * 0.1 });
        recorder.flush();
        lock = std::make_unique<Lock>(file);
        for (int batch = kStored; batch < kAll; ++batch)
            append(*stream, batch, { batch * 0.1, std::numeric_limits<double>::quiet_NaN() });
        recorder.addEvent(run, { 0, "sample", 300, 0, "bir gün", "bir gün", {} });
        recorder.closeStream(run);
        recorder.setStatus(run, RunStatus::Finished);
        if (before)
            before();
    }
    lock->release();
    return run;
}

void verifyWhole(const RunStore& store, RunId run)
{
    const auto series = seriesNamed(store, run, "loss");
    QCOMPARE(series.value.size(), std::size_t { kAll });
    for (int batch = 0; batch < kAll; ++batch) {
        QCOMPARE(series.batch[static_cast<std::size_t>(batch)], batch * 1.0);
        QCOMPARE(series.value[static_cast<std::size_t>(batch)], batch * 0.1);
    }
    const auto overview = store.run(run);
    QCOMPARE(overview->run.status, RunStatus::Finished);
    QCOMPARE(overview->summary.batches, std::int64_t { kAll });
    QCOMPARE(seriesNamed(store, run, "val.loss").value.size(), std::size_t { kAll - kStored });
    const auto events = store.events(run);
    QCOMPARE(events.size(), std::size_t { 2 });
    QCOMPARE(events[0].text, std::string("bir gün"));
    QCOMPARE(store.check(), std::string("ok"));
}

} // namespace

class SideFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void drainsBeforeClosing();
    void letsAWaitingProducerGo();
    void bringsInWhatWaits();
    void bringsItInForAWriter();
    void bringsItInOnce();
    void takesWhatIsWhole();
    void fallsBackToTheStateFolder();
    void waitsForItsOwnDatabase();
    void followsAMovedDatabase();
    void countsWhatIsLost();
    void securesBeforeTheEnd();
    void goesOnElsewhere();
    void rescuesADeletedDatabase();
};

void SideFileTest::initTestCase()
{
    std::signal(SIGXFSZ, SIG_IGN);
}

// The run ends while nothing can be written, and the recorder lives on.
void SideFileTest::drainsBeforeClosing()
{
    const Folder folder;
    Troubles troubles;
    Recorder recorder(folder.file(), troubles.options());
    const RunId run = addRun(recorder, "locked");
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    recorder.flush();
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small { fs::file_size(folder.file("nabiz.db-wal")), before.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
    for (int batch = 0; batch < 5000; ++batch)
        append(*stream, batch, { batch * 1.0 });
    QTRY_VERIFY(troubles.of(TroubleKind::Writing));
    for (int batch = 5000; batch < 9000; ++batch) // these stay in the queue
        append(*stream, batch, { batch * 1.0 });
    recorder.closeStream(run);
    recorder.setStatus(run, RunStatus::Finished);
    setrlimit(RLIMIT_FSIZE, &before);
    QTRY_VERIFY(troubles.of(TroubleKind::Over));
    QCOMPARE(seriesNamed(RunStore(folder.file()), run, "loss").value.size(), std::size_t { 9000 });
    QCOMPARE(RunStore(folder.file()).run(run)->summary.batches, std::int64_t { 9000 });
    QCOMPARE(troubles.of(TroubleKind::Over)->batches, std::int64_t { 9000 });
}

// The disk is full and so is the queue: a run that is told to stop must come to see it.
void SideFileTest::letsAWaitingProducerGo()
{
    const Folder folder;
    Troubles troubles;
    RunId run = 0;
    std::unique_ptr<Lock> lock;
    {
        auto options = troubles.options();
        options.rows = 128;
        Recorder recorder(folder.file(), options);
        run = addRun(recorder, "stopped");
        const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
        recorder.flush();
        lock = std::make_unique<Lock>(folder.file());
        std::atomic<int> appended = 0;
        std::jthread producer([&] {
            for (int batch = 0; batch < kAll; ++batch) {
                append(*stream, batch, { batch * 1.0 });
                ++appended;
            }
        });
        QTRY_VERIFY(appended >= 128);
        recorder.hasten(run);
        QTRY_COMPARE_WITH_TIMEOUT(appended.load(), kAll, 60'000);
        producer.join();
        recorder.closeStream(run);
        recorder.setStatus(run, RunStatus::Stopped);
    }
    lock->release();
    QCOMPARE(seriesNamed(RunStore(folder.file()), run, "loss").value.size(), std::size_t { kAll });
}

void SideFileTest::bringsInWhatWaits()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = endLocked(folder.file(), troubles);
    const auto trouble = troubles.of(TroubleKind::SetAside);
    QVERIFY(trouble);
    QCOMPARE(trouble->batches, std::int64_t { kAll - kStored });
    QVERIFY(fs::exists(trouble->place) && trouble->place.parent_path() == folder.file().parent_path());
    const RunStore store(folder.file());
    verifyWhole(store, run);
    QVERIFY(store.opened().waiting.empty());
    QVERIFY(!fs::exists(trouble->place));
    QVERIFY(store.events(run)[1].text.find("300 batches") != std::string::npos);
    const auto ended = store.run(run)->run;
    QVERIFY(ended.started && ended.ended && *ended.ended >= *ended.started);
}

void SideFileTest::bringsItInForAWriter()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = endLocked(folder.file(), troubles);
    {
        Recorder recorder(folder.file());
        recorder.flush();
    }
    QVERIFY(sideFiles(folder.file().parent_path()).empty());
    verifyWhole(RunStore(folder.file()), run);
}

// As after a crash between the commit and the file's removal.
void SideFileTest::bringsItInOnce()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = endLocked(folder.file(), troubles);
    const auto place = troubles.of(TroubleKind::SetAside)->place;
    const auto text = textOf(place);
    verifyWhole(RunStore(folder.file()), run);
    std::ofstream(place, std::ios::binary) << text;
    verifyWhole(RunStore(folder.file()), run);
    QVERIFY(!fs::exists(place));
}

void SideFileTest::takesWhatIsWhole()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = endLocked(folder.file(), troubles);
    const auto place = troubles.of(TroubleKind::SetAside)->place;
    std::istringstream lines(textOf(place));
    std::string kept;
    int rows = 0;
    for (std::string line; rows < 50 && std::getline(lines, line);) {
        rows += line.starts_with("row ");
        kept += line + '\n';
    }
    kept.resize(kept.size() - 10); // in the middle of the fiftieth
    std::ofstream(place, std::ios::binary | std::ios::trunc) << kept;
    const RunStore store(folder.file());
    QCOMPARE(seriesNamed(store, run, "loss").value.size(), std::size_t { kStored + 49 });
    QCOMPARE(store.check(), std::string("ok"));
}

void SideFileTest::fallsBackToTheStateFolder()
{
    const Folder folder;
    const QByteArray before = qgetenv("XDG_STATE_HOME");
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(folder.file("state").string()));
    const auto restore = qScopeGuard([&] { qputenv("XDG_STATE_HOME", before); });
    const auto file = folder.file(std::string(232, 'n').c_str()); // no name beside it is short enough
    Troubles troubles;
    const RunId run = endLocked(file, troubles);
    const auto trouble = troubles.of(TroubleKind::SetAside);
    QVERIFY(trouble);
    QCOMPARE(trouble->place.parent_path().string(), folder.file("state/nabiz").string());
    { // not of this one
        Recorder other(folder.file("other.db"));
        addRun(other, "other");
        other.flush();
    }
    QVERIFY(fs::exists(trouble->place));
    verifyWhole(RunStore(file), run);
    QVERIFY(!fs::exists(trouble->place));
}

void SideFileTest::waitsForItsOwnDatabase()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = endLocked(folder.file(), troubles);
    const auto place = troubles.of(TroubleKind::SetAside)->place;
    fs::rename(folder.file(), folder.file("kept"));
    {
        Recorder other(folder.file()); // with a run of the same id
        addRun(other, "other", RunStatus::Finished);
    }
    QCOMPARE(RunStore(folder.file()).run(run)->summary.batches, std::int64_t { 0 });
    QVERIFY(fs::exists(place));
    fs::rename(folder.file("kept"), folder.file());
    verifyWhole(RunStore(folder.file()), run);
}

void SideFileTest::followsAMovedDatabase()
{
    const Folder folder;
    const QByteArray before = qgetenv("XDG_STATE_HOME");
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(folder.file("state").string()));
    const auto restore = qScopeGuard([&] { qputenv("XDG_STATE_HOME", before); });
    const auto file = folder.file(std::string(232, 'n').c_str());
    Troubles troubles;
    const RunId run = endLocked(file, troubles);
    QVERIFY(troubles.of(TroubleKind::SetAside));
    fs::rename(file, folder.file("short.db"));
    verifyWhole(RunStore(folder.file("short.db")), run);
}

void SideFileTest::countsWhatIsLost()
{
    const Folder folder;
    Troubles troubles;
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
    {
        Recorder recorder(folder.file(), troubles.options());
        const RunId run = addRun(recorder, "full");
        const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
        recorder.flush();
        const rlimit none { 64, before.rlim_max }; // for the log and for any side file
        setrlimit(RLIMIT_FSIZE, &none);
        for (int batch = 0; batch < 600; ++batch)
            append(*stream, batch, { batch * 1.0 });
        QTRY_VERIFY(troubles.of(TroubleKind::Writing));
        for (int batch = 600; batch < 900; ++batch)
            append(*stream, batch, { batch * 1.0 });
        recorder.closeStream(run);
        const auto trouble = recorder.secure();
        QVERIFY(trouble);
        QCOMPARE(trouble->kind, TroubleKind::Lost);
        QCOMPARE(trouble->batches, std::int64_t { 900 });
    }
    const auto lost = troubles.of(TroubleKind::Lost);
    QVERIFY(lost);
    QCOMPARE(lost->batches, std::int64_t { 900 });
    QVERIFY(sideFiles(folder.file().parent_path()).empty()); // nothing cut short is left
}

void SideFileTest::securesBeforeTheEnd()
{
    const Folder folder;
    Troubles troubles;
    const RunId run = [&] {
        RunId id = 0;
        Recorder recorder(folder.file(), troubles.options());
        id = addRun(recorder, "locked");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        recorder.flush();
        Lock lock(folder.file());
        for (int batch = 0; batch < 50; ++batch)
            append(*stream, batch, { batch * 1.0 });
        const auto trouble = recorder.secure();
        if (!trouble || trouble->kind != TroubleKind::SetAside || trouble->batches != 50)
            qWarning("not secured");
        lock.release();
        for (int batch = 50; batch < 80; ++batch) // the window stayed open after all
            append(*stream, batch, { batch * 1.0 });
        recorder.closeStream(id);
        recorder.setStatus(id, RunStatus::Finished);
        return id;
    }();
    const auto series = seriesNamed(RunStore(folder.file()), run, "loss");
    QCOMPARE(series.value.size(), std::size_t { 80 });
    QCOMPARE(series.value.front(), 0.0);
    QCOMPARE(series.value.back(), 79.0);
    QVERIFY(sideFiles(folder.file().parent_path()).empty());
}

void SideFileTest::goesOnElsewhere()
{
    const Folder folder;
    Troubles troubles;
    Recorder recorder(folder.file(), troubles.options());
    const RunId run = addRun(recorder, "moved");
    const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
    append(*stream, 0, { 0.0 });
    recorder.flush();
    for (const char* suffix : { "", "-wal", "-shm" })
        fs::remove(folder.file().string() + suffix);
    append(*stream, 1, { 1.0 });
    QTRY_VERIFY(troubles.of(TroubleKind::Gone));
    QVERIFY_EXCEPTION_THROWN(recorder.flush(), StorageError);
    recorder.moveTo(folder.file("elsewhere.db"));
    QCOMPARE(recorder.file().string(), folder.file("elsewhere.db").string());
    QTRY_VERIFY(troubles.of(TroubleKind::Over));
    append(*stream, 2, { 2.0 });
    recorder.flush();
    const RunStore store(folder.file("elsewhere.db"));
    QVERIFY((seriesNamed(store, run, "loss").value == std::vector<double> { 0.0, 1.0, 2.0 }));
    QCOMPARE(store.check(), std::string("ok"));
}

void SideFileTest::rescuesADeletedDatabase()
{
    const Folder folder;
    Troubles troubles;
    RunId run = 0;
    {
        Recorder recorder(folder.file(), troubles.options());
        run = addRun(recorder, "deleted");
        const auto stream = recorder.openStream(run, metricsNamed({ "loss" }));
        append(*stream, 0, { 0.0 });
        recorder.flush();
        for (const char* suffix : { "", "-wal", "-shm" })
            fs::remove(folder.file().string() + suffix);
        append(*stream, 1, { 1.0 });
        recorder.closeStream(run);
        recorder.setStatus(run, RunStatus::Finished);
    }
    const auto moved = troubles.of(TroubleKind::Moved);
    QVERIFY(moved);
    QVERIFY(!fs::exists(folder.file()));
    const RunStore store(moved->place);
    QCOMPARE(seriesNamed(store, run, "loss").value.size(), std::size_t { 2 });
    QCOMPARE(store.run(run)->run.status, RunStatus::Finished);
}

QTEST_GUILESS_MAIN(SideFileTest)
#include "tst_side_file.moc"
