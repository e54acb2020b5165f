// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page in the real window over a real database, by mouse and keys; what came of it is read from the database.
#include "tests/app/gui/runs_session.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QtTest>

using namespace nabiz;
using storage::RunField;
using Session = tests::RunsSession;

class TestRunsWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void init();
    void cleanup() { m_three.reset(); }
    void sortsAndFilters();
    void editsInPlace();
    void starsAndChecks();
    void columnsAreKept();
    void viewsAreNamedAndKept();
    void groupsByKeyboard();
    void copiesRows();
    void watchesAndClones();
    void theNameStaysInSight();
    void menus();
    void saysWhatIsMissing();

private:
    std::filesystem::path file() const { return m_three->file(); }
    storage::RunStore store() const { return m_three->store(); }
    QString folder() const { return m_three->folder.path(); }

    std::unique_ptr<tests::ThreeRuns> m_three;
    std::vector<storage::RunId> m_runs; // alpha, beta, gamma
};

void TestRunsWindow::init()
{
    m_three = std::make_unique<tests::ThreeRuns>();
    m_runs = m_three->runs;
}

void TestRunsWindow::sortsAndFilters()
{
    Session session(folder());
    QVERIFY(session.open(3));
    QCOMPARE(session.window.pages().page(), ui::Page::Runs);
    QCOMPARE(session.names(), QStringList({ "gamma", "beta", "alpha" }));
    session.clickHeader(RunField::Name);
    QCOMPARE(session.names(), QStringList({ "alpha", "beta", "gamma" }));
    session.clickHeader(RunField::Name);
    QCOMPARE(session.names(), QStringList({ "gamma", "beta", "alpha" }));
    session.clickHeader(RunField::Preset);
    session.clickHeader(RunField::Best, Qt::ShiftModifier);
    QCOMPARE(session.names(), QStringList({ "alpha", "gamma", "beta" }));
    QCOMPARE(session.model()->sorting().size(), std::size_t { 2 });
    session.clickHeader(RunField::Best, Qt::ShiftModifier);
    QCOMPARE(session.names(), QStringList({ "alpha", "beta", "gamma" }));

    auto* filter = session.window.findChild<QLineEdit*>("runsFilterEdit");
    QTest::keyClick(session.view(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, "best < 2.5 and batch_size >= 8");
    QTRY_COMPARE(session.names(), QStringList({ "beta", "gamma" }));
    QTRY_COMPARE(
        session.label("runsStateLabel"), QStringLiteral("2 of 3 runs · 1 in charts")); // the newest is looked at
    QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(filter, "bets < 2");
    QTRY_VERIFY2(session.label("runsStateLabel").contains("Character 1"), qPrintable(session.label("runsStateLabel")));
    QVERIFY(session.label("runsStateLabel").contains("best"));
    QCOMPARE(session.names(), QStringList({ "beta", "gamma" })); // the last good one
    QTest::keyClick(filter, Qt::Key_Escape); // closes the completions
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_COMPARE(session.names().size(), 3);

    // Names are completed.
    QTest::keyClicks(filter, "batch_si");
    auto* popup = session.window.findChild<QAbstractItemView*>("filterCompletions");
    QWidget* shown = QApplication::activePopupWidget();
    QVERIFY(shown && (!popup || shown == popup));
    QTest::keyClick(shown, Qt::Key_Down);
    QTest::keyClick(shown, Qt::Key_Return);
    QCOMPARE(filter->text().trimmed(), QStringLiteral("training.batch_size"));
}

void TestRunsWindow::editsInPlace()
{
    {
        Session session(folder());
        QVERIFY(session.open(3));
        session.clickRow(m_runs[1]);
        QTest::keyClick(session.view(), Qt::Key_F2);
        QVERIFY(session.edit(QStringLiteral("yeni ad")));
        QTRY_COMPARE_WITH_TIMEOUT(session.names()[1], QStringLiteral("yeni ad"), 10'000);
        session.doubleClick(m_runs[1], RunField::Tag);
        QVERIFY(session.edit(QStringLiteral("sweep, first")));
        QTRY_COMPARE_WITH_TIMEOUT(
            session.at(m_runs[1], RunField::Tag).data().toString(), QStringLiteral("sweep, first"), 10'000);
        session.view()->editField(RunField::Note);
        QVERIFY(session.edit(QStringLiteral("look again")));
        QTRY_COMPARE_WITH_TIMEOUT(
            session.at(m_runs[1], RunField::Note).data().toString(), QStringLiteral("look again"), 10'000);
        QCOMPARE(session.window.pages().page(), ui::Page::Runs); // Enter in a cell is not Watch
    }
    const auto run = store().run(m_runs[1]);
    QCOMPARE(run->run.name, std::string("yeni ad"));
    QCOMPARE(run->run.note, std::string("look again"));
    QVERIFY((run->run.tags == std::vector<std::string> { "sweep", "first" }));
}

void TestRunsWindow::starsAndChecks()
{
    {
        Session session(folder());
        QVERIFY(session.open(3));
        session.clickRow(m_runs[0], RunField::Starred);
        QTRY_VERIFY_WITH_TIMEOUT(session.catalog.overview(m_runs[0])->run.starred, 10'000);
        session.clickRow(m_runs[1]);
        session.clickRow(m_runs[2], RunField::Status, Qt::ControlModifier);
        QTest::keyClick(session.view(), Qt::Key_S);
        QTRY_VERIFY_WITH_TIMEOUT(
            session.catalog.overview(m_runs[1])->run.starred && session.catalog.overview(m_runs[2])->run.starred,
            10'000);
        QTest::keyClick(session.view(), Qt::Key_S);
        QTRY_VERIFY_WITH_TIMEOUT(!session.catalog.overview(m_runs[1])->run.starred, 10'000);
        // The boxes are the run list's: what is checked here is shown there.
        QTest::keyClick(session.view(), Qt::Key_Space);
        QVERIFY(session.label("runsStateLabel").contains("2 in charts"));
        const QRect cell = session.view()->visualRect(session.at(m_runs[2]));
        QTest::mouseClick(session.view()->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 19, cell.center().y()));
        QVERIFY(session.label("runsStateLabel").contains("1 in charts"));
    }
    QVERIFY(store().run(m_runs[0])->run.starred);
    QVERIFY(!store().run(m_runs[1])->run.starred);
}

void TestRunsWindow::columnsAreKept()
{
    const auto shown = [](const Session& session, const char* key) {
        return session.view()->columns().isShown(session.model()->columns().indexOf(QString::fromLatin1(key)));
    };
    {
        Session session(folder());
        QVERIFY(session.open(3));
        QVERIFY(!shown(session, "training.batch_size"));
        QVERIFY(session.click("columnsButton"));
        auto* popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        auto* search = popup->findChild<QLineEdit*>("columnPopupSearchEdit");
        QTest::keyClicks(search, "batch_size");
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(shown(session, "training.batch_size"));
        QTest::keyClick(search, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(search, "tokens");
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!shown(session, "tokens_per_second"));
        popup->close();
        auto* header = session.view()->header();
        header->moveSection(header->visualIndex(session.model()->columns().indexOf(RunField::Note)), 1);
        header->resizeSection(0, 333);
        session.clickHeader(RunField::Status);
        session.window.close();
    }
    Session again(folder());
    QVERIFY(again.open(3));
    QVERIFY(shown(again, "training.batch_size"));
    QVERIFY(!shown(again, "tokens_per_second"));
    QCOMPARE(again.view()->header()->logicalIndex(1), again.model()->columns().indexOf(RunField::Note));
    QCOMPARE(again.view()->header()->sectionSize(0), 333);
    QCOMPARE(again.model()->sorting().front().key, QStringLiteral("status"));
    QTRY_COMPARE(again.model()
                     ->indexOf(m_runs[1], again.model()->columns().indexOf(QStringLiteral("training.batch_size")))
                     .data()
                     .toString(),
        QStringLiteral("8"));
}

// Filter, columns, order and groups under a name; by mouse and keys, and over a restart.
void TestRunsWindow::viewsAreNamedAndKept()
{
    const auto pick = [](Session& session, const QString& name) {
        if (!session.click("viewsButton"))
            return false;
        auto* search = QApplication::activePopupWidget()->findChild<QLineEdit*>("viewPopupSearchEdit");
        QTest::keyClicks(search, name);
        QTest::keyClick(search, Qt::Key_Return);
        return QApplication::activePopupWidget() == nullptr;
    };
    const auto button
        = [](const Session& session) { return session.window.findChild<QPushButton*>("viewsButton")->text(); };
    {
        Session session(folder());
        QVERIFY(session.open(3));
        auto* filter = session.window.findChild<QLineEdit*>("runsFilterEdit");
        filter->setFocus();
        QTest::keyClicks(filter, "best < 2.5");
        QTRY_COMPARE(session.names(), QStringList({ "gamma", "beta" }));
        session.clickHeader(RunField::Name);
        QVERIFY(pick(session, QStringLiteral("good ones")));
        QCOMPARE(button(session), QStringLiteral("good ones"));
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(filter, "alpha");
        QTRY_COMPARE(session.names(), QStringList({ "alpha" }));
        QCOMPARE(button(session), QStringLiteral("&Views")); // it is another now
        QVERIFY(pick(session, QStringLiteral("first & last")));
        QVERIFY(pick(session, QStringLiteral("good")));
        QTRY_COMPARE(session.names(), QStringList({ "beta", "gamma" }));
        QCOMPARE(filter->text(), QStringLiteral("best < 2.5"));
        session.window.close();
    }
    Session again(folder());
    QVERIFY(again.open(3));
    QVERIFY(pick(again, QStringLiteral("first")));
    QTRY_COMPARE(again.names(), QStringList({ "alpha" }));
    QCOMPARE(button(again), QStringLiteral("first && last"));
    QVERIFY(again.click("viewsButton"));
    auto* popup = QApplication::activePopupWidget();
    QTest::mouseClick(popup->findChild<QPushButton*>("viewPopupFooterButton"), Qt::LeftButton);
    QCOMPARE(button(again), QStringLiteral("&Views"));
    QVERIFY(again.click("viewsButton"));
    QCOMPARE(QApplication::activePopupWidget()->findChild<QListWidget*>("viewPopupList")->count(), 1);
    QApplication::activePopupWidget()->close();
}

void TestRunsWindow::groupsByKeyboard()
{
    Session session(folder());
    QVERIFY(session.open(3));
    auto* group = session.button("groupButton");
    group->setFocus();
    QTest::keyClick(group, Qt::Key_Space);
    auto* popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    auto* search = popup->findChild<QLineEdit*>("groupPopupSearchEdit");
    QTest::keyClicks(search, "prese");
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!QApplication::activePopupWidget());
    QCOMPARE(session.names(), QStringList({ "quick", "t4" }));
    const QModelIndex t4 = session.model()->index(1, 0);
    QCOMPARE(session.model()->rowCount(t4), 2);
    QVERIFY(session.view()->isExpanded(t4));
    session.view()->setFocus();
    session.view()->setCurrentIndex(t4);
    QTest::keyClick(session.view(), Qt::Key_Left);
    QVERIFY(!session.view()->isExpanded(t4));
    // It stays closed when the table is arranged anew.
    session.clickHeader(RunField::Name);
    QVERIFY(!session.view()->isExpanded(session.model()->index(1, 0)));
    QTest::mouseClick(session.view()->viewport(), Qt::LeftButton, {},
        session.view()->visualRect(session.model()->index(1, 0)).center());
    QVERIFY(session.view()->isExpanded(session.model()->index(1, 0)));
    QVERIFY(session.label("runsStateLabel").contains("2 group"));
}

void TestRunsWindow::copiesRows()
{
    Session session(folder());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[0]);
    session.clickRow(m_runs[2], RunField::Status, Qt::ControlModifier);
    QTest::keyClick(session.view(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 4); // names, two runs, and the end
    const QStringList names = lines[0].split(u'\t');
    QCOMPARE(names.front(), QStringLiteral("name"));
    QCOMPARE(lines[1].split(u'\t')[names.indexOf("name")], QStringLiteral("gamma"));
    QCOMPARE(lines[2].split(u'\t')[names.indexOf("batches")], QStringLiteral("30"));
    QCOMPARE(lines[1].split(u'\t')[names.indexOf("best")].toDouble(), 1.0 + 1.0 / 30);
}

void TestRunsWindow::watchesAndClones()
{
    Session session(folder());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[0]);
    QTest::keyClick(session.view(), Qt::Key_Return);
    QCOMPARE(session.window.pages().page(), ui::Page::Watch);
    QTRY_VERIFY_WITH_TIMEOUT(session.catalog.detail(m_runs[0]), 10'000);
    QVERIFY(session.click("runsTab"));
    session.clickRow(m_runs[1]);
    QTest::keyClick(session.view(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(session.window.pages().page(), ui::Page::Configure);
    QVERIFY(session.click("runsTab"));
    session.doubleClick(m_runs[2]);
    QCOMPARE(session.window.pages().page(), ui::Page::Watch);
    QVERIFY(!session.catalog.detail(m_runs[1])); // looking through the table loads no curves
}

void TestRunsWindow::theNameStaysInSight()
{
    Session session(folder());
    QVERIFY(session.open(3));
    for (int column = 0; column < session.model()->columnCount(); ++column)
        session.view()->columns().showOnly(column, true);
    auto* bar = session.view()->horizontalScrollBar();
    QTRY_VERIFY(bar->maximum() > 500);
    bar->setValue(500);
    const QRect cell = session.view()->visualRect(session.at(m_runs[1]));
    QCOMPARE(cell.left(), 0);
    QCOMPARE(session.view()->indexAt(cell.center()), session.at(m_runs[1]));
    // The box can be clicked, the header sorts by it, and a long way to the right the name is edited where it is seen.
    QTest::mouseClick(session.view()->viewport(), Qt::LeftButton, {}, QPoint(19, cell.center().y()));
    QVERIFY(session.model()->index(1, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked);
    QTest::mouseClick(session.view()->header()->viewport(), Qt::LeftButton, {}, QPoint(60, 10));
    QCOMPARE(session.model()->sorting().front().key, QStringLiteral("name"));
    QCOMPARE(bar->value(), 500);
    bar->setValue(0);
    QCOMPARE(session.view()->visualRect(session.at(m_runs[1])).left(), 0);
}

void TestRunsWindow::menus()
{
    Session session(folder());
    QVERIFY(session.open(3));
    const auto open = [](QWidget* viewport, const QPoint& at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, viewport->mapToGlobal(at));
        QApplication::sendEvent(viewport, &event);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    };
    session.clickRow(m_runs[0]);
    session.clickRow(m_runs[1], RunField::Status, Qt::ControlModifier);
    QMenu* menu = open(session.view()->viewport(), session.center(m_runs[1], RunField::Status));
    QVERIFY(menu);
    QVERIFY(!menu->findChild<QAction*>("renameAction")->isEnabled()); // of one run alone
    menu->findChild<QAction*>("starAction")->trigger();
    menu->findChild<QAction*>("chartsAction")->trigger();
    menu->close();
    QTRY_VERIFY_WITH_TIMEOUT(session.catalog.overview(m_runs[0])->run.starred, 10'000);
    QVERIFY(session.label("runsStateLabel").contains("3 in charts"));

    session.clickRow(m_runs[1]);
    menu = open(session.view()->viewport(), session.center(m_runs[1], RunField::Status));
    QVERIFY(menu && menu->findChild<QAction*>("renameAction")->isEnabled());
    menu->findChild<QAction*>("copyCommandAction")->trigger();
    menu->close();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("nabiz train quick --name beta"));

    auto* header = session.view()->header();
    const int column = session.model()->columns().indexOf(RunField::Preset);
    session.view()->scrollTo(session.at(m_runs[1], RunField::Preset));
    const auto choose = [&](const QString& text) {
        QMenu* opened = open(header->viewport(), QPoint(header->sectionViewportPosition(column) + 5, 5));
        for (QAction* action : opened ? opened->actions() : QList<QAction*>()) {
            if (action->text().remove(u'&') == text) {
                action->trigger();
                opened->close();
                return true;
            }
        }
        return false;
    };
    QVERIFY(choose("Group by this"));
    QCOMPARE(session.names(), QStringList({ "quick", "t4" }));
    QVERIFY(choose("Close all groups"));
    QVERIFY(!session.view()->isExpanded(session.model()->index(0, 0)));
    QVERIFY(choose("Largest first"));
    QCOMPARE(session.names(), QStringList({ "t4", "quick" }));
    QVERIFY(choose("Hide this column"));
    QVERIFY(!session.view()->columns().isShown(column));
}

void TestRunsWindow::saysWhatIsMissing()
{
    QTemporaryDir empty;
    Session session(empty.path());
    QVERIFY(session.click("runsTab"));
    QTRY_VERIFY(session.label("runsEmptyLabel").contains("Runs will be listed here"));
    QVERIFY(session.click("runsEmptyButton"));
    QCOMPARE(session.window.pages().page(), ui::Page::Configure);

    Session filled(folder());
    QTRY_COMPARE_WITH_TIMEOUT(filled.catalog.runs().size(), std::size_t { 3 }, 10'000);
    QVERIFY(filled.click("runsTab"));
    filled.window.findChild<ui::RunsPage*>()->setFilter("nowhere");
    QTRY_COMPARE(filled.label("runsEmptyLabel"), QStringLiteral("No run matches the filter."));
    QVERIFY(filled.click("runsEmptyButton"));
    QTRY_COMPARE(filled.names().size(), 3);
}

QTEST_MAIN(TestRunsWindow)
#include "tst_runs_window.moc"
