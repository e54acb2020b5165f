// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse does to a plot: wheel, drags, marks.
#include "tests/ui/charts/view/plot_fixture.h"

#include <QSignalSpy>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestPlotMouse : public QObject, private tests::PlotFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(make()); }
    void cleanup() { m_plot.reset(); }
    void altBoxIsFullHeight();
    void wheelOverAnAxis();
    void touchpadPixels();
    void markByMouse();
    void spaceAndDragMoveTheView();
    void leavingTakesTheCursorAway();
    void aDisabledPlotIsLeftAlone();
};

void TestPlotMouse::altBoxIsFullHeight()
{
    const auto y = m_plot->yRange();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::AltModifier, at(0.2, 0.3));
    const QPoint end = at(0.4, 0.6);
    QMouseEvent move(QEvent::MouseMove, end, m_plot->mapToGlobal(end), Qt::NoButton, Qt::LeftButton, Qt::AltModifier);
    QApplication::sendEvent(m_plot.get(), &move);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::AltModifier, end);
    QVERIFY(std::abs(m_plot->range().xRange().first - 200) < 2 && std::abs(m_plot->range().xRange().second - 400) < 2);
    // y is fitted to what is in view, not to the box.
    QVERIFY(m_plot->yRange().first < m_one->value(400) && m_plot->yRange().second > m_one->value(200));
    QVERIFY(m_plot->yRange().second < y.second);
}

void TestPlotMouse::wheelOverAnAxis()
{
    const auto x = m_plot->range().xRange(), y = m_plot->yRange();
    wheel(QPoint(3, at(0.5).y()), {}, { 0, 120 });
    QCOMPARE(m_plot->range().xRange(), x);
    QVERIFY(m_plot->yRange().second - m_plot->yRange().first < y.second - y.first);
    const auto zoomed = m_plot->yRange();
    wheel(QPoint(at(0.5).x(), m_plot->height() - 3), {}, { 0, 120 });
    QVERIFY(m_plot->range().xRange().second - m_plot->range().xRange().first < 900);
    QCOMPARE(m_plot->yRange(), zoomed);
}

void TestPlotMouse::touchpadPixels()
{
    wheel(at(0.5), { 0, 40 }, { 0, 8 }, Qt::ScrollUpdate); // the fingers' way, not the few angles that come with it
    const auto [x0, x1] = m_plot->range().xRange();
    QVERIFY2(std::abs((x1 - x0) - 870) < 1, qPrintable(QString::number(x1 - x0)));
}

void TestPlotMouse::markByMouse()
{
    QSignalSpy chosen(m_plot.get(), &PlotView::markActivated);
    const QPoint place(at(0.75).x(), static_cast<int>(m_plot->plotArea().bottom()) - 4);
    moveTo(place);
    QCOMPARE(m_plot->cursor().shape(), Qt::PointingHandCursor);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::NoModifier, place);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), 9);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::NoModifier, at(0.5));
    QCOMPARE(chosen.count(), 1);
    QVERIFY(m_plot->range().isFollowing());
}

void TestPlotMouse::spaceAndDragMoveTheView()
{
    m_plot->range().setXRange(400, 600);
    QTest::keyPress(m_plot.get(), Qt::Key_Space);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, at(0.5));
    moveTo(at(0.75), Qt::LeftButton);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, at(0.75));
    QTest::keyRelease(m_plot.get(), Qt::Key_Space);
    QVERIFY(std::abs(m_plot->range().xRange().first - 350) < 2);
    QVERIFY(std::abs(m_plot->range().xRange().second - 550) < 2);
}

void TestPlotMouse::leavingTakesTheCursorAway()
{
    moveTo(at(0.5));
    QVERIFY(m_plot->reader().cursorX());
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_plot.get(), &leave);
    QVERIFY(!m_plot->reader().cursorX());
}

void TestPlotMouse::aDisabledPlotIsLeftAlone()
{
    m_plot->setEnabled(false);
    wheel(at(0.5), {}, { 0, 120 });
    moveTo(at(0.5));
    QVERIFY(m_plot->range().isFollowing());
    QVERIFY(!m_plot->reader().cursorX());
}

QTEST_MAIN(TestPlotMouse)
#include "tst_plot_mouse.moc"
