// SPDX-License-Identifier: GPL-3.0-or-later
// The run list follows the catalog, row by row, and asks for what it may not do itself.
#include "ui/models/run_catalog.h"
#include "ui/widgets/run_delegate.h"
#include "ui/widgets/run_list.h"
#include "ui/widgets/run_list_model.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

storage::RunOverview makeRun(int id, const char* name, storage::RunStatus status = storage::RunStatus::Finished)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = name;
    overview.run.status = status;
    overview.summary.lastLoss = 1.5;
    return overview;
}

} // namespace

class TestRunListModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsTheCatalog()
    {
        RunCatalog catalog;
        catalog.setRuns({ makeRun(2, "b"), makeRun(1, "a") });
        RunListModel model(catalog);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("b"));

        catalog.putRun(makeRun(3, "c", storage::RunStatus::Running));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("c"));

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        storage::RunOverview live = makeRun(3, "c", storage::RunStatus::Running);
        live.run.plannedBatches = 750;
        live.summary.batches = 412;
        catalog.putRun(live);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(0).data(RunListModel::StatusTextRole).toString(), QStringLiteral("running · 412 of 750"));
        QCOMPARE(model.index(0).data(RunListModel::LossTextRole).toString(), QStringLiteral("1.50"));

        model.setChecked(2, true);
        catalog.removeRun(2);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.checked().empty());
        catalog.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void asksToRename()
    {
        RunCatalog catalog;
        catalog.setRuns({ makeRun(1, "a") });
        RunListModel model(catalog);
        QSignalSpy renamed(&model, &RunListModel::renameRequested);
        QVERIFY(!model.setData(model.index(0), QStringLiteral("  "), Qt::EditRole));
        QVERIFY(!model.setData(model.index(0), QStringLiteral("a"), Qt::EditRole));
        QVERIFY(model.setData(model.index(0), QStringLiteral(" better "), Qt::EditRole));
        QCOMPARE(renamed.count(), 1);
        QCOMPARE(renamed[0][0].toLongLong(), 1);
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("better"));
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("a")); // until the database has it
    }

    void checksWithMouseAndKeys()
    {
        RunCatalog catalog;
        catalog.setRuns({ makeRun(2, "b"), makeRun(1, "a") });
        RunList list(catalog);
        list.resize(248, 400);
        list.show();
        auto* view = list.findChild<QListView*>(QStringLiteral("runListView"));
        QVERIFY(view);
        QVERIFY(list.checked().empty());
        QTRY_VERIFY(view->visualRect(view->model()->index(1, 0)).height() > 20);
        const QRect row = view->visualRect(view->model()->index(1, 0));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, RunDelegate::checkRect(row).center());
        QCOMPARE(list.checked(), std::vector<storage::RunId> { 1 });
        list.setCurrent(2);
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(list.checked(), (std::vector<storage::RunId> { 2, 1 }));
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(list.checked(), std::vector<storage::RunId> { 1 });
    }

    void renamesInPlaceAndFilters()
    {
        RunCatalog catalog;
        catalog.setRuns({ makeRun(2, "b"), makeRun(1, "a") });
        RunList list(catalog);
        list.show();
        QSignalSpy renamed(&list, &RunList::renameRequested);
        auto* view = list.findChild<QListView*>(QStringLiteral("runListView"));
        list.setCurrent(2);
        view->setFocus();
        view->edit(view->currentIndex());
        QTRY_VERIFY(list.findChild<QLineEdit*>(QStringLiteral("runNameEdit")));
        auto* edit = list.findChild<QLineEdit*>(QStringLiteral("runNameEdit"));
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("new name"));
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(renamed.count(), 1);
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("new name"));

        auto* filter = list.findChild<QLineEdit*>(QStringLiteral("runFilterEdit"));
        QTest::keyClicks(filter, QStringLiteral("A"));
        QCOMPARE(view->model()->rowCount(), 1);
        filter->setText(QStringLiteral("nowhere"));
        QCOMPARE(view->model()->rowCount(), 0);
        list.setCurrent(1); // shows itself although the filter hid it
        QCOMPARE(list.current(), 1);
        QVERIFY(filter->text().isEmpty());
    }
};

QTEST_MAIN(TestRunListModel)
#include "tst_run_list_model.moc"
