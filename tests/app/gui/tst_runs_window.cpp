// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page in the real window over a real database, by mouse and keys; what came of it is read from the database.
#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/runs_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_table_view.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;
using storage::RunField;

namespace {

struct Session : tests::WindowSession {
    explicit Session(const QString& folder)
        : WindowSession(folder, [] { return std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions {}); })
    {
    }

    bool open(std::size_t runs)
    {
        if (!QTest::qWaitFor([&] { return catalog.runs().size() == runs; }, 20'000) || !click("runsTab"))
            return false;
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window) && view()->isVisible();
    }
    ui::RunTableView* view() const { return window.findChild<ui::RunTableView*>(); }
    ui::RunTableModel* model() const { return static_cast<ui::RunTableModel*>(view()->model()); }
    QModelIndex at(storage::RunId run, RunField field = RunField::Name) const
    {
        return model()->indexOf(run, model()->columns().indexOf(field));
    }
    QPoint center(storage::RunId run, RunField field = RunField::Name) const
    {
        view()->scrollTo(at(run, field)); // the window may be narrower than the table
        return view()->visualRect(at(run, field)).center();
    }
    void doubleClick(storage::RunId run, RunField field = RunField::Name) const
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, center(run, field));
        QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, center(run, field));
    }
    void clickRow(storage::RunId run, RunField field = RunField::Status, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, center(run, field));
    }
    void clickHeader(RunField field, Qt::KeyboardModifiers keys = {}) const
    {
        const auto* header = view()->header();
        const int column = model()->columns().indexOf(field);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, keys,
            QPoint(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2));
    }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < model()->rowCount(); ++row)
            names.append(model()->index(row, 0).data().toString());
        return names;
    }
    QString label(const char* name) const { return window.findChild<QLabel*>(QLatin1String(name))->text(); }
    bool edit(const QString& text) const
    {
        QLineEdit* edit = nullptr;
        if (!QTest::qWaitFor(
                [&] { return (edit = view()->findChild<QLineEdit*>("runTableEdit")) && edit->hasFocus(); }))
            return false;
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
        return true;
    }
};

} // namespace

class TestRunsWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void init();
    void cleanup() { m_folder.reset(); }
    void sortsAndFilters();
    void editsInPlace();
    void starsAndChecks();
    void trashAndUndo();
    void deletesForGood();
    void columnsAreKept();
    void groupsByKeyboard();
    void copiesRows();
    void watchesAndClones();
    void othersChangeTheDatabase();
    void aLiveRunStays();
    void listHasTrashToo();
    void drawsEveryName();
    void theNameStaysInSight();
    void menus();
    void saysWhatIsMissing();

private:
    std::filesystem::path file() const { return m_folder->filePath("runs.db").toStdString(); }
    storage::RunStore store() const { return storage::RunStore(file()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<storage::RunId> m_runs; // alpha, beta, gamma
};

void TestRunsWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runs.clear();
    storage::Recorder recorder(file());
    int number = 0;
    for (const char* name : { "alpha", "beta", "gamma" }) {
        storage::Run run;
        run.name = name;
        run.status = storage::RunStatus::Finished;
        run.preset = number == 0 ? "quick" : "t4";
        run.command = std::string("nabiz train quick --name ") + name;
        run.started = 1'780'000'000'000 + number * 60'000;
        m_runs.push_back(recorder.addRun(run, { { "training.batch_size", std::to_string(4 << number), "" } }));
        const auto stream = recorder.openStream(m_runs.back(), { { 0, "loss", "" } });
        const std::uint16_t metric = 0;
        for (int batch = 0; batch < 30; ++batch) {
            const double loss = 3.0 - number + 1.0 / (1 + batch);
            stream->append(batch, batch, { &metric, 1 }, { &loss, 1 });
        }
        recorder.closeStream(m_runs.back());
        ++number;
    }
}

void TestRunsWindow::sortsAndFilters()
{
    Session session(m_folder->path());
    QVERIFY(session.open(3));
    QCOMPARE(session.window.page(), ui::Page::Runs);
    QCOMPARE(session.names(), QStringList({ "gamma", "beta", "alpha" }));
    session.clickHeader(RunField::Name);
    QCOMPARE(session.names(), QStringList({ "alpha", "beta", "gamma" }));
    session.clickHeader(RunField::Name);
    QCOMPARE(session.names(), QStringList({ "gamma", "beta", "alpha" }));
    session.clickHeader(RunField::Preset);
    session.clickHeader(RunField::Best, Qt::ShiftModifier);
    QCOMPARE(session.names(), QStringList({ "alpha", "gamma", "beta" }));
    QCOMPARE(session.model()->sort().size(), std::size_t { 2 });
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
        Session session(m_folder->path());
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
        QCOMPARE(session.window.page(), ui::Page::Runs); // Enter in a cell is not Watch
    }
    const auto run = store().run(m_runs[1]);
    QCOMPARE(run->run.name, std::string("yeni ad"));
    QCOMPARE(run->run.note, std::string("look again"));
    QVERIFY((run->run.tags == std::vector<std::string> { "sweep", "first" }));
}

void TestRunsWindow::starsAndChecks()
{
    {
        Session session(m_folder->path());
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

void TestRunsWindow::trashAndUndo()
{
    Session session(m_folder->path());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[1]);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(session.names(), QStringList({ "gamma", "alpha" }), 10'000);
    QCOMPARE(session.label("noticeLabel"), QStringLiteral("Put beta in the trash."));
    QVERIFY(store().run(m_runs[1])->run.deleted);
    QTRY_COMPARE_WITH_TIMEOUT(session.button("trashButton")->text().remove(u'&'), QStringLiteral("Trash (1)"), 10'000);
    QVERIFY(session.click("noticeActionButton"));
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

    // Taken back before it is done, twice, and not a third time.
    session.clickRow(m_runs[0]);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QTest::keyClick(session.view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.trash().size(), std::size_t { 0 }, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(session.at(m_runs[0]).isValid(), 10'000);
    auto* undo = session.window.findChild<QAction*>("undoTrashAction");
    QTRY_VERIFY_WITH_TIMEOUT(!undo->isEnabled(), 10'000);
    QVERIFY(!store().run(m_runs[0])->run.deleted);
}

void TestRunsWindow::deletesForGood()
{
    {
        storage::Recorder recorder(file());
        std::filesystem::create_directories(recorder.checkpointFolder(m_runs[0]));
        QVERIFY(recorder.putInTrash(m_runs[0]));
        QVERIFY(recorder.putInTrash(m_runs[2]));
    }
    Session session(m_folder->path());
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

void TestRunsWindow::columnsAreKept()
{
    const auto shown = [](const Session& session, const char* key) {
        return session.view()->isColumnShown(session.model()->columns().indexOf(QString::fromLatin1(key)));
    };
    {
        Session session(m_folder->path());
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
    Session again(m_folder->path());
    QVERIFY(again.open(3));
    QVERIFY(shown(again, "training.batch_size"));
    QVERIFY(!shown(again, "tokens_per_second"));
    QCOMPARE(again.view()->header()->logicalIndex(1), again.model()->columns().indexOf(RunField::Note));
    QCOMPARE(again.view()->header()->sectionSize(0), 333);
    QCOMPARE(again.model()->sort().front().key, QStringLiteral("status"));
    QTRY_COMPARE(again.model()
                     ->indexOf(m_runs[1], again.model()->columns().indexOf(QStringLiteral("training.batch_size")))
                     .data()
                     .toString(),
        QStringLiteral("8"));
}

void TestRunsWindow::groupsByKeyboard()
{
    Session session(m_folder->path());
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
    Session session(m_folder->path());
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
    Session session(m_folder->path());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[0]);
    QTest::keyClick(session.view(), Qt::Key_Return);
    QCOMPARE(session.window.page(), ui::Page::Watch);
    QTRY_VERIFY_WITH_TIMEOUT(session.catalog.detail(m_runs[0]), 10'000);
    QVERIFY(session.click("runsTab"));
    session.clickRow(m_runs[1]);
    QTest::keyClick(session.view(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(session.window.page(), ui::Page::Configure);
    QVERIFY(session.click("runsTab"));
    session.doubleClick(m_runs[2]);
    QCOMPARE(session.window.page(), ui::Page::Watch);
    QVERIFY(!session.catalog.detail(m_runs[1])); // looking through the table loads no curves
}

void TestRunsWindow::othersChangeTheDatabase()
{
    Session session(m_folder->path());
    QVERIFY(session.open(3));
    session.clickRow(m_runs[0]);
    session.view()->editField(RunField::Note); // somebody is typing meanwhile
    storage::Recorder other(file());
    other.deleteRun(m_runs[1]);
    other.rename(m_runs[2], "renamed elsewhere");
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

void TestRunsWindow::aLiveRunStays()
{
    Session session(m_folder->path());
    storage::Recorder other(file());
    storage::Run live;
    live.name = "live";
    live.status = storage::RunStatus::Running;
    const auto id = other.addRun(live, {});
    QVERIFY(session.open(4));
    session.clickRow(id);
    QTest::keyClick(session.view(), Qt::Key_Delete);
    QVERIFY(session.label("noticeLabel").contains("live is live: stop it"));
    QCOMPARE(session.names().size(), 4);
    QVERIFY(!store().run(id)->run.deleted);
    other.setStatus(id, storage::RunStatus::Stopped);
}

void TestRunsWindow::listHasTrashToo()
{
    Session session(m_folder->path());
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

void TestRunsWindow::drawsEveryName()
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
    Session session(m_folder->path());
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

void TestRunsWindow::theNameStaysInSight()
{
    Session session(m_folder->path());
    QVERIFY(session.open(3));
    for (int column = 0; column < session.model()->columnCount(); ++column)
        session.view()->showOnly(column, true);
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
    QCOMPARE(session.model()->sort().front().key, QStringLiteral("name"));
    QCOMPARE(bar->value(), 500);
    bar->setValue(0);
    QCOMPARE(session.view()->visualRect(session.at(m_runs[1])).left(), 0);
}

void TestRunsWindow::menus()
{
    Session session(m_folder->path());
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
    QVERIFY(!session.view()->isColumnShown(column));
}

void TestRunsWindow::saysWhatIsMissing()
{
    QTemporaryDir empty;
    Session session(empty.path());
    QVERIFY(session.click("runsTab"));
    QTRY_VERIFY(session.label("runsEmptyLabel").contains("Runs will be listed here"));
    QVERIFY(session.click("runsEmptyButton"));
    QCOMPARE(session.window.page(), ui::Page::Configure);

    Session filled(m_folder->path());
    QTRY_COMPARE_WITH_TIMEOUT(filled.catalog.runs().size(), std::size_t { 3 }, 10'000);
    QVERIFY(filled.click("runsTab"));
    filled.window.findChild<ui::RunsPage*>()->setFilter("nowhere");
    QTRY_COMPARE(filled.label("runsEmptyLabel"), QStringLiteral("No run matches the filter."));
    QVERIFY(filled.click("runsEmptyButton"));
    QTRY_COMPARE(filled.names().size(), 3);
}

QTEST_MAIN(TestRunsWindow)
#include "tst_runs_window.moc"
