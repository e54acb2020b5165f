// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a whole: its controls derive from the run's status, closing asks, and every text changes with the
// language.
#include "tests/ui/charts/sample_runs.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/scatter_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/status_line.h"
#include "ui/window/main_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"
#include "ui/window/window_notices.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;
using storage::RunStatus;

namespace {

// Marks every text, so that one that is not translated is seen.
class MarkingTranslator : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override
    {
        return u'«' + QString::fromUtf8(source) + u'»';
    }
};

storage::RunOverview makeRun(int id, RunStatus status)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = "quick-" + std::to_string(id);
    overview.run.status = status;
    overview.run.plannedBatches = 750;
    overview.summary.batches = 412;
    overview.summary.lastLoss = 1.58;
    return overview;
}

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    RunCatalog catalog;
    MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };

    Fixture() { window.show(); }
    bool shown(const char* name)
    {
        auto* button = window.findChild<QPushButton*>(QLatin1String(name));
        return button && button->isVisibleTo(&window);
    }
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void controlsDeriveFromTheStatus_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("pause");
        QTest::addColumn<bool>("resume");
        QTest::addColumn<bool>("stop");
        QTest::newRow("queued") << int(RunStatus::Queued) << false << false << true;
        QTest::newRow("preparing") << int(RunStatus::Preparing) << false << false << true;
        QTest::newRow("running") << int(RunStatus::Running) << true << false << true;
        QTest::newRow("paused") << int(RunStatus::Paused) << false << true << true;
        QTest::newRow("stopping") << int(RunStatus::Stopping) << false << false << true;
        QTest::newRow("finished") << int(RunStatus::Finished) << false << false << false;
        QTest::newRow("failed") << int(RunStatus::Failed) << false << false << false;
    }
    void controlsDeriveFromTheStatus()
    {
        QFETCH(int, status);
        Fixture f;
        f.catalog.setRuns({ makeRun(1, static_cast<RunStatus>(status)) });
        f.window.setActiveRun(1);
        QTEST(f.shown("pauseButton"), "pause");
        QTEST(f.shown("resumeButton"), "resume");
        QTEST(f.shown("stopButton"), "stop");
        QCOMPARE(f.shown("checkpointButton"), f.shown("pauseButton") || f.shown("resumeButton"));
        QCOMPARE(f.window.findChild<QAction*>("pauseAction")->isEnabled(), f.shown("pauseButton"));
    }

    // From Compare: two more seeds of each run are started from what the runs stored; keys that are ignored are told,
    // and given back; the run table's filter is the scatter's; a point leads to its run.
    void compareAsks()
    {
        Fixture f;
        const trainer::Preset quick = f.presets.load("quick");
        std::vector<storage::RunDetail> details;
        for (int id = 2; id >= 1; --id) {
            storage::RunDetail detail = testing::sampleRun(id, "run " + std::to_string(id), 200, 1.0 + id);
            detail.overview.run.preset = "quick";
            detail.overview.run.seed = 1;
            detail.parameters.clear();
            for (const trainer::Parameter& row : trainer::parameterTable()) {
                const std::string rate = std::to_string(id) + "e-3",
                                  usual = trainer::toYaml(quick.config.value(row.key));
                const std::string value = row.key == "training.learning_rate" ? rate : usual;
                detail.parameters.push_back({ std::string(row.key), value, value });
            }
            details.push_back(std::move(detail));
        }
        f.catalog.setRuns({ details[0].overview, details[1].overview });
        storage::ParameterTable table;
        table.keys = { "training.learning_rate" };
        table.texts = { "", "1e-3", "2e-3" };
        table.runs = { { 1, { 1 } }, { 2, { 2 } } };
        f.catalog.putParameters(table);
        for (const storage::RunDetail& detail : details)
            f.catalog.setDetail(detail);
        f.window.selection().select({ 1, 2 });
        f.window.showPage(Page::Compare);

        QSignalSpy started(&f.window, &MainWindow::startRequested);
        QTest::mouseClick(f.window.findChild<QPushButton*>("seedsButton"), Qt::LeftButton);
        QCOMPARE(started.count(), 4);
        const auto request = started[3][0].value<StartRequest>();
        QCOMPARE(request.parent, std::optional<storage::RunId>(2));
        QCOMPARE(request.config.integer("training.seed"), std::int64_t(3));
        QCOMPARE(request.config.real("training.learning_rate"), 2e-3);
        QVERIFY(request.queue && request.repeat);

        QSignalSpy ignored(f.window.pages().find<ComparePage>(), &ComparePage::ignoredKeysChanged);
        f.window.pages().find<ComparePage>()->setIgnoredKeys({ "training.learning_rate" });
        QCOMPARE(ignored.last()[0].toStringList(), QStringList { "training.learning_rate" });

        QTest::mouseClick(f.window.findChild<QPushButton*>("scatterTab"), Qt::LeftButton);
        auto* scatter = f.window.findChild<ScatterView*>("scatterView");
        QTRY_COMPARE(scatter->data().points.size(), std::size_t(2));
        QTest::mouseClick(scatter, Qt::LeftButton, {}, scatter->positionOf(1).toPoint());
        QCOMPARE(scatter->currentRun(), storage::RunId(2));
        auto* filter = f.window.findChild<QLineEdit*>("runsFilterEdit");
        filter->setText("learning_rate = 1e-3");
        QTRY_COMPARE(scatter->data().points.size(), std::size_t(1));
        QCOMPARE(scatter->data().points[0].run, storage::RunId(1));
    }

    void buttonsAndKeysAsk()
    {
        Fixture f;
        f.catalog.setRuns({ makeRun(1, RunStatus::Running) });
        f.window.setActiveRun(1);
        QList<RunOrder> given;
        connect(&f.window, &MainWindow::orderGiven, &f.window, [&](RunOrder order) { given << order; });
        QTest::mouseClick(f.window.findChild<QPushButton*>("pauseButton"), Qt::LeftButton);
        QTest::mouseClick(f.window.findChild<QPushButton*>("stopButton"), Qt::LeftButton);
        QCOMPARE(given, (QList { RunOrder::Pause, RunOrder::Stop }));
        f.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QTest::keyClick(&f.window, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClick(&f.window, Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(given.mid(2), (QList { RunOrder::Checkpoint, RunOrder::Pause }));
        QTest::keyClick(&f.window, Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(f.window.pages().page(), Page::Report);
    }

    void aStartedRunComesForward()
    {
        Fixture f;
        QSignalSpy started(&f.window, &MainWindow::startRequested);
        QTest::mouseClick(f.window.findChild<QPushButton*>("startButton"), Qt::LeftButton);
        QCOMPARE(started.count(), 1);
        f.catalog.putRun(makeRun(1, RunStatus::Preparing));
        f.window.setActiveRun(1);
        QCOMPARE(f.window.pages().page(), Page::Watch);
        f.catalog.putRun(makeRun(1, RunStatus::Running));
        QCOMPARE(f.window.windowTitle(), QStringLiteral("412/750 · 1.58 – Nabız"));
        QVERIFY(f.shown("pauseButton"));
        f.catalog.putRun(makeRun(1, RunStatus::Finished));
        f.window.setActiveRun(0);
        QCOMPARE(f.window.windowTitle(), QStringLiteral("Nabız"));
        QVERIFY(!f.shown("stopButton"));
    }

    void closingAsksWhileARunIsLive()
    {
        Fixture f;
        f.catalog.setRuns({ makeRun(1, RunStatus::Running) });
        f.window.setActiveRun(1);
        QSignalSpy stop(&f.window, &MainWindow::stopAndCloseRequested);
        const auto answer = [&f](const char* button) {
            f.window.close();
            auto* dialog = f.window.findChild<CloseDialog*>();
            QVERIFY(dialog);
            QTest::mouseClick(dialog->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
            QTRY_VERIFY(!f.window.findChild<CloseDialog*>());
        };
        answer("cancelButton");
        QVERIFY(f.window.isVisible());
        QCOMPARE(stop.count(), 0);
        answer("keepRunningButton");
        QVERIFY(f.window.isMinimized());
        QCOMPARE(stop.count(), 0);
        answer("stopAndSaveButton");
        QCOMPARE(stop.count(), 1);
        f.catalog.putRun(makeRun(1, RunStatus::Stopped));
        QVERIFY(f.window.close());
        QVERIFY(!f.window.isVisible());
    }

    // Nobody has answered: the question is moot, and what the run came to can be looked at.
    void theQuestionGoesWithItsRun()
    {
        Fixture f;
        f.catalog.setRuns({ makeRun(1, RunStatus::Running) });
        f.window.setActiveRun(1);
        f.window.close();
        QVERIFY(f.window.findChild<CloseDialog*>());
        f.catalog.putRun(makeRun(1, RunStatus::Stopping));
        QVERIFY(f.window.findChild<CloseDialog*>()->isVisible());
        f.catalog.putRun(makeRun(1, RunStatus::Finished));
        QTRY_VERIFY(!f.window.findChild<CloseDialog*>());
        QVERIFY(f.window.isVisible());
        QVERIFY(f.window.close());
    }

    void theLanguageChangesEveryText()
    {
        Fixture f;
        f.catalog.setRuns({ makeRun(1, RunStatus::Running) });
        f.window.setActiveRun(1);
        MarkingTranslator translator;
        QCoreApplication::installTranslator(&translator);
        QTRY_VERIFY(f.window.findChild<QPushButton*>("startButton")->text().startsWith(u'«'));
        for (const char* tab : { "configureTab", "watchTab", "compareTab", "reportTab", "pauseButton", "stopButton",
                 "checkpointButton", "saveReportButton", "copyMarkdownButton", "formToggle", "copyCommandButton" }) {
            const auto* button = f.window.findChild<QPushButton*>(QLatin1String(tab));
            QVERIFY2(button && button->text().startsWith(u'«'), tab);
        }
        for (const char* edit : { "runFilterEdit", "searchEdit", "whyEdit" })
            QVERIFY2(f.window.findChild<QLineEdit*>(QLatin1String(edit))->placeholderText().startsWith(u'«'), edit);
        QVERIFY(f.window.findChild<QAction*>("quitAction")->text().startsWith(u'«'));
        QVERIFY(f.window.findChild<QLabel*>("statusLossLabel")->text().startsWith(u'«'));
        QVERIFY(f.window.findChild<QLineEdit*>("param_training.seed_edit")->accessibleName().startsWith(u'«'));
        QCoreApplication::removeTranslator(&translator);
        QTRY_COMPARE(f.window.findChild<QPushButton*>("startButton")->text(), QStringLiteral("&Start"));
    }

    void aNoticeIsSaidInPlace()
    {
        Fixture f;
        auto* strip = f.window.findChild<QWidget*>("noticeStrip");
        QVERIFY(!strip->isVisibleTo(&f.window));
        f.window.notices().show(QStringLiteral("The disk is full."), true);
        QVERIFY(strip->isVisibleTo(&f.window));
        f.window.notices().show({}, false);
        QVERIFY(!strip->isVisibleTo(&f.window));
    }

    void timeLeftWaitsUntilItIsSteady()
    {
        ProgressRate rate;
        for (int i = 0; i <= 10; ++i)
            rate.add(i * 0.25, i * 10);
        QCOMPARE(rate.batchesPerSecond().value_or(0), 40.0);
        QVERIFY(!rate.secondsLeft(100, 500)); // not three seconds yet
        for (int i = 11; i <= 20; ++i)
            rate.add(i * 0.25, i * 10);
        QCOMPARE(rate.secondsLeft(200, 600).value_or(0), 10.0);
        rate.add(9, 201); // an evaluation between: it is not taken away again
        QVERIFY(rate.secondsLeft(201, 600));
        for (int i = 0; i <= 400; ++i)
            rate.add(10 + i * 0.25, 210 + i * 5);
        QCOMPARE(std::lround(rate.seconds()), 30L); // what the rate is the mean of
        QCOMPARE(rate.batchesPerSecond().value_or(0), 20.0);
        rate.clear();
        QVERIFY(!rate.secondsLeft(201, 600));
    }

    // The record is read again and again while a run goes on: its figures stay.
    void aLookAtTheRecordClearsNothing()
    {
        Fixture f;
        storage::RunDetail detail = testing::sampleRun(1, "quick", 20, 1.5);
        detail.overview.run.status = RunStatus::Running;
        detail.overview.run.plannedBatches = 100;
        f.catalog.setRuns({ detail.overview });
        f.window.setActiveRun(1);
        f.catalog.putRun(detail.overview);
        auto* saved = f.window.findChild<QLabel*>("statusSavedLabel");
        QVERIFY(saved->isVisibleTo(&f.window));
        f.window.setActiveRun(1);
        QVERIFY(saved->isVisibleTo(&f.window));
        f.window.setActiveRun(0);
        QVERIFY(!saved->isVisibleTo(&f.window));
    }

    void menuMarksTheChoicesAndOpensARecentDatabase()
    {
        Fixture fixture;
        fixture.window.menu().setChoices(QStringLiteral("tr"), 2);
        const auto isMarked = [&](const char* name) { return fixture.window.findChild<QAction*>(name)->isChecked(); };
        QVERIFY(isMarked("language_tr_action") && !isMarked("language_en_action") && !isMarked("language__action"));
        QVERIFY(isMarked("theme_2_action") && !isMarked("theme_0_action"));
        QFile there(fixture.folder.filePath("there & here.db"));
        QVERIFY(there.open(QIODevice::WriteOnly));
        auto* const recent = fixture.window.findChild<QMenu*>("recentMenu");
        QVERIFY(!recent->menuAction()->isVisible());
        fixture.window.menu().setRecent({ there.fileName(), fixture.folder.filePath("gone.db") });
        QVERIFY(recent->menuAction()->isVisible());
        QCOMPARE(recent->actions().size(), 2);
        QVERIFY(recent->actions()[0]->isEnabled() && !recent->actions()[1]->isEnabled());
        QSignalSpy opened(&fixture.window, &MainWindow::openDatabaseRequested);
        recent->actions()[0]->trigger();
        QTRY_COMPARE(opened.value(0).value(0).toString(), there.fileName()); // when the menu is done with the click
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
