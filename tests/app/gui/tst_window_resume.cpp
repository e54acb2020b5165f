// SPDX-License-Identifier: GPL-3.0-or-later
// A run that was stopped goes on by a click on Watch, further by the dialog with another number of steps; one that a
// killed program left is offered at the next start. The real window over the real trainer.
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QTemporaryDir>

using namespace nabiz;

class TestWindowResume : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }

    void goesOnByAClick()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath("runs.db").toStdString();
        tests::WindowSession session(folder.path());
        QVERIFY(session.set("model.d_model", "32"));
        QVERIFY(session.set("model.n_layers", "1"));
        QVERIFY(session.set("training.max_steps", "400"));
        QVERIFY(session.click("startButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session.points() >= 5, 90'000);
        QVERIFY(!session.button("resumeRunButton")->isVisible());
        QVERIFY(session.click("stopButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Stopped), 20'000);
        QVERIFY(session.click("resumeRunButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 90'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.points(), std::size_t(400), 20'000);
        QCOMPARE(session.catalog.runs().size(), std::size_t(1));
        QVERIFY(!session.button("resumeRunButton")->isVisible());
        QCOMPARE(storage::RunStore(file).segments(1).size(), std::size_t(2));

        auto* with = session.window.findChild<QAction*>("resumeWithAction");
        QVERIFY(with->isVisible());
        with->trigger();
        auto* dialog = session.window.findChild<QDialog*>("resumeDialog");
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->findChild<QLineEdit*>("param_model.d_model_edit"));
        auto* steps = dialog->findChild<QLineEdit*>("param_training.max_steps_edit");
        QVERIFY(steps);
        steps->selectAll();
        QTest::keyClicks(steps, "450");
        QTest::keyClick(steps, Qt::Key_Tab);
        QTest::mouseClick(session.button("resumeWithButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(session.points(), std::size_t(450), 90'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 20'000);
        const auto events = storage::RunStore(file).events(1);
        QVERIFY(std::ranges::find(events, "change", &storage::Event::kind) != events.end());
    }

    void isRefusedByASentence()
    {
        QTemporaryDir folder;
        tests::WindowSession session(folder.path());
        QVERIFY(session.set("training.max_steps", "2"));
        QVERIFY(session.click("startButton"));
        QTRY_COMPARE_WITH_TIMEOUT(session.status(), std::optional(storage::RunStatus::Finished), 90'000);
        session.window.findChild<QAction*>("resumeWithAction")->trigger();
        QVERIFY(session.click("resumeWithButton")); // with nothing changed
        const auto* said = session.window.findChild<QLabel*>("noticeLabel");
        QVERIFY(said);
        QTRY_VERIFY_WITH_TIMEOUT(said->text().contains("training.max_steps=4"), 20'000);
        QCOMPARE(session.status(), std::optional(storage::RunStatus::Finished));
    }
};

QTEST_MAIN(TestWindowResume)
#include "tst_window_resume.moc"
