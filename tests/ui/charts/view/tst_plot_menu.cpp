// SPDX-License-Identifier: GPL-3.0-or-later
// The plot's menu and the list of its keys.
#include "tests/ui/charts/view/plot_fixture.h"
#include "ui/charts/view/plot_menu.h"

#include <QAction>
#include <QClipboard>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestPlotMenu : public QObject, private tests::PlotFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(make()); }
    void cleanup() { m_plot.reset(); }
    void menuHoldsAllOfIt();
    void menuCopiesWhereItWasAsked();
    void switchesShowWhatIsOn();
    void rightClickChangesNothing();
    void shortcutsAreListed();
};

void TestPlotMenu::menuHoldsAllOfIt()
{
    connect(
        m_plot.get(), &PlotView::menuAboutToShow, this, [](QMenu* menu) { menu->addAction(QStringLiteral("page's")); });
    QMenu* const menu = openMenu(at(0.3));
    QVERIFY(menu && menu->isVisible());
    QStringList names;
    for (const QAction* const action : menu->actions()) {
        names.append(action->objectName());
    }
    for (const char* const name :
        { "plotFit", "plotFollow", "plotFitY", "plotBack", "plotForward", "plotPinA", "plotPinB", "plotUnpin",
            "plotLogY", "plotLogX", "plotClip", "plotValues", "plotTable", "plotCopyValues" }) {
        QVERIFY2(names.contains(QLatin1String(name)), name);
    }
    QCOMPARE(menu->actions().last()->text(), QStringLiteral("page's"));
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("plotBack"))->isEnabled());
    menu->findChild<QAction*>(QStringLiteral("plotPinA"))->trigger();
    QVERIFY(std::abs(*m_plot->reader().pin(0) - 300) < 2);
    menu->close();
}

void TestPlotMenu::menuCopiesWhereItWasAsked()
{
    QMenu* const menu = openMenu(at(0.5));
    menu->findChild<QAction*>(QStringLiteral("plotCopyValues"))->trigger();
    QVERIFY(std::abs(*m_plot->reader().cursorX() - 500) < 2);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("two")));
    menu->close();
}

void TestPlotMenu::switchesShowWhatIsOn()
{
    m_content.logY = true;
    m_content.xUnit = XUnit::WallTime;
    m_plot->setContent(m_content);
    m_plot->reader().setValuesShown(false);
    QMenu* const menu = openMenu(at(0.5));
    QVERIFY(menu->findChild<QAction*>(QStringLiteral("plotLogY"))->isChecked());
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("plotLogX"))->isEnabled()); // dates have no logarithm
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("plotValues"))->isChecked());
    menu->close();
}

void TestPlotMenu::rightClickChangesNothing()
{
    m_plot->range().setXRange(100, 200);
    QTest::mouseClick(m_plot.get(), Qt::RightButton, Qt::NoModifier, at(0.3));
    openMenu(at(0.3))->close();
    QCOMPARE(m_plot->range().xRange(), std::pair(100.0, 200.0));
}

void TestPlotMenu::shortcutsAreListed()
{
    const auto all = plotShortcuts();
    QVERIFY(all.size() > 10);
    for (const PlotShortcut& shortcut : all) {
        QVERIFY(!shortcut.keys.isEmpty() && !shortcut.action.isEmpty());
    }
}

QTEST_MAIN(TestPlotMenu)
#include "tst_plot_menu.moc"
