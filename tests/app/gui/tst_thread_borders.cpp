// SPDX-License-Identifier: GPL-3.0-or-later
// What nobody expected to be thrown, at the border of every thread: said, recorded, and the program and its training go
// on.
#include "app/gui/process/application.h"
#include "app/gui/process/mistakes.h"
#include "app/gui/process/worker.h"
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTimer>
#include <atomic>
#include <new>
#include <stdexcept>

using namespace nabiz;

namespace {

// Of every kind that may come.
void throwSomething(int which)
{
    switch (which) {
    case 0:
        throw 42;
    case 1:
        throw std::bad_alloc();
    case 2:
        throw std::logic_error("a wrong turn");
    default:
        throw std::runtime_error("bad luck");
    }
}

const char* const kSaid[] = { "without saying why", "out of memory", "a wrong turn", "bad luck" };

void addRows()
{
    QTest::addColumn<int>("which");
    for (const auto& [name, which] :
        { std::pair("int", 0), { "bad_alloc", 1 }, { "logic_error", 2 }, { "runtime_error", 3 } })
        QTest::newRow(name) << which;
}

app::StartSpec spec()
{
    app::StartSpec spec;
    spec.preset = "quick";
    return spec;
}

} // namespace

class TestThreadBorders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void worker_data() { addRows(); }
    void worker()
    {
        QFETCH(int, which);
        std::string said;
        app::setMistakeListener([&](const trainer::Message& failure) { said = failure.english(); });
        std::atomic<bool> next = false;
        {
            app::Worker worker(app::Worker::AtEnd::Finish);
            worker.post([which] { throwSomething(which); });
            worker.post([&] { next = true; });
        }
        app::setMistakeListener({});
        QVERIFY(next);
        QVERIFY2(said.find(kSaid[which]) != std::string::npos, said.c_str());
    }

    void loading_data() { addRows(); }
    void loading()
    {
        QFETCH(int, which);
        checkFailure(which, [which]() -> std::shared_ptr<trainer::Trainer> {
            throwSomething(which);
            return {};
        });
    }

    void training_data() { addRows(); }
    void training()
    {
        QFETCH(int, which);
        const tests::SyntheticOptions options { .beforeBatch = [which](std::int64_t batch) {
            if (batch == 5)
                throwSomething(which);
        } };
        checkFailure(which, [options] { return std::make_shared<tests::SyntheticTrainer>(options); });
    }

    // Each listener in turn; the run is none the worse for it.
    void listeners_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("where");
        for (const char* where : { "rows", "changed", "event", "ended" })
            for (int which = 0; which < 4; ++which)
                QTest::newRow((std::string(where) + ' ' + std::to_string(which)).c_str()) << which << where;
    }
    void listeners()
    {
        QFETCH(int, which);
        QFETCH(QString, where);
        QTemporaryDir folder;
        const std::string file = folder.filePath("runs.db").toStdString();
        const auto fail = [=](const char* here) {
            if (where == here)
                throwSomething(which);
        };
        app::RunListener listener { .changed = [=](storage::RunId) { fail("changed"); },
            .rows = [=](storage::RunId, std::span<const storage::Row>) { fail("rows"); },
            .event = [=](storage::RunId, const storage::Event&) { fail("event"); },
            .ended = [=](storage::RunId, storage::RunStatus, const trainer::Message&) { fail("ended"); } };
        storage::RunId run = 0;
        {
            app::RunController controller(file, listener, [] {
                return std::make_shared<tests::SyntheticTrainer>(
                    tests::SyntheticOptions { .batches = 300, .eventEvery = 50 });
            });
            run = controller.enqueue(spec());
            controller.waitUntilIdle();
        }
        const storage::RunStore store(file);
        QCOMPARE(store.run(run)->run.status, storage::RunStatus::Finished);
        QCOMPARE(store.run(run)->summary.batches, std::int64_t(300));
        int recorded = 0;
        for (const auto& event : store.events(run))
            recorded += event.kind == "warning" && event.text.find(kSaid[which]) != std::string::npos ? 1 : 0;
        QCOMPARE(recorded, 1);
    }

    // A slot that throws while a run trains: the window says it, and the run comes to its end.
    void window_data() { addRows(); }
    void window()
    {
        QFETCH(int, which);
        QTemporaryDir folder;
        std::atomic<bool> open = false;
        tests::WindowSession session(folder.path(), [&] {
            return std::make_shared<tests::SyntheticTrainer>(
                tests::SyntheticOptions { .batches = 50, .beforeBatch = [&](std::int64_t batch) {
                                             while (batch == 20 && !open)
                                                 std::this_thread::yield();
                                         } });
        });
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Running), 60'000);
        QTimer::singleShot(0, qApp, [which] { throwSomething(which); });
        const auto said = [&] {
            for (const auto* label : session.window.findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(kSaid[which]))
                    return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), 20'000);
        open = true;
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 60'000);
    }

private:
    // The run is failed with a sentence, and the one behind it is not touched.
    void checkFailure(int which, const app::TrainerFactory& broken)
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath("runs.db").toStdString();
        {
            app::RunController controller(file, {}, broken);
            controller.enqueue(spec());
            controller.enqueue(spec());
            controller.waitUntilIdle();
        }
        const auto runs = storage::RunStore(file).runs();
        QCOMPARE(runs.size(), std::size_t(2));
        for (const auto& one : runs) {
            QCOMPARE(one.run.status, storage::RunStatus::Failed);
            QVERIFY2(one.run.failure.find(kSaid[which]) != std::string::npos, one.run.failure.c_str());
        }
    }
};

int main(int argc, char** argv)
{
    app::Application application(argc, argv);
    TestThreadBorders test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_thread_borders.moc"
