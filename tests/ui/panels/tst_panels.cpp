// SPDX-License-Identifier: GPL-3.0-or-later
// Panels on Watch as a person makes them: found, added, moved, changed, removed, and kept as layouts.
#include "tests/ui/pages/watch/watch_fixture.h"
#include "ui/charts/view/plot_view.h"
#include "ui/panels/metric_pattern.h"
#include "ui/panels/panel_board.h"
#include "ui/panels/panel_dialog.h"
#include "ui/panels/ready_panels.h"

#include <QAction>
#include <QCheckBox>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace nabiz;
using namespace nabiz::ui;

class TestPanels : public tests::WatchFixture {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_layouts.setKept({}, {});
        QVERIFY(open());
    }
    void patterns();
    void layoutsAsTheyAreKept();
    void beginsAsBefore();
    void shippedLayoutOfARunThatLacksIt();
    void foundAmongTenThousand();
    void movedByButtonsAndKeys();
    void changedAndRemoved();
    void inAWindowOfItsOwn();
    void savedRenamedDeleted();
    void severalRunsAndTheirCursor();
    void liveValuesArrive();

private:
    storage::RunDetail routed(storage::RunId id, int experts)
    {
        storage::RunDetail run = testing::sampleRun(id, "run " + std::to_string(id), 100, 1.5);
        storage::Series grad = testing::column("grad_norm", ""), gpu = testing::column("gpu.utilization", "%");
        std::vector<storage::Series> shares;
        for (int expert = 0; expert < experts; ++expert)
            shares.push_back(testing::column("router.0.expert." + std::to_string(expert), ""));
        for (int batch = 0; batch < 100; ++batch) {
            testing::add(grad, batch, 1.0 + batch);
            testing::add(gpu, batch, 90);
            for (storage::Series& share : shares)
                testing::add(share, batch, 1.0 / experts);
        }
        run.series.push_back(grad);
        run.series.push_back(gpu);
        run.series.insert(run.series.end(), shares.begin(), shares.end());
        return run;
    }
    PlotView* panel(const QString& title)
    {
        for (PlotView* const plot : panels())
            if (plot->content().title == title)
                return plot;
        return nullptr;
    }
    QList<PlotView*> panels() { return m_page->findChildren<PlotView*>(QStringLiteral("panelChart")); }
    void trigger(const char* name)
    {
        child<QAction>(name)->trigger();
        QCoreApplication::processEvents(); // what it shows is laid out
    }
    QStringList rows()
    {
        QStringList found;
        for (const PanelRow& row : m_page->findChild<PanelBoard*>()->panels().rows) {
            QStringList line;
            for (const PanelSpec& panel : row.panels)
                line << (panel.kind.isEmpty() ? panel.metrics.join(u',') : panel.kind);
            found << line.join(u'|');
        }
        return found;
    }
    // Of the panel's frame.
    QToolButton* button(PlotView* plot, const char* name)
    {
        QCoreApplication::processEvents(); // where it stands is known
        QWidget* at = plot;
        while (at && at->objectName() != QStringLiteral("panelFrame"))
            at = at->parentWidget();
        return at->findChild<QToolButton*>(QLatin1String(name));
    }
};

void TestPanels::patterns()
{
    QVERIFY(matchesPattern("router.*", "router.0.expert.7"));
    QVERIFY(matchesPattern("*", ""));
    QVERIFY(matchesPattern("*.expert.?", "router.0.expert.7"));
    QVERIFY(!matchesPattern("*.expert.?", "router.0.expert.17"));
    QVERIFY(!matchesPattern("router", "router.0"));
    QVERIFY(matchesPattern("a*b*c", "a-b-b-c"));
    QVERIFY(!matchesPattern("a*b*c", "a-b-b-d"));
    QVERIFY(isFound("EXPERT 12", "router.12.expert.3"));
    QVERIFY(isFound("r*3", "router.12.expert.3"));
    QVERIFY(!isFound("expert loss", "router.12.expert.3"));
}

void TestPanels::layoutsAsTheyAreKept()
{
    for (const PanelLayout& layout : shippedLayouts())
        QVERIFY(layoutOf(toJson(layout)) == layout);
    PanelLayout own { "mine",
        { { { { .metrics = { "a*", "b" }, .logY = true, .linked = false, .torn = true } }, 12 } } };
    own.rows[0].panels[0].title = "Başlık & Co";
    QVERIFY(layoutOf(toJson(own)) == own);
    QVERIFY(!layoutOf({}));
    QVERIFY(!layoutOf({ { "name", "x" } }));
    QVERIFY(!layoutOf({ { "name", "x" }, { "rows", QJsonArray { QJsonObject { { "panels", QJsonArray { 7 } } } } } }));
}

void TestPanels::beginsAsBefore()
{
    load(routed(1, 4));
    m_page->showRuns(1, {});
    QVERIFY(panels().isEmpty());
    QCOMPARE(rows(), QStringList({ "main", "rate", "memory" }));
    QVERIFY(child<PlotView>("lossChart")->isVisible());
    QVERIFY(!child<PlotView>("rateChart")->isVisible());
    QVERIFY(child<PlotView>("memoryChart")->isVisible());
    QVERIFY(!child<PlotView>("lossChart")->content().showXAxis);
    QVERIFY(child<PlotView>("lossChart")->height() > child<PlotView>("memoryChart")->height());
}

void TestPanels::shippedLayoutOfARunThatLacksIt()
{
    load(testing::sampleRun(1, "without", 100, 1.5));
    m_page->showRuns(1, {});
    trigger("layout_GPU");
    QCOMPARE(rows().size(), 4);
    QCOMPARE(panels().size(), 4);
    for (PlotView* const plot : panels())
        QVERIFY(plot->content().curves.empty());
    QVERIFY(child<PlotView>("lossChart")->content().showXAxis);
    trigger("layout_Router");
    load(routed(2, 6));
    m_page->showRuns(2, {});
    QCOMPARE(panels().size(), 1);
    QCOMPARE(panels().front()->content().curves.size(), std::size_t(6));
    trigger("layout_Training");
    QCOMPARE(rows(), QStringList({ "main", "rate", "memory" }));
}

void TestPanels::foundAmongTenThousand()
{
    load(routed(1, 10'000));
    m_page->showRuns(1, {});
    trigger("addPanelAction");
    auto* const dialog = m_page->findChild<PanelDialog*>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    auto* const search = dialog->findChild<QLineEdit*>("panelSearchEdit");
    auto* const list = dialog->findChild<QListView*>("panelMetricList");
    QVERIFY(search->hasFocus() || !dialog->isActiveWindow());
    QVERIFY(list->model()->rowCount() > 10'000);
    QVERIFY(!dialog->findChild<QPushButton*>("panelOkButton")->isEnabled());
    QTest::keyClicks(search, "expert 777");
    QCOMPARE(list->model()->rowCount(), 19); // 777, 1777 … 9777, 7770 … 7779
    QTest::keyClick(list, Qt::Key_Space); // the first of them
    search->clear();
    QTest::keyClicks(search, "router.*.expert.99?");
    QTest::mouseClick(dialog->findChild<QPushButton*>("panelPatternButton"), Qt::LeftButton);
    QTest::mouseClick(dialog->findChild<QPushButton*>("panelOkButton"), Qt::LeftButton);
    QCOMPARE(panels().size(), 1);
    QCOMPARE(panels().front()->content().curves.size(), std::size_t(11)); // and 990 … 999
    QCOMPARE(rows().back(), QStringLiteral("router.0.expert.1777,router.*.expert.99?"));
    trigger("readyPanel_router.*");
    QCOMPARE(panel("Shares of the experts")->content().curves.size(), std::size_t(64)); // as many as can be told apart
}

void TestPanels::movedByButtonsAndKeys()
{
    load(routed(1, 4));
    m_page->showRuns(1, {});
    trigger("readyPanel_grad_norm");
    trigger("readyPanel_router.*");
    QCOMPARE(rows(), QStringList({ "main", "rate", "memory", "grad_norm", "router.*" }));
    PlotView* const router = panel("Shares of the experts");
    QVERIFY(!button(router, "panelUp")->isVisible());
    trigger("arrangePanelsAction");
    QVERIFY(button(router, "panelUp")->isVisible());
    QTest::mouseClick(button(router, "panelUp"), Qt::LeftButton);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate", "memory", "grad_norm|router.*" }));
    button(router, "panelLeft")->setFocus();
    QTest::keyClick(button(router, "panelLeft"), Qt::Key_Space);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate", "memory", "router.*|grad_norm" }));
    QTest::keyClick(button(router, "panelUp"), Qt::Key_Space);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate", "memory", "router.*", "grad_norm" }));
    QTest::keyClick(button(router, "panelDown"), Qt::Key_Space);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate", "memory", "grad_norm|router.*" }));
    // What is moved is kept with the page.
    const QJsonObject state = m_page->state();
    trigger("layout_Training");
    QCOMPARE(rows().size(), 3);
    m_page->restore(state);
    QCOMPARE(rows(), QStringList({ "main", "rate", "memory", "grad_norm|router.*" }));
    QCOMPARE(panels().size(), 2);
    QCOMPARE(panel("Shares of the experts")->content().curves.size(), std::size_t(4));
}

void TestPanels::changedAndRemoved()
{
    load(routed(1, 4));
    m_page->showRuns(1, {});
    trigger("readyPanel_grad_norm");
    trigger("arrangePanelsAction");
    PlotView* plot = panels().front();
    QVERIFY(plot->content().logY);
    QTest::keyClick(plot, Qt::Key_L);
    QVERIFY(!plot->content().logY);
    QTest::mouseClick(button(plot, "panelChange"), Qt::LeftButton);
    QTRY_VERIFY(m_page->findChild<PanelDialog*>());
    auto* const dialog = m_page->findChild<PanelDialog*>();
    auto* const search = dialog->findChild<QLineEdit*>("panelSearchEdit");
    QTest::keyClicks(search, "gpu");
    auto* const list = dialog->findChild<QListView*>("panelMetricList");
    QCOMPARE(list->model()->rowCount(), 1);
    QTest::keyClick(list, Qt::Key_Space);
    dialog->findChild<QLineEdit*>("panelTitleEdit")->setText("Both");
    QTest::mouseClick(dialog->findChild<QCheckBox*>("panelLinkedBox"), Qt::LeftButton, {},
        QPoint(8, dialog->findChild<QCheckBox*>("panelLinkedBox")->height() / 2));
    QTest::mouseClick(dialog->findChild<QPushButton*>("panelOkButton"), Qt::LeftButton);
    QCOMPARE(plot->content().title, QStringLiteral("Both"));
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QVERIFY(plot->content().curves[1].label.contains(QStringLiteral("%"))); // units differ
    // Its own x range now.
    child<PlotView>("lossChart")->range().setXRange(10, 20);
    QVERIFY(plot->range().isFollowing());
    QTest::mouseClick(button(plot, "panelRemove"), Qt::LeftButton);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate", "memory" }));
    // The page's own charts go and come back too.
    QTest::mouseClick(button(child<PlotView>("memoryChart"), "panelRemove"), Qt::LeftButton);
    QTRY_COMPARE(rows(), QStringList({ "main", "rate" }));
    QVERIFY(!child<PlotView>("memoryChart")->isVisible());
    trigger("readyPanel_memory");
    QCOMPARE(rows(), QStringList({ "main", "rate", "memory" }));
    QVERIFY(child<PlotView>("memoryChart")->isVisible());
    trigger("readyPanel_memory"); // there already
    QCOMPARE(rows().size(), 3);
}

void TestPanels::inAWindowOfItsOwn()
{
    load(routed(1, 4));
    m_page->showRuns(1, {});
    trigger("readyPanel_grad_norm");
    trigger("arrangePanelsAction");
    PlotView* const plot = panels().front();
    QTest::mouseClick(button(plot, "panelTear"), Qt::LeftButton);
    QTRY_VERIFY(plot->window() != m_page->window());
    QVERIFY(plot->isVisible());
    plot->window()->close();
    QTRY_COMPARE(plot->window(), m_page->window());
    QVERIFY(plot->isVisible());
}

void TestPanels::savedRenamedDeleted()
{
    load(routed(1, 4));
    m_page->showRuns(1, {});
    auto* const menu = child<QToolButton>("panelsButton");
    QVERIFY(!child<QAction>("saveLayoutAction")->isEnabled());
    QVERIFY(!child<QAction>("removeLayoutAction")->isEnabled());
    trigger("readyPanel_grad_norm");
    QVERIFY(menu->text().contains(u'*'));
    const auto answer = [this](const QString& name) {
        auto* const dialog = m_page->findChild<QInputDialog*>("layoutNameDialog");
        QVERIFY(dialog);
        auto* const edit = dialog->findChild<QLineEdit*>();
        edit->selectAll();
        QTest::keyClicks(edit, name);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(!m_page->findChild<QInputDialog*>("layoutNameDialog"));
    };
    trigger("saveLayoutAsAction");
    answer("Gradients");
    QCOMPARE(m_layouts.own().size(), std::size_t(1));
    QCOMPARE(m_layouts.own()[0].name, QStringLiteral("Gradients"));
    QVERIFY(!menu->text().contains(u'*'));
    trigger("reportLayoutAction");
    QCOMPARE(m_layouts.reportedLayouts().size(), std::size_t(1));
    trigger("renameLayoutAction");
    answer("Training"); // a shipped one's
    QCOMPARE(m_layouts.own()[0].name, QStringLiteral("Training 2"));
    QCOMPARE(m_layouts.reported(), QStringList { m_layouts.own()[0].name });
    trigger("layout_Training");
    QCOMPARE(rows().size(), 3);
    child<QAction>("layout_Training 2")->trigger();
    QCOMPARE(rows().size(), 4);
    trigger("removeLayoutAction");
    QVERIFY(m_layouts.own().empty());
    QVERIFY(m_layouts.reported().isEmpty());
    QCOMPARE(rows().size(), 4); // what is seen stays, and can be saved again
    QVERIFY(child<QAction>("saveLayoutAction")->isEnabled());
}

void TestPanels::severalRunsAndTheirCursor()
{
    load(routed(1, 4));
    load(routed(2, 4));
    load(testing::sampleRun(3, "without", 100, 1.5));
    m_page->showRuns(1, { 1, 2, 3 });
    trigger("readyPanel_grad_norm");
    PlotView* const plot = panels().front();
    QCOMPARE(plot->content().curves.size(), std::size_t(2));
    QCOMPARE(plot->content().curves[0].label, QStringLiteral("run 1"));
    QVERIFY(plot->content().curves[0].color != plot->content().curves[1].color);
    child<PlotView>("lossChart")->reader().moveCursor(40);
    QCOMPARE(plot->reader().cursorX(), std::optional(40.0));
    plot->reader().moveCursor(50);
    QCOMPARE(child<PlotView>("memoryChart")->reader().cursorX(), std::optional(50.0));
    child<PlotView>("memoryChart")->range().setXRange(10, 30);
    QCOMPARE(plot->range().xRange(), std::pair(10.0, 30.0));
    plot->range().follow();
    QVERIFY(child<PlotView>("lossChart")->range().isFollowing());
    m_catalog->removeRun(2);
    QCOMPARE(plot->content().curves.size(), std::size_t(1));
}

void TestPanels::liveValuesArrive()
{
    storage::RunDetail run = testing::sampleRun(1, "live", 10, 1.5);
    run.overview.run.status = storage::RunStatus::Running;
    load(run);
    m_page->showRuns(1, {});
    trigger("readyPanel_router.*");
    QVERIFY(panels().front()->content().curves.empty());
    storage::Row row;
    row.batch = 10;
    row.time = 5;
    row.metric[0] = 0;
    row.value[0] = 0.25;
    row.count = 1;
    m_catalog->appendRows(1, { { 0, "router.0.expert.0", "" } }, std::span(&row, 1));
    QCOMPARE(panels().front()->content().curves.size(), std::size_t(1));
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
