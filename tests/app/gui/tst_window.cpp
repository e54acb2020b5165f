// SPDX-License-Identifier: GPL-3.0-or-later
// The real window over the real run commands and recorder, driven by clicks and keys; only the trainer is synthetic.
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;

namespace {

// One start of the program over a trainer that only sends a wave.
struct Session : tests::WindowSession {
    Session(const QString& folder, tests::SyntheticOptions options)
        : Session(folder, std::make_shared<tests::SyntheticTrainer>(std::move(options)))
    {
    }
    Session(const QString& folder, std::shared_ptr<tests::SyntheticTrainer> synthetic)
        : WindowSession(folder, [synthetic] { return synthetic; })
        , trainer(std::move(synthetic))
    {
    }

    std::shared_ptr<tests::SyntheticTrainer> trainer;
};

} // namespace

class TestWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void startWatchStopReopen();
    void pauseAndResume();
    void failureIsANotice();
    void closingAsksAndStops();
};

void TestWindow::startWatchStopReopen()
{
    QTemporaryDir folder;
    std::size_t kept = 0;
    {
        Session session(folder.path(), { .batches = 1'000'000, .batchesPerSecond = 500 });
        QCOMPARE(session.window.pages().page(), ui::Page::Configure);
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.window.pages().page(), ui::Page::Watch, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Running), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.points() > 50, 20'000);
        const auto before = session.points();
        QTRY_VERIFY_WITH_TIMEOUT(session.points() > before, 20'000);
        QVERIFY(session.click("stopButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Stopped), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.points(), std::size_t(session.trainer->sent()), 20'000);
        kept = session.points();
        session.window.close();
    }
    const storage::RunStore store(folder.filePath("runs.db").toStdString());
    const auto runs = store.runs();
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(runs[0].run.status, storage::RunStatus::Stopped);
    QCOMPARE(runs[0].summary.batches, std::int64_t(kept));
    QVERIFY(!runs[0].run.command.empty() && !runs[0].run.presetText.empty());

    Session again(folder.path(), tests::SyntheticOptions {});
    QCOMPARE(again.window.pages().page(), ui::Page::Watch);
    QTRY_COMPARE_WITH_TIMEOUT(again.points(), kept, 20'000);
    QCOMPARE(again.catalog.runs().front().run.name, runs[0].run.name);
}

void TestWindow::pauseAndResume()
{
    QTemporaryDir folder;
    Session session(folder.path(), { .batches = 1'000'000, .batchesPerSecond = 500 });
    QVERIFY(session.click("startButton"));
    QVERIFY(session.click("pauseButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Paused), 20'000);
    const auto sent = session.trainer->sent();
    QVERIFY(session.click("resumeButton"));
    QTRY_VERIFY_WITH_TIMEOUT(session.trainer->sent() > sent, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Running), 20'000);
}

void TestWindow::failureIsANotice()
{
    QTemporaryDir folder;
    Session session(folder.path(), { .batches = 100, .beforeBatch = [](std::int64_t batch) {
                                        if (batch == 10)
                                            throw trainer::TrainError(trainer::TrainErrorKind::Data,
                                                trainer::message("The file %1 is empty.", "metin.txt"));
                                    } });
    QVERIFY(session.click("startButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Failed), 20'000);
    auto* notice = session.window.findChild<QLabel*>("noticeLabel");
    QVERIFY(notice);
    QTRY_VERIFY_WITH_TIMEOUT(notice->text().contains("metin.txt"), 20'000);
    QVERIFY(notice->isVisible());
}

void TestWindow::closingAsksAndStops()
{
    QTemporaryDir folder;
    Session session(folder.path(), { .batches = 1'000'000, .batchesPerSecond = 500 });
    QVERIFY(session.click("startButton"));
    QTRY_VERIFY_WITH_TIMEOUT(session.points() > 10, 20'000);
    session.window.close();
    QVERIFY(session.window.isVisible());
    QVERIFY(session.click("stopAndSaveButton"));
    QTRY_VERIFY_WITH_TIMEOUT(!session.window.isVisible(), 20'000);
    const storage::RunStore store(folder.filePath("runs.db").toStdString());
    QCOMPARE(store.runs().front().run.status, storage::RunStatus::Stopped);
    QCOMPARE(store.runs().front().summary.batches, session.trainer->sent());
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
