// SPDX-License-Identifier: GPL-3.0-or-later
// What waits, moved by keys, by buttons and by a drop: the panel asks, and shows what it is told.
#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/queue_panel.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;
using Kind = QueueOrder::Kind;

namespace {

storage::RunOverview makeRun(int id)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = "run " + std::to_string(id);
    overview.run.status = storage::RunStatus::Queued;
    return overview;
}

struct Fixture {
    RunCatalog catalog;
    QueuePanel panel { catalog };
    QList<QueueOrder> given;

    Fixture()
    {
        catalog.setRuns({ makeRun(3), makeRun(2), makeRun(1) });
        QObject::connect(&panel, &QueuePanel::ordered, &panel, [this](const QueueOrder& order) { given << order; });
        panel.resize(240, 240);
        panel.setQueue({ 1, 2, 3 }, false);
        panel.show();
        if (!QTest::qWaitForWindowExposed(&panel))
            qFatal("no window");
    }
    QListWidget* list() { return panel.findChild<QListWidget*>("queueList"); }
};

} // namespace

class TestQueuePanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void keysAndButtonsAsk()
    {
        Fixture f;
        f.list()->setCurrentRow(1);
        QTest::keyClick(f.list(), Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(f.list(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(f.list(), Qt::Key_Delete);
        QTest::mouseClick(f.panel.findChild<QPushButton*>("queueServeButton"), Qt::LeftButton);
        QCOMPARE(f.given,
            (QList<QueueOrder> { { Kind::Move, 2, 0 }, { Kind::Move, 2, 2 }, { Kind::Remove, 2 }, { Kind::Serve } }));
        f.panel.setQueue({ 1, 2, 3 }, true);
        QVERIFY(f.panel.goesOn());
        QTest::mouseClick(f.panel.findChild<QPushButton*>("queueServeButton"), Qt::LeftButton);
        QCOMPARE(f.given.last(), QueueOrder { Kind::Hold });
    }

    // By what a batch of the run that trains took, and of the others by nothing as long as nothing was measured.
    void saysWhenAllWillHaveEnded()
    {
        Fixture f;
        auto* trains = f.panel.findChild<QLabel*>("queueTrains");
        auto* ends = f.panel.findChild<QLabel*>("queueEnds");
        QVERIFY(!trains->isVisible());
        QVERIFY2(ends->text().contains("not known"), qPrintable(ends->text()));
        storage::RunOverview live = makeRun(4);
        live.run.status = storage::RunStatus::Running;
        live.run.plannedBatches = 100;
        live.summary.batches = 40;
        live.summary.seconds = 80;
        f.catalog.putRun(live);
        f.panel.setActive(4);
        QCOMPARE(trains->text(), QStringLiteral("Trains: run 4, 2 min 0 s left"));
        for (int id : { 1, 2, 3 }) { // as runs that go on from a checkpoint, with a speed of their own
            storage::RunOverview run = makeRun(id);
            run.run.plannedBatches = 70;
            run.summary.batches = 10;
            run.summary.seconds = 10;
            f.catalog.putRun(run);
        }
        QVERIFY2(ends->text().contains("in 5 min"), qPrintable(ends->text()));
        f.panel.setActive(0);
        QVERIFY(!trains->isVisible());
        QVERIFY2(ends->text().contains("3 min"), qPrintable(ends->text()));
    }

    // What the list does when a dragged row is dropped behind the last one; without a display nothing can be dragged.
    void aDropAsks()
    {
        Fixture f;
        QCOMPARE(f.list()->dragDropMode(), QAbstractItemView::InternalMove);
        QVERIFY(f.list()->item(0)->flags().testFlag(Qt::ItemIsDragEnabled));
        f.list()->setCurrentRow(0);
        QVERIFY(f.list()->model()->moveRow({}, 0, {}, 3));
        QTRY_COMPARE(f.given, (QList<QueueOrder> { { Kind::Move, 1, 2 } }));
        f.panel.setQueue({ 2, 3, 1 }, false);
        QCOMPARE(f.list()->currentRow(), 2); // chosen where it went
        QCOMPARE(f.list()->item(2)->text(), QStringLiteral("run 1"));
        QCOMPARE(f.given.size(), 1);
    }
};

QTEST_MAIN(TestQueuePanel)
#include "tst_queue_panel.moc"
