// SPDX-License-Identifier: GPL-3.0-or-later
// What the trainer tells and what the database holds, on its way into the catalog: no point lost or doubled, the end
// last, other programs' runs seen.
#include "app/gui/library.h"
#include "app/gui/live_feed.h"
#include "app/gui/run_commands.h"
#include "tests/support/synthetic_trainer.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/wait.h>
#include <unistd.h>

using namespace nabiz;

class TestLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liveRowsAndDetailGiveEveryPointOnce();
    void endComesLast();
    void otherProgramsRunsAreSeen();
    void seedsAreRunsOfTheirOwn();
    void badFileLeavesTheOldOneOpen();
    void switchingWhileARunIsLiveIsRefused();
    void interruptedRunsAreCounted();

private:
    static ui::StartRequest request()
    {
        ui::StartRequest request;
        request.preset = "quick";
        request.presetText = "training:\n  seed: 1\n";
        request.command = "nabiz train quick";
        return request;
    }
};

namespace {

// What openWindow puts together, without a window.
struct House {
    explicit House(tests::SyntheticOptions options)
        : trainer(std::make_shared<tests::SyntheticTrainer>(std::move(options)))
        , feed(catalog)
        , commands(thread, presets)
        , thread(feed, [this] { return trainer; })
    {
        QObject::connect(&catalog, &ui::RunCatalog::detailWanted, &library, &app::Library::loadDetail);
        QObject::connect(&library, &app::Library::runsLoaded, &catalog, &ui::RunCatalog::setRuns);
        QObject::connect(&library, &app::Library::runLoaded, &catalog, &ui::RunCatalog::putRun);
        QObject::connect(&library, &app::Library::runGone, &catalog, &ui::RunCatalog::removeRun);
        QObject::connect(&library, &app::Library::detailLoaded, &catalog, &ui::RunCatalog::setDetail);
        QObject::connect(
            &feed, &app::LiveFeed::runChanged, &library, [this](qint64 run) { library.loadRuns({ run }); });
        QObject::connect(&thread, &app::ControllerThread::opened, &library, &app::Library::open);
    }

    std::shared_ptr<tests::SyntheticTrainer> trainer;
    trainer::PresetStore presets { {} };
    ui::RunCatalog catalog;
    app::LiveFeed feed;
    app::Library library;
    app::RunCommands commands;
    app::ControllerThread thread; // last: ends before those who gave it orders
};

} // namespace

void TestLibrary::liveRowsAndDetailGiveEveryPointOnce()
{
    QTemporaryDir folder;
    House house({ .batches = 12'000, .batchesPerSecond = 6'000 });
    house.thread.open(folder.filePath("runs.db"));
    house.commands.start(request());
    // The detail is asked for while points arrive, and again at the end by the catalog itself.
    QTRY_VERIFY_WITH_TIMEOUT(!house.catalog.runs().empty() && house.trainer->sent() > 1'000, 20'000);
    const auto run = house.catalog.runs().front().run.id;
    house.catalog.requireDetail(run);
    QTRY_VERIFY_WITH_TIMEOUT(house.catalog.overview(run)->run.status == storage::RunStatus::Finished
            && house.catalog.series(run, "loss") && house.catalog.series(run, "loss")->size() >= 12'000,
        30'000);
    const auto* loss = house.catalog.series(run, "loss");
    QCOMPARE(loss->size(), std::size_t(12'000));
    for (std::size_t i = 0; i < loss->size(); ++i) {
        QCOMPARE(loss->batch(i), double(i));
        QCOMPARE(loss->value(i), house.trainer->loss(std::int64_t(i)));
    }
}

void TestLibrary::endComesLast()
{
    QTemporaryDir folder;
    House house({ .batches = 500 });
    qsizetype pointsAfterEnd = 0;
    bool ended = false;
    connect(&house.catalog, &ui::RunCatalog::pointsAppended, this, [&] { pointsAfterEnd += ended; });
    connect(&house.feed, &app::LiveFeed::runEnded, this, [&] { ended = true; });
    house.thread.open(folder.filePath("runs.db"));
    house.commands.start(request());
    QTRY_VERIFY_WITH_TIMEOUT(ended, 20'000);
    house.feed.drain();
    QCOMPARE(pointsAfterEnd, 0);
    QTRY_COMPARE_WITH_TIMEOUT(house.catalog.runs().front().summary.batches, std::int64_t(500), 10'000);
}

void TestLibrary::otherProgramsRunsAreSeen()
{
    QTemporaryDir folder;
    const auto file = folder.filePath("runs.db");
    House house({});
    house.thread.open(file);
    QSignalSpy loaded(&house.library, &app::Library::runsLoaded);
    QVERIFY(loaded.wait(20'000));
    storage::Recorder other(file.toStdString());
    const auto run = other.addRun({ .name = "elsewhere" }, {});
    QTRY_VERIFY_WITH_TIMEOUT(house.catalog.overview(run), 10'000);
    QCOMPARE(house.catalog.overview(run)->run.name, std::string("elsewhere"));
    other.words().rename(run, "renamed there");
    QTRY_COMPARE_WITH_TIMEOUT(house.catalog.overview(run)->run.name, std::string("renamed there"), 10'000);
    other.deleteRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(!house.catalog.overview(run), 10'000);
}

void TestLibrary::seedsAreRunsOfTheirOwn()
{
    auto three = request();
    three.name = "try";
    three.seeds = 3;
    three.config.set("training.seed", trainer::Value(std::int64_t(5)));
    const trainer::PresetStore presets { {} };
    const auto specs = app::startSpecs(three, presets);
    QCOMPARE(specs.size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) {
        const auto seed = std::to_string(5 + i);
        QCOMPARE(specs[i].name, "try s" + seed);
        QCOMPARE(specs[i].config.integer("training.seed"), std::int64_t(5 + i));
        QVERIFY(i == 0 || specs[i].presetText.find("seed: " + seed) != std::string::npos);
        QVERIFY(i == 0 || specs[i].command.find("training.seed=" + seed) != std::string::npos);
    }
    QTemporaryDir folder;
    House house({ .batches = 20 });
    house.thread.open(folder.filePath("runs.db"));
    house.commands.start(three);
    QTRY_COMPARE_WITH_TIMEOUT(house.catalog.runs().size(), std::size_t(3), 20'000);
    for (const auto& item : house.catalog.runs())
        QTRY_COMPARE_WITH_TIMEOUT(
            house.catalog.overview(item.run.id)->run.status, storage::RunStatus::Finished, 20'000);
    QCOMPARE(house.catalog.runs().back().run.seed, std::int64_t(5));
}

void TestLibrary::badFileLeavesTheOldOneOpen()
{
    QTemporaryDir folder;
    QFile text(folder.filePath("notes.txt"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("These are notes, and no database at all; long enough to be looked at by anybody who opens the file.");
    text.close();
    House house({ .batches = 10 });
    QSignalSpy opened(&house.thread, &app::ControllerThread::opened);
    QSignalSpy failed(&house.thread, &app::ControllerThread::failed);
    QSignalSpy ended(&house.feed, &app::LiveFeed::runEnded);
    house.thread.open(folder.filePath("runs.db"));
    house.thread.open(text.fileName());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
    QVERIFY2(failed[0][0].toString().contains("notes.txt"), qPrintable(failed[0][0].toString()));
    QCOMPARE(opened.size(), 1);
    house.commands.start(request());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 20'000); // the open database's own news still arrive
    QTRY_VERIFY_WITH_TIMEOUT(
        !house.catalog.runs().empty() && house.catalog.runs().front().run.status == storage::RunStatus::Finished,
        20'000);
}

void TestLibrary::switchingWhileARunIsLiveIsRefused()
{
    QTemporaryDir folder;
    House house({ .batches = 1'000'000, .batchesPerSecond = 1'000 });
    QSignalSpy opened(&house.thread, &app::ControllerThread::opened);
    QSignalSpy failed(&house.thread, &app::ControllerThread::failed);
    QSignalSpy state(&house.thread, &app::ControllerThread::stateChanged);
    house.thread.open(folder.filePath("runs.db"));
    house.commands.start(request());
    QTRY_VERIFY_WITH_TIMEOUT(house.trainer->sent() > 10, 20'000);
    house.thread.open(folder.filePath("other.db"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
    QCOMPARE(opened.size(), 1);
    QVERIFY(!QFile::exists(folder.filePath("other.db")));
    house.commands.stopAll();
    QTRY_VERIFY_WITH_TIMEOUT(
        !house.catalog.runs().empty() && house.catalog.runs().front().run.status == storage::RunStatus::Stopped,
        20'000);
    house.thread.open(folder.filePath("other.db"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.catalog.runs().empty(), 10'000);
}

void TestLibrary::interruptedRunsAreCounted()
{
    QTemporaryDir folder;
    const auto file = folder.filePath("runs.db");
    // A process of its own that is gone without a word.
    const auto child = ::fork();
    if (child == 0) {
        storage::Recorder recorder(file.toStdString());
        const auto run = recorder.addRun({ .name = "cut short" }, {});
        recorder.setStatus(run, storage::RunStatus::Running);
        recorder.flush();
        ::_exit(0);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);

    House house({});
    QSignalSpy opened(&house.thread, &app::ControllerThread::opened);
    house.thread.open(file);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 20'000);
    QCOMPARE(opened[0][1].value<QList<qint64>>().size(), 1);
    house.thread.open(file);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, 20'000);
    QCOMPARE(opened[1][1].value<QList<qint64>>().size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!house.catalog.runs().empty(), 10'000);
    QCOMPARE(house.catalog.runs().front().run.status, storage::RunStatus::Interrupted);
}

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
