// SPDX-License-Identifier: GPL-3.0-or-later
// The display goes in the middle of a training, when Qt says so and calls exit(): a process of its own, and what it
// leaves.
#include "app/gui/display_loss.h"
#include "app/run/exit_code.h"
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>
#include <cstring>

using namespace nabiz;

namespace {

constexpr int kBatches = 300;

// Trains in a window, and ends as Qt's plugin does; with `stops` somebody stops it behind that.
int lose(const char* folder, bool stops)
{
    auto* session = new tests::WindowSession(QString::fromLocal8Bit(folder), [] {
        return std::make_shared<tests::SyntheticTrainer>(
            tests::SyntheticOptions { .batches = kBatches, .batchesPerSecond = 200 });
    }); // never unwound
    auto& controller = session->controller;
    new app::DisplayLoss([&controller, stops] {
        if (stops)
            controller.stopOutliving(); // a signal that comes before the waiting has begun is not lost
        controller.outliveWindow();
    });
    if (!session->click("startButton") || !QTest::qWaitFor([&] { return session->points() >= 2; }, 60'000))
        return 77;
    qWarning("The X11 connection broke (error %d). Did the X11 server die?", 1);
    std::exit(1);
}

} // namespace

class TestDisplayLoss : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theRunOutlivesIt_data()
    {
        QTest::addColumn<QString>("word");
        QTest::newRow("to its end") << "run";
        QTest::newRow("until it is stopped") << "stop";
    }
    void theRunOutlivesIt()
    {
        QFETCH(QString, word);
        const QTemporaryDir folder;
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), { word, folder.path() });
        QVERIFY(process.waitForFinished(90'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), app::kExitFailed);
        const storage::RunStore store((folder.path() + "/runs.db").toStdString());
        const auto run = store.runs().at(0);
        const auto points = static_cast<std::int64_t>(store.packed(run.run.id, "loss")->values.size());
        if (word == "run") {
            QCOMPARE(run.run.status, storage::RunStatus::Finished);
            QCOMPARE(points, std::int64_t(kBatches));
        } else {
            QCOMPARE(run.run.status, storage::RunStatus::Stopped);
            QVERIFY(points >= 2 && points < kBatches);
        }
        QCOMPARE(store.check(), std::string("ok"));
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && (std::strcmp(argv[1], "run") == 0 || std::strcmp(argv[1], "stop") == 0))
        return lose(argv[2], std::strcmp(argv[1], "stop") == 0);
    TestDisplayLoss test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_display_loss.moc"
