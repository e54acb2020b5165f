// SPDX-License-Identifier: GPL-3.0-or-later
// What is painted over a plot's picture.
#include "tests/ui/charts/view/plot_fixture.h"

#include <QImage>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestPlotOverlay : public QObject, private tests::PlotFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(make()); }
    void cleanup() { m_plot.reset(); }
    void valuesBesideTheCursor();
    void cursorAndPinsAreDrawnWhereTheyAre();
    void theBoxSaysItsEdges();
};

void TestPlotOverlay::valuesBesideTheCursor()
{
    moveTo(at(0.25));
    const QImage without = m_plot->grab().toImage();
    QTest::keyClick(m_plot.get(), Qt::Key_V);
    const QImage with = m_plot->grab().toImage();
    QVERIFY(with != without);
    QTest::keyClick(m_plot.get(), Qt::Key_V);
    QCOMPARE(m_plot->grab().toImage(), without);
}

void TestPlotOverlay::cursorAndPinsAreDrawnWhereTheyAre()
{
    const QImage before = m_plot->grab().toImage();
    m_plot->reader().setCursorX(500);
    const QImage with = m_plot->grab().toImage();
    const QPoint place = at(0.5, 0.02);
    int changed = 0;
    for (int x = 0; x < before.width(); ++x)
        changed += before.pixel(x, place.y()) != with.pixel(x, place.y());
    QVERIFY(changed > 0 && changed <= 3); // a line
    QVERIFY(before.pixel(place.x(), place.y()) != with.pixel(place.x(), place.y())
        || before.pixel(place.x() - 1, place.y()) != with.pixel(place.x() - 1, place.y()));
    m_plot->reader().setCursorX(std::nullopt);
    QCOMPARE(m_plot->grab().toImage(), before);
    m_plot->reader().setPin(0, 250);
    QVERIFY(m_plot->grab().toImage() != before);
    m_plot->range().setXRange(500, 600);
    const QImage beyond = m_plot->grab().toImage();
    m_plot->reader().unpin();
    QCOMPARE(m_plot->grab().toImage(), beyond); // it is not in view
}

void TestPlotOverlay::theBoxSaysItsEdges()
{
    m_plot->reader().setValuesShown(false);
    moveTo(at(0.6));
    const QImage before = m_plot->grab().toImage();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, at(0.2, 0.2));
    moveTo(at(0.6, 0.8), Qt::LeftButton);
    const QImage during = m_plot->grab().toImage();
    QVERIFY(during.pixel(at(0.4)) != before.pixel(at(0.4)));
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, at(0.6, 0.8));
    QCOMPARE(m_plot->grab().toImage(), before);
}

QTEST_MAIN(TestPlotOverlay)
#include "tst_plot_overlay.moc"
