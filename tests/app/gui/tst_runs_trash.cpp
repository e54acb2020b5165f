// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting, taking back and deleting for good on the Runs page and in the run list, and runs that other programs change
// meanwhile.
#include "tests/app/gui/runs_session.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/theme/theme.h"

#include <QListView>
#include <QTreeView>
#include <QtTest>

using namespace nabiz;
using storage::RunField;
using Session = tests::RunsSession;

class TestRunsTrash : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void init();
    void cleanup() { m_three.reset(); }
    void trashAndUndo();
    void deletesForGood();
    void othersChangeTheDatabase();
    void aLiveRunStays();
    void listHasTrashToo();
    void drawsEveryName();

private:
    std::filesystem::path file() const { return m_three->file(); }
    storage::RunStore store() const { return m_three->store(); }
    QString folder() const { return m_three->folder.path(); }

    std::unique_ptr<tests::ThreeRuns> m_three;
    std::vector<storage::RunId> m_runs; // alpha, beta, gamma
};

void TestRunsTrash::init()
{
    m_three = std::make_unique<tests::ThreeRuns>();
    m_runs = m_three->runs;
}

void TestRunsTrash::trashAndUndo()
{
    Session session(folder());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[1]);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList({ "gamma", "alpha" }), 10'000);
    QCOMPARE(session.label("undoLabel"), QStringLiteral("Put beta in the trash."));
    QVERIFY(store().run(m_runs[1])->run.deleted);
    QTRY_COMPARE_WITH_TIMEOUT(session.button("trashButton")->text().remove(u'&'), QStringLiteral("Trash (1)"), 10'000);
    QVERIFY(session.click("undoActionButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList({ "gamma", "beta", "alpha" }), 10'000);
    QVERIFY(!store().run(m_runs[1])->run.deleted);

    session.clickRow(m_runs[0]);
    session.clickRow(m_runs[2], RunField::Status, Qt::ControlModifier);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList({ "beta" }), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.trash().size(), std::size_t { 2 }, 10'000);
    QTest::keyClick(session.view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(session.names().size(), 3, 10'000);
    QVERIFY(store().trash().empty());

    // Taken back before it is done.
    session.clickRow(m_runs[0]);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTest::keyClick(session.view(), Qt::Key_Z, Qt::ControlModifier);
    session.clickRow(m_runs[1], RunField::Starred); // orders are carried out in order: this one is the last
    QTRY_VERIFY_WITH_TIMEOUT(store().run(m_runs[1])->run.starred, 10'000);
    QVERIFY(!session.window.findChild<QAction*>("undoTrashAction")->isEnabled());
    QVERIFY(!store().run(m_runs[0])->run.deleted);
    QTRY_COMPARE_WITH_TIMEOUT(session.names().size(), 3, 10'000);
}

void TestRunsTrash::deletesForGood()
{
    {
        storage::Recorder recorder(file());
        std::filesystem::create_directories(recorder.checkpointFolder(m_runs[0]));
        QVERIFY(recorder.putInTrash(m_runs[0]));
        QVERIFY(recorder.putInTrash(m_runs[2]));
    }
    Session session(folder());
    QVERIFY(session.open(1));
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.trash().size(), std::size_t { 2 }, 10'000);
    QVERIFY(session.click("trashButton"));
    auto* table = session.window.findChild<QTreeView*>("trashTable");
    const auto rowOf = [&](const QString& name) {
        for (int row = 0; row < table->model()->rowCount(); ++row)
            if (table->model()->index(row, 0).data().toString() == name)
                return table->model()->index(row, 0);
        return QModelIndex();
    };
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(rowOf("alpha")).center());
    QTest::keyClick(table, Qt::Key_Delete);
    auto* question = session.window.findChild<QWidget*>("deleteQuestion");
    QTRY_VERIFY(question->isVisible());
    QVERIFY(session.label("deleteQuestionLabel").contains("alpha"));
    QVERIFY(session.button("keepButton")->hasFocus());
    QTest::keyClick(session.button("keepButton"), Qt::Key_Space);
    QVERIFY(!question->isVisible());
    QCOMPARE(table->model()->rowCount(), 2);
    QVERIFY(session.click("deleteForGoodButton"));
    QVERIFY(session.click("confirmDeleteButton"));
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 10'000);
    QVERIFY(!store().run(m_runs[0]));
    QVERIFY(!std::filesystem::exists(file().string() + "-checkpoints/" + std::to_string(m_runs[0])));
    QVERIFY(session.click("restoreButton"));
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t { 2 }, 10'000);
    QVERIFY(session.click("trashBackButton"));
    QCOMPARE(session.names(), QStringList({ "gamma", "beta" }));
}

void TestRunsTrash::othersChangeTheDatabase()
{
    Session session(folder());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[0]);
    session.view()->editField(RunField::Note); // somebody is typing meanwhile
    storage::Recorder other(file());
    other.deleteRun(m_runs[1]);
    other.words().rename(m_runs[2], "renamed elsewhere");
    storage::Run added;
    added.name = "added elsewhere";
    added.status = storage::RunStatus::Reference;
    const auto id = other.addRun(added, { { "training.batch_size", "99", "" } });
    other.flush();
    QTRY_COMPARE_WITH_TIMEOUT(
        session.names(), QStringList({ "added elsewhere", "renamed elsewhere", "alpha" }), 10'000);
    QVERIFY(session.edit(QStringLiteral("kept")));
    QTRY_COMPARE_WITH_TIMEOUT(store().run(m_runs[0])->run.note, std::string("kept"), 10'000);
    const int column = session.model()->columns().indexOf(QStringLiteral("training.batch_size"));
    QTRY_COMPARE_WITH_TIMEOUT(session.model()->indexOf(id, column).data().toString(), QStringLiteral("99"), 10'000);
    QVERIFY(other.putInTrash(id));
    QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList({ "renamed elsewhere", "alpha" }), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.trash().size(), std::size_t { 1 }, 10'000);
    // The run that is looked at goes too.
    session.clickRow(m_runs[0]);
    other.deleteRun(m_runs[0]);
    other.flush();
    QTRY_COMPARE_WITH_TIMEOUT(session.names().size(), 1, 10'000);
    QTest::keyClick(session.view(), Qt::Key_F2);
    auto* editor = session.view()->findChild<QLineEdit*>("runTableEdit");
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_Escape);
    QTest::keyClick(session.view(), Qt::Key_Space);
}

void TestRunsTrash::aLiveRunStays()
{
    Session session(folder());
    storage::Recorder other(file());
    storage::Run live;
    live.name = "live";
    live.status = storage::RunStatus::Running;
    const auto id = other.addRun(live, {});
    QVERIFY(session.open(4));
    session.clickRow(id);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QVERIFY(session.label("undoLabel").contains("live is live: stop it"));
    QCOMPARE(session.names().size(), 4);
    QVERIFY(!store().run(id)->run.deleted);
    other.setStatus(id, storage::RunStatus::Stopped);
}

void TestRunsTrash::listHasTrashToo()
{
    Session session(folder());
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t { 3 }, 10'000);
    QVERIFY(session.click("watchTab"));
    auto* list = session.window.findChild<QListView*>("runListView");
    session.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&session.window));
    list->setFocus();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_S);
    QTRY_VERIFY_WITH_TIMEOUT(session.catalog.overview(m_runs[1])->run.starred, 10'000);
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t { 2 }, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.trash().size(), std::size_t { 1 }, 10'000);
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), std::size_t { 3 }, 10'000);
    QVERIFY(store().run(m_runs[1])->run.starred);
}

void TestRunsTrash::drawsEveryName()
{
    {
        storage::Recorder recorder(file());
        for (const std::string& name : { std::string(1000, 'W'), std::string("🚀🔥👩‍🔬"),
                 std::string("تجربة معدل التعلم"), std::string("a\nb") }) {
            storage::Run run;
            run.name = name;
            run.status = storage::RunStatus::Reference;
            recorder.addRun(run, {});
        }
    }
    Session session(folder());
    QVERIFY(session.open(7));
    const QImage all = session.view()->grab().toImage();
    // Each name puts ink into its own row, and a long one none into its neighbours' cells.
    for (int row = 0; row < 7; ++row) {
        const QRect cell
            = session.view()->visualRect(session.model()->index(row, 0)).translated(session.view()->viewport()->pos());
        int ink = 0;
        for (int x = cell.left() + 52; x < cell.right() - 2; ++x)
            for (int y = cell.top() + 3; y < cell.bottom() - 3; ++y)
                ink += qGray(all.pixel(x, y)) < 160 ? 1 : 0;
        QVERIFY2(ink > 10, qPrintable(QString::number(row)));
    }
    session.clickHeader(RunField::Name);
    session.window.findChild<ui::RunsPage*>()->setFilter("WWWW");
    QTRY_COMPARE(session.names().size(), 1);
}

QTEST_MAIN(TestRunsTrash)
#include "tst_runs_trash.moc"
