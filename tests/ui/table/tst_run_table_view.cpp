// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the run table's view: its columns, what outlives a reset of its model, and the name that stays in sight.
#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QScrollBar>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;
using storage::RunField;
using storage::RunId;

namespace {

storage::RunOverview makeRun(RunId id, const char* name, const char* tag)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = name;
    overview.run.status = storage::RunStatus::Finished;
    overview.run.tags = { tag };
    return overview;
}

} // namespace

class TestRunTableView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aColumnComesBesideTheLastOne();
    void layoutIsKept();
    void aParameterOfTheLayoutComesLater();
    void newParametersBeginHidden();
    void selectionOutlivesSortAndGroups();
    void selectionOutlivesAFilter();
    void selectionOutlivesARefresh();
    void anotherDatabaseBeginsAnew();
    void aGroupStaysCurrent();
    void scrollStays();
    void closedGroupsStayClosed();
    void theNameStaysInSight();

private:
    int columnOf(RunField field) const { return m_model->columns().indexOf(field); }
    void putParameter(const char* key, const char* value)
    {
        storage::ParameterTable table;
        table.keys = { key };
        table.texts.push_back(value);
        for (const RunId run : { 1, 2, 3 })
            table.runs[run] = { 1 };
        m_catalog->putParameters(table);
    }

    trainer::FilterExpression filter(const char* text) const
    {
        return trainer::FilterExpression::read(text, m_model->columns().filterNames()).expression;
    }
    // The last is the current one.
    void select(const QList<qint64>& runs)
    {
        for (const qint64 run : runs)
            m_view->selectionModel()->setCurrentIndex(m_model->indexOf(run),
                (run == runs.front() ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::Select)
                    | QItemSelectionModel::Rows);
    }

    std::unique_ptr<RunCatalog> m_catalog;
    std::unique_ptr<CheckedRuns> m_checked;
    std::unique_ptr<RunTableModel> m_model;
    std::unique_ptr<RunTableView> m_view;
};

void TestRunTableView::init()
{
    m_catalog = std::make_unique<RunCatalog>();
    m_checked = std::make_unique<CheckedRuns>(*m_catalog);
    m_model = std::make_unique<RunTableModel>(*m_catalog, *m_checked);
    m_view = std::make_unique<RunTableView>(*m_model);
    m_catalog->setRuns({ makeRun(3, "c", "x"), makeRun(2, "b", "y"), makeRun(1, "a", "x") });
    m_view->resize(500, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestRunTableView::cleanup()
{
    m_view.reset();
    m_model.reset();
    m_checked.reset();
    m_catalog.reset();
}

void TestRunTableView::aColumnComesBesideTheLastOne()
{
    const int seed = columnOf(RunField::Seed);
    QVERIFY(!m_view->columns().isShown(seed));
    QSignalSpy edited(m_view.get(), &RunTableView::layoutEdited);
    m_view->columns().showOnly(seed, true);
    QVERIFY(m_view->columns().isShown(seed));
    QVERIFY(edited.count() > 0);
    const auto& header = *m_view->header();
    for (int place = header.visualIndex(seed) + 1; place < header.count(); ++place)
        QVERIFY(!m_view->columns().isShown(header.logicalIndex(place)));
    m_view->columns().reset();
    QVERIFY(!m_view->columns().isShown(seed));
    QCOMPARE(header.visualIndex(seed), seed);
}

void TestRunTableView::layoutIsKept()
{
    RunTableColumns& columns = m_view->columns();
    columns.showOnly(columnOf(RunField::Seed), true);
    m_view->header()->resizeSection(columnOf(RunField::Name), 321);
    m_view->header()->moveSection(m_view->header()->visualIndex(columnOf(RunField::Note)), 1);
    m_model->setSort({ { "name", true } });
    m_model->setGroupKey("tag");
    const QJsonObject state = columns.state();
    columns.reset();
    m_model->setSort({});
    m_model->setGroupKey({});
    columns.restore(state);
    QCOMPARE(columns.state(), state);
    QCOMPARE(m_view->header()->sectionSize(columnOf(RunField::Name)), 321);
    QCOMPARE(m_view->header()->visualIndex(columnOf(RunField::Note)), 1);
    QVERIFY(m_model->groups().isGrouped());
    columns.restore({}); // nothing stored changes nothing
    QCOMPARE(columns.state(), state);
}

void TestRunTableView::aParameterOfTheLayoutComesLater()
{
    m_view->columns().restore(
        { { "columns", QJsonArray { QJsonArray { "name", 0 }, QJsonArray { "own.key", 111 } } } });
    putParameter("own.key", "7");
    const int column = m_model->columns().indexOf(QStringLiteral("own.key"));
    QVERIFY(column > 0);
    QVERIFY(m_view->columns().isShown(column));
    QCOMPARE(m_view->header()->visualIndex(column), 1);
    QVERIFY(!m_view->columns().isShown(columnOf(RunField::Status)));
}

void TestRunTableView::newParametersBeginHidden()
{
    putParameter("own.key", "7");
    QVERIFY(!m_view->columns().isShown(m_model->columns().indexOf(QStringLiteral("own.key"))));
    QVERIFY(m_view->columns().isShown(columnOf(RunField::Status)));
    QVERIFY(!m_view->columns().isShown(columnOf(RunField::Host)));
}

void TestRunTableView::selectionOutlivesSortAndGroups()
{
    m_view->setCurrentRun(2);
    m_view->selectionModel()->select(m_model->indexOf(1), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 2, 1 }));
    m_model->setSort({ { "name", false } });
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 1, 2 }));
    QCOMPARE(m_view->currentRun(), 2);
    m_model->setGroupKey("tag");
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 1, 2 }));
    QCOMPARE(m_view->currentRun(), 2);
}

void TestRunTableView::selectionOutlivesAFilter()
{
    select({ 2, 1 });
    m_checked->set(2, true);
    m_model->setFilter(filter("tag = x"));
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 1 })); // what is not seen is not acted on
    m_model->setFilter(filter("tag = nothing"));
    QCOMPARE(m_view->selectedRuns(), QList<qint64>());
    m_model->setFilter({});
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 2, 1 }));
    QCOMPARE(m_view->currentRun(), 1);
    QVERIFY(m_checked->contains(2));
    m_model->setFilter(filter("tag = x"));
    select({ 3 });
    m_model->setFilter({});
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 3 })); // others were chosen
    select({ 2 });
    m_model->setFilter(filter("tag = x"));
    m_view->selectAll(); // all that is seen, not what was selected before as well
    m_model->setFilter({});
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 3, 1 }));
}

void TestRunTableView::selectionOutlivesARefresh()
{
    select({ 3, 1 });
    m_view->setFocus();
    m_checked->set(3, true);
    const auto runs = m_catalog->runs();
    m_catalog->setRuns(runs);
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 3, 1 }));
    putParameter("own.key", "7");
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 3, 1 }));
    QCOMPARE(m_view->currentRun(), 1);
    auto changed = runs.front();
    changed.run.name = "changed";
    m_catalog->putRun(changed); // changes, or moves, its row
    m_catalog->putRun(makeRun(4, "d", "y"));
    m_catalog->removeRun(2);
    m_model->retranslate();
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 3, 1 }));
    QVERIFY(m_checked->contains(3));
    m_catalog->removeRun(3);
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 1 }));
    m_catalog->putRun(changed); // back from the trash: it is not selected unasked
    m_model->retranslate();
    QCOMPARE(m_view->selectedRuns(), QList<qint64>({ 1 }));
    m_view->selectAll();
    m_model->setSort({ { "name", true } });
    QCOMPARE(m_view->selectedRuns().size(), 3);
    QCOMPARE(m_view->selectionModel()->selection().size(), 1); // one range
}

void TestRunTableView::anotherDatabaseBeginsAnew()
{
    select({ 3, 1 });
    auto other = makeRun(1, "other", "x");
    other.run.created = 7;
    m_catalog->setRuns({ other });
    QVERIFY(!m_view->selectionModel()->hasSelection());
    QCOMPARE(m_view->currentRun(), 0);
}

void TestRunTableView::aGroupStaysCurrent()
{
    m_model->setGroupKey("tag");
    m_view->setCurrentIndex(m_model->index(1, 0));
    const QString title = m_view->currentIndex().data().toString();
    m_model->setSort({ { "name", true } });
    QVERIFY(m_view->currentIndex().isValid());
    QCOMPARE(m_view->currentIndex().data().toString(), title);
    m_model->setGroupKey({});
    QCOMPARE(m_view->currentRun(), 0);
}

void TestRunTableView::scrollStays()
{
    std::vector<storage::RunOverview> many;
    for (RunId run = 200; run > 0; --run)
        many.push_back(makeRun(run, qPrintable(QString::number(run)), run % 2 ? "x" : "y"));
    m_catalog->setRuns(many);
    QScrollBar& bar = *m_view->verticalScrollBar();
    bar.setValue(100);
    m_catalog->setRuns(many);
    QCOMPARE(bar.value(), 100);
    m_view->setCurrentRun(95);
    const QRect before = m_view->visualRect(m_view->currentIndex());
    QVERIFY(m_view->viewport()->rect().contains(before.center()));
    m_catalog->setRuns(many);
    QCOMPARE(m_view->visualRect(m_view->currentIndex()), before);
    m_model->setSort({ { "name", false } });
    QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_view->currentIndex()).center()));
}

void TestRunTableView::closedGroupsStayClosed()
{
    m_model->setGroupKey("tag");
    QVERIFY(m_view->isExpanded(m_model->index(0, 0)));
    m_view->collapse(m_model->index(0, 0)); // x
    m_model->setSort({ { "name", true } });
    for (int row = 0; row < 2; ++row) {
        const QModelIndex group = m_model->index(row, 0);
        QCOMPARE(m_view->isExpanded(group), group.data().toString() != QStringLiteral("x"));
    }
    m_view->expandGroups(true);
    m_model->setSort({});
    QVERIFY(m_view->isExpanded(m_model->index(0, 0)));
}

void TestRunTableView::theNameStaysInSight()
{
    const QModelIndex name = m_model->indexOf(2), note = m_model->indexOf(2, columnOf(RunField::Note));
    QScrollBar& bar = *m_view->horizontalScrollBar();
    QVERIFY(bar.maximum() > 0);
    bar.setValue(bar.maximum());
    QCOMPARE(m_view->visualRect(name).left(), 0);
    QCOMPARE(m_view->indexAt(m_view->visualRect(name).center()), name);
    m_view->scrollTo(name); // is in sight
    QCOMPARE(bar.value(), bar.maximum());
    bar.setValue(0);
    m_view->scrollTo(note);
    QVERIFY(m_view->visualRect(note).left() >= m_view->header()->sectionSize(0));
}

QTEST_MAIN(TestRunTableView)
#include "tst_run_table_view.moc"
