// SPDX-License-Identifier: GPL-3.0-or-later
// Close and reopen: all of it is where it was. The real window, driven by clicks and keys, closed and made anew.
#include "tests/app/gui/runs_session.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QComboBox>
#include <QListView>
#include <QPlainTextEdit>
#include <QScreen>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;

namespace {

struct Session : tests::RunsSession {
    using RunsSession::RunsSession;

    QWidget* page(const char* name) const { return window.findChild<QWidget*>(QLatin1String(name)); }
    template <typename Widget> Widget* in(ui::Page page, const char* name) const
    {
        auto* pages = window.findChild<QStackedWidget*>("pages");
        return pages->widget(int(page))->findChild<Widget*>(QLatin1String(name));
    }
    bool toggle(ui::Page page, const char* name) const
    {
        auto* button = in<QAbstractButton>(page, name);
        if (!button || !button->isVisible())
            return false;
        const bool before = button->isChecked();
        QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
        return button->isChecked() != before;
    }
    bool isOn(ui::Page page, const char* name) const { return in<QAbstractButton>(page, name)->isChecked(); }
    // Goes down by `steps` entries with the keyboard.
    QString down(ui::Page page, const char* name, int steps = 1) const
    {
        auto* box = in<QComboBox>(page, name);
        box->setFocus();
        for (int i = 0; i < steps; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        return box->currentText();
    }
    QString value(const char* key) const
    {
        return window.findChild<QLineEdit*>(QStringLiteral("param_%1_edit").arg(QLatin1String(key)))->text();
    }
    QString preset() const { return window.findChild<QComboBox*>("presetBox")->currentText(); }
    bool loaded(std::size_t runs)
    {
        return QTest::qWaitFor([&] { return catalog.runs().size() == runs; }, 20'000);
    }
    QList<qint64> checked() const
    {
        QList<qint64> runs;
        for (const QJsonValue& run : window.selection().state().value("checked").toArray())
            runs.append(run.toInteger());
        return runs;
    }
};

QByteArray storedPage(const QString& folder, const char* page)
{
    return app::Settings(folder + "/settings.conf").page(page);
}

} // namespace

class TestWindowKept : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void draftsAreKept();
    void draftsAreKeptBeforeTheWindowIsClosed();
    void aDraftOfARunIsKept();
    void aRunOfAnotherDatabaseIsNoParent();
    void selectionIsKeptByDatabase();
    void chartsAndFoldsAreKept();
    void compareAndReportAreKept();
    void runsFilterIsKept();
    void firstWindowFitsTheScreen();
    void placeIsKept_data();
    void placeIsKept();
};

void TestWindowKept::draftsAreKept()
{
    QTemporaryDir folder;
    {
        Session session(folder.path());
        QVERIFY(session.set("training.learning_rate", "7e-4"));
        QCOMPARE(session.preset(), QStringLiteral("quick-2"));
        // Another preset, changed too; the first draft waits in the list.
        auto* box = session.window.findChild<QComboBox*>("presetBox");
        box->setCurrentIndex(box->findText("t4"));
        Q_EMIT box->activated(box->currentIndex());
        QVERIFY(session.set("training.max_steps", "123"));
        QCOMPARE(session.preset(), QStringLiteral("t4-2"));
        for (const auto& [field, text] :
            { std::pair("nameEdit", "night run"), std::pair("whyEdit", "is it the rate?") }) {
            auto* edit = session.in<QLineEdit>(ui::Page::Configure, field);
            edit->setFocus();
            edit->selectAll();
            QTest::keyClicks(edit, QString::fromUtf8(text));
        }
        QVERIFY(session.click("yamlToggle"));
        session.window.close();
    }
    Session session(folder.path());
    QCOMPARE(session.preset(), QStringLiteral("t4-2"));
    QCOMPARE(session.value("training.max_steps"), QStringLiteral("123"));
    QCOMPARE(session.in<QLineEdit>(ui::Page::Configure, "nameEdit")->text(), QStringLiteral("night run"));
    QCOMPARE(session.in<QLineEdit>(ui::Page::Configure, "whyEdit")->text(), QStringLiteral("is it the rate?"));
    QVERIFY(session.window.findChild<QPlainTextEdit*>("yamlEdit")->isVisible());
    QVERIFY(session.button("savePresetButton")->isVisible());
    auto* box = session.window.findChild<QComboBox*>("presetBox");
    QVERIFY(box->findText("quick-2") >= 0);
    box->setCurrentIndex(box->findText("quick-2"));
    Q_EMIT box->activated(box->currentIndex());
    QCOMPARE(session.value("training.learning_rate"), QStringLiteral("7e-4"));
    // Nothing was written that nobody saved.
    QVERIFY(session.click("discardButton"));
    QCOMPARE(session.preset(), QStringLiteral("quick"));
}

void TestWindowKept::draftsAreKeptBeforeTheWindowIsClosed()
{
    QTemporaryDir folder;
    Session session(folder.path());
    QVERIFY(session.set("training.learning_rate", "7e-4"));
    QTRY_VERIFY(storedPage(folder.path(), "configure").contains("7e-4")); // a killed program has it
}

void TestWindowKept::aDraftOfARunIsKept()
{
    tests::ThreeRuns runs;
    {
        Session session(runs.folder.path());
        QVERIFY(session.loaded(3));
        session.window.pages().find<ui::ConfigurePage>()->editAsNew(runs.runs[0]);
        QTRY_COMPARE(session.preset(), QStringLiteral("alpha-2"));
        QVERIFY(session.set("training.learning_rate", "7e-4"));
        session.window.close();
    }
    Session session(runs.folder.path());
    QVERIFY(session.loaded(3));
    QCOMPARE(session.preset(), QStringLiteral("alpha-2"));
    QVERIFY(session.in<ui::ElidedLabel>(ui::Page::Configure, "presetStateLabel")->fullText().contains("alpha"));
    QCOMPARE(session.value("training.learning_rate"), QStringLiteral("7e-4"));
    std::optional<storage::RunId> parent;
    connect(&session.window, &ui::MainWindow::startRequested, this,
        [&](const ui::StartRequest& request) { parent = request.parent; });
    session.window.findChild<QAction*>("startAction")->trigger();
    QTRY_COMPARE(parent, std::optional(runs.runs[0]));
}

void TestWindowKept::aRunOfAnotherDatabaseIsNoParent()
{
    tests::ThreeRuns runs;
    Session session(runs.folder.path());
    QVERIFY(session.loaded(3));
    session.window.pages().find<ui::ConfigurePage>()->editAsNew(runs.runs[0]);
    QTRY_COMPARE(session.preset(), QStringLiteral("alpha-2"));
    session.controller.openDatabase(runs.folder.filePath("other.db"));
    QVERIFY(session.loaded(0));
    std::optional<ui::StartRequest> asked;
    connect(&session.window, &ui::MainWindow::startRequested, this,
        [&](const ui::StartRequest& request) { asked = request; });
    session.window.findChild<QAction*>("startAction")->trigger();
    QTRY_VERIFY(asked);
    QVERIFY(!asked->parent);
}

void TestWindowKept::selectionIsKeptByDatabase()
{
    tests::ThreeRuns runs;
    const QString other = runs.folder.filePath("other.db");
    {
        storage::Recorder(other.toStdString()).addRun({ .name = "lonely", .status = storage::RunStatus::Finished }, {});
    }
    {
        Session session(runs.folder.path());
        QVERIFY(session.loaded(3));
        session.window.selection().select({ runs.runs[0], runs.runs[1] });
        session.controller.openDatabase(other);
        QVERIFY(session.loaded(1));
        QTRY_COMPARE(session.checked(), QList<qint64> { 1 }); // not what had these numbers elsewhere
        session.controller.openDatabase(runs.folder.filePath("runs.db"));
        QVERIFY(session.loaded(3));
        QTRY_COMPARE(session.checked(), (QList<qint64> { runs.runs[1], runs.runs[0] }));
        session.window.close();
    }
    Session session(runs.folder.path());
    QVERIFY(session.loaded(3));
    QTRY_COMPARE(session.checked(), (QList<qint64> { runs.runs[1], runs.runs[0] }));
    QCOMPARE(session.window.selection().state().value("current").toInteger(), runs.runs[0]);
}

void TestWindowKept::chartsAndFoldsAreKept()
{
    constexpr auto kWatch = ui::Page::Watch;
    tests::ThreeRuns runs;
    QString unit, smoothing;
    {
        Session session(runs.folder.path());
        QVERIFY(session.loaded(3));
        QVERIFY(session.click("watchTab"));
        QVERIFY(session.toggle(kWatch, "logButton"));
        QVERIFY(session.toggle(kWatch, "factsButton"));
        QTRY_VERIFY(session.in<QComboBox>(kWatch, "xUnitBox")->count() > 1);
        unit = session.down(kWatch, "xUnitBox");
        smoothing = session.down(kWatch, "smoothingBox", 2);
        session.in<QAction>(kWatch, "rateAction")->trigger();
        session.window.close();
    }
    Session session(runs.folder.path());
    QCOMPARE(session.window.pages().page(), kWatch);
    QVERIFY(session.loaded(3));
    QVERIFY(!session.isOn(kWatch, "logButton"));
    QVERIFY(session.isOn(kWatch, "factsButton"));
    QVERIFY(session.in<QAction>(kWatch, "rateAction")->isChecked());
    QTRY_COMPARE(session.in<QComboBox>(kWatch, "xUnitBox")->currentText(), unit);
    QCOMPARE(session.in<QComboBox>(kWatch, "smoothingBox")->currentText(), smoothing);
}

void TestWindowKept::compareAndReportAreKept()
{
    constexpr auto kCompare = ui::Page::Compare;
    tests::ThreeRuns runs;
    QString baseline, unit;
    {
        Session session(runs.folder.path());
        QVERIFY(session.loaded(3));
        session.window.selection().select({ runs.runs[0], runs.runs[1], runs.runs[2] });
        QVERIFY(session.click("compareTab"));
        QTRY_VERIFY(session.in<QComboBox>(kCompare, "xUnitBox")->count() > 1);
        const QString before = session.in<QComboBox>(kCompare, "baselineBox")->currentText();
        auto* box = session.in<QComboBox>(kCompare, "baselineBox");
        box->setFocus();
        QTest::keyClick(box, box->currentIndex() > 0 ? Qt::Key_Up : Qt::Key_Down);
        baseline = box->currentText();
        QVERIFY(baseline != before);
        unit = session.down(kCompare, "xUnitBox");
        QVERIFY(session.toggle(kCompare, "logButton"));
        QVERIFY(session.toggle(kCompare, "allSettingsButton"));
        QVERIFY(session.toggle(kCompare, "scatterTab"));
        QVERIFY(session.toggle(kCompare, "scatterTableButton"));
        session.down(kCompare, "scatterFigureBox");
        QVERIFY(session.click("reportTab"));
        QVERIFY(session.toggle(ui::Page::Report, "section_samples_box"));
        session.window.close();
    }
    Session session(runs.folder.path());
    QCOMPARE(session.window.pages().page(), ui::Page::Report);
    QVERIFY(session.loaded(3));
    QVERIFY(!session.isOn(ui::Page::Report, "section_samples_box"));
    QVERIFY(session.isOn(ui::Page::Report, "section_results_box"));
    QVERIFY(session.click("compareTab"));
    QTRY_COMPARE(session.in<QComboBox>(kCompare, "baselineBox")->currentText(), baseline);
    QTRY_COMPARE(session.in<QComboBox>(kCompare, "xUnitBox")->currentText(), unit);
    QVERIFY(!session.isOn(kCompare, "logButton"));
    QVERIFY(session.isOn(kCompare, "allSettingsButton"));
    QVERIFY(session.isOn(kCompare, "scatterTab"));
    QVERIFY(session.in<QWidget>(kCompare, "scatterTableButton")->isVisible());
    QVERIFY(session.isOn(kCompare, "scatterTableButton"));
    QCOMPARE(session.in<QComboBox>(kCompare, "scatterFigureBox")->currentIndex(), 1);
}

void TestWindowKept::runsFilterIsKept()
{
    tests::ThreeRuns runs;
    {
        Session session(runs.folder.path());
        QVERIFY(session.open(3));
        QVERIFY(session.type("runsFilterEdit", "beta"));
        QTRY_COMPARE(session.names(), QStringList { "beta" });
        session.window.close();
    }
    Session session(runs.folder.path());
    QVERIFY(session.open(3));
    QTRY_COMPARE(session.names(), QStringList { "beta" });
}

void TestWindowKept::firstWindowFitsTheScreen()
{
    QTemporaryDir folder;
    Session session(folder.path());
    const QRect room = session.window.screen()->availableGeometry();
    QVERIFY2(room.size().expandedTo(session.window.frameGeometry().size()) == room.size(),
        qPrintable(QStringLiteral("%1 × %2").arg(session.window.width()).arg(session.window.height())));
}

void TestWindowKept::placeIsKept_data()
{
    QTest::addColumn<QRect>("before");
    QTest::addColumn<bool>("isSame");
    const QRect room = QGuiApplication::primaryScreen()->availableGeometry();
    QTest::newRow("inside") << QRect(room.topLeft() + QPoint(6, 36), room.size() - QSize(14, 100)) << true;
    QTest::newRow("on a screen that is gone") << QRect(room.topRight() + QPoint(500, 40), QSize(700, 600)) << false;
    QTest::newRow("of a larger screen") << QRect(QPoint(0, 0), room.size() * 2) << false;
}

void TestWindowKept::placeIsKept()
{
    QFETCH(QRect, before);
    QFETCH(bool, isSame);
    QTemporaryDir folder;
    {
        Session session(folder.path());
        session.window.setGeometry(before);
        QTRY_COMPARE(session.window.geometry().topLeft(), before.topLeft());
        before = session.window.geometry();
        session.window.close();
    }
    Session session(folder.path());
    const QRect after = session.window.geometry();
    if (isSame)
        QCOMPARE(after, before);
    const QRect room = session.window.screen()->availableGeometry();
    QVERIFY2(room.contains(after),
        qPrintable(
            QStringLiteral("%1,%2 %3 × %4").arg(after.x()).arg(after.y()).arg(after.width()).arg(after.height())));
}

QTEST_MAIN(TestWindowKept)
#include "tst_window_kept.moc"
