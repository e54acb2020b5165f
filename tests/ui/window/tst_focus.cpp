// SPDX-License-Identifier: GPL-3.0-or-later
// What has the focus when controls come and go with the state of a run, and that no stray key ends one.
#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus_keeper.h"
#include "ui/window/main_window.h"
#include "ui/window/top_bar.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <QVBoxLayout>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;
using storage::RunStatus;

namespace {

storage::RunOverview makeRun(RunStatus status, qint64 age)
{
    storage::RunOverview overview;
    overview.run.id = 1;
    overview.run.name = "quick";
    overview.run.status = status;
    overview.run.started = QDateTime::currentMSecsSinceEpoch() - age;
    return overview;
}

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    RunCatalog catalog;
    MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };
    QList<RunOrder> given;
    storage::RunOverview run = makeRun(RunStatus::Running, 120'000);

    Fixture()
    {
        QObject::connect(&window, &MainWindow::orderGiven, &window, [this](RunOrder order) { given << order; });
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no active window");
        storage::RunDetail detail;
        detail.overview = run;
        catalog.setRuns({ run });
        catalog.requireDetail(1);
        catalog.setDetail(detail);
        window.setActiveRun(1);
    }
    void become(RunStatus status)
    {
        run.run.status = status;
        catalog.putRun(run);
    }
    QPushButton* button(const char* name) { return window.findChild<QPushButton*>(QLatin1String(name)); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
};

} // namespace

class TestFocus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void pauseAndResumeHandItOver()
    {
        Fixture f;
        f.button("pauseButton")->setFocus();
        f.press(Qt::Key_Space);
        QCOMPARE(f.given, QList { RunOrder::Pause });
        f.become(RunStatus::Paused);
        QCOMPARE(QApplication::focusWidget(), f.button("resumeButton"));
        f.press(Qt::Key_Space);
        QCOMPARE(f.given, (QList { RunOrder::Pause, RunOrder::Resume }));
        f.become(RunStatus::Running);
        QCOMPARE(QApplication::focusWidget(), f.button("pauseButton"));
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(0));
    }

    void theEndOfARunGivesItToNoButton_data()
    {
        QTest::addColumn<QString>("button");
        for (const char* name : { "pauseButton", "checkpointButton", "stopButton" })
            QTest::newRow(name) << QString(QLatin1String(name));
    }
    void theEndOfARunGivesItToNoButton()
    {
        QFETCH(QString, button);
        Fixture f;
        f.window.findChild<QPushButton*>(button)->setFocus();
        f.become(RunStatus::Finished);
        QVERIFY(QApplication::focusWidget());
        QVERIFY2(!qobject_cast<QAbstractButton*>(QApplication::focusWidget()),
            qPrintable(QApplication::focusWidget()->objectName()));
        // Nor does the next run's Stop get it.
        f.run.run.id = 2;
        f.become(RunStatus::Running);
        f.window.setActiveRun(2);
        f.press(Qt::Key_Space);
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(0));
    }

    // Any control that is taken away or switched off under the focus, and given back.
    void aControlThatGoesLeavesItInPlace()
    {
        QWidget window;
        auto* card = new QWidget(&window);
        auto* first = new QPushButton(card);
        auto* danger = new QPushButton(card);
        auto* layout = new QVBoxLayout(card);
        layout->addWidget(first);
        layout->addWidget(danger);
        (new QVBoxLayout(&window))->addWidget(card);
        new FocusKeeper(window);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QSignalSpy clicked(danger, &QPushButton::clicked);
        const auto check = [&](const std::function<void()>& take, const std::function<void()>& give) {
            first->setFocus();
            take();
            QCOMPARE(QApplication::focusWidget(), card);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
            give();
            QCOMPARE(QApplication::focusWidget(), first);
            take();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget(), danger); // asked for, it goes on from there
            give();
            QCOMPARE(QApplication::focusWidget(), danger);
        };
        check([&] { first->setEnabled(false); }, [&] { first->setEnabled(true); });
        check([&] { first->hide(); }, [&] { first->show(); });
        QCOMPARE(clicked.count(), 0);
    }

    void stoppingCanBeTakenBack_data()
    {
        QTest::addColumn<bool>("byShortcut");
        QTest::newRow("button") << false;
        QTest::newRow("Ctrl+.") << true;
    }
    void stoppingCanBeTakenBack()
    {
        QFETCH(bool, byShortcut);
        Fixture f;
        QPushButton* stop = f.button("stopButton");
        const QString plain = stop->text();
        stop->setFocus();
        const auto ask
            = [&] { byShortcut ? f.window.findChild<QAction*>("stopAction")->trigger() : f.press(Qt::Key_Space); };
        ask();
        QVERIFY(stop->text().contains(QStringLiteral("5")));
        QCOMPARE(QApplication::focusWidget(), stop);
        ask();
        QCOMPARE(stop->text(), plain);
        QTimer* timer = f.window.findChild<QTimer*>("stopTimer");
        QVERIFY(!timer->isActive());
        timer->setInterval(1);
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(0));
        ask();
        QTRY_COMPARE(f.given.count(RunOrder::Stop), qsizetype(1));
        QVERIFY(!timer->isActive() && stop->text() != plain);
        f.become(RunStatus::Stopping);
        QCOMPARE(QApplication::focusWidget(), stop);
        ask();
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(1));
    }

    void aDoubleClickTakesNothingBack()
    {
        Fixture f;
        QPushButton* stop = f.button("stopButton");
        QTest::mouseClick(stop, Qt::LeftButton);
        for (const QEvent::Type type : { QEvent::MouseButtonDblClick, QEvent::MouseButtonRelease }) {
            QMouseEvent event(
                type, QPointF(5, 5), stop->mapToGlobal(QPointF(5, 5)), Qt::LeftButton, Qt::LeftButton, {});
            QApplication::sendEvent(stop, &event);
        }
        QVERIFY(f.window.findChild<QTimer*>("stopTimer")->isActive());
    }

    void aRunThatEndsMeanwhileIsNotStoppedAgain()
    {
        Fixture f;
        QTest::mouseClick(f.button("stopButton"), Qt::LeftButton);
        f.become(RunStatus::Finished);
        QVERIFY(!f.window.findChild<QTimer*>("stopTimer")->isActive());
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(0));
    }

    void aYoungRunStopsAtOnce()
    {
        Fixture f;
        f.run.run.started = QDateTime::currentMSecsSinceEpoch() - 1000;
        f.become(RunStatus::Running);
        QTest::mouseClick(f.button("stopButton"), Qt::LeftButton);
        QCOMPARE(f.given.count(RunOrder::Stop), qsizetype(1));
    }

    // By button or key, before the run has done it.
    void whatIsAskedForIsSaidAtOnce()
    {
        Fixture f;
        const QString pause = f.button("pauseButton")->text(), checkpoint = f.button("checkpointButton")->text();
        f.window.findChild<QAction*>("pauseAction")->trigger();
        QVERIFY(f.button("pauseButton")->text() != pause);
        f.become(RunStatus::Paused);
        const QString resume = f.button("resumeButton")->text();
        QTest::mouseClick(f.button("resumeButton"), Qt::LeftButton);
        QVERIFY(f.button("resumeButton")->text() != resume);
        f.become(RunStatus::Running);
        QCOMPARE(f.button("pauseButton")->text(), pause);
        QTest::mouseClick(f.button("checkpointButton"), Qt::LeftButton);
        QVERIFY(f.button("checkpointButton")->text() != checkpoint);
        f.catalog.setCheckpoints(1, { { 20, "folder", 100 } });
        QCOMPARE(f.button("checkpointButton")->text(), checkpoint);
        QTest::mouseClick(f.button("checkpointButton"), Qt::LeftButton);
        storage::Event event;
        event.kind = "warning";
        event.text = "The checkpoint cannot be written.";
        f.catalog.appendEvent(1, event);
        QCOMPARE(f.button("checkpointButton")->text(), checkpoint);
    }
};

QTEST_MAIN(TestFocus)
#include "tst_focus.moc"
