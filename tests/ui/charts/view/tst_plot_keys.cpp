// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to a plot, and which of them are its own.
#include "tests/ui/charts/view/plot_fixture.h"

#include <QClipboard>
#include <QKeyEvent>
#include <QSignalSpy>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestPlotKeys : public QObject, private tests::PlotFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(make()); }
    void cleanup() { m_plot.reset(); }
    void whichKeysAreItsOwn_data();
    void whichKeysAreItsOwn();
    void pinsByKeys();
    void copyTakesTheValues();
    void fitYKeepsX();
    void upAndDownZoomY();
    void followsTheLast();
    void keysAskThePage();
    void markByKeys();
    void escapeEndsADrag();
};

void TestPlotKeys::whichKeysAreItsOwn_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("a letter") << int(Qt::Key_L) << 0 << true;
    QTest::newRow("the window's") << int(Qt::Key_L) << int(Qt::ControlModifier) << false;
    QTest::newRow("copy") << int(Qt::Key_C) << int(Qt::ControlModifier) << true;
    QTest::newRow("back") << int(Qt::Key_Left) << int(Qt::AltModifier) << true;
    QTest::newRow("a page") << int(Qt::Key_1) << int(Qt::AltModifier) << false;
    QTest::newRow("nothing to take away") << int(Qt::Key_Escape) << 0 << false;
    QTest::newRow("a function key") << int(Qt::Key_F1) << 0 << false;
}

void TestPlotKeys::whichKeysAreItsOwn()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(bool, isOurs);
    QKeyEvent asked(QEvent::ShortcutOverride, key, Qt::KeyboardModifiers(modifiers));
    asked.ignore();
    QApplication::sendEvent(m_plot.get(), &asked);
    QCOMPARE(asked.isAccepted(), isOurs);
}

void TestPlotKeys::pinsByKeys()
{
    QCOMPARE(m_plot->focusPolicy(), Qt::WheelFocus); // End leads back from what the wheel zoomed to
    QSignalSpy moved(&m_plot->reader(), &PlotReader::pinMoved);
    moveTo(at(0.25));
    QTest::keyClick(m_plot.get(), Qt::Key_A);
    moveTo(at(0.75));
    QTest::keyClick(m_plot.get(), Qt::Key_B);
    QCOMPARE(moved.count(), 2);
    QVERIFY(std::abs(*m_plot->reader().pin(0) - 250) < 2 && std::abs(*m_plot->reader().pin(1) - 750) < 2);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QVERIFY(!m_plot->reader().pin(0) && !m_plot->reader().pin(1));
}

void TestPlotKeys::copyTakesTheValues()
{
    m_plot->reader().setCursorX(500);
    QTest::keyClick(m_plot.get(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    const QStringList cells = lines[2].split(QLatin1Char('\t'));
    QCOMPARE(cells[0], QStringLiteral("two"));
    QCOMPARE(QLocale().toDouble(cells[1]), 500.0);
    QCOMPARE(QLocale().toDouble(cells[2]), m_two->value(50));
    QCOMPARE(QLocale().toDouble(cells[4]), m_two->value(50) - m_one->value(500));
}

void TestPlotKeys::fitYKeepsX()
{
    m_plot->range().setXRange(200, 400);
    const auto fitted = m_plot->yRange();
    wheel(at(0.5), {}, { 0, 0 });
    QWheelEvent shift(at(0.5), m_plot->mapToGlobal(at(0.5)), {}, { 0, 240 }, Qt::NoButton, Qt::ShiftModifier,
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_plot.get(), &shift);
    QVERIFY(m_plot->yRange() != fitted);
    QTest::keyClick(m_plot.get(), Qt::Key_F);
    QCOMPARE(m_plot->yRange(), fitted);
    QCOMPARE(m_plot->range().xRange(), std::pair(200.0, 400.0));
}

void TestPlotKeys::upAndDownZoomY()
{
    const auto y = m_plot->yRange();
    QTest::keyClick(m_plot.get(), Qt::Key_Up);
    QVERIFY(m_plot->yRange().second - m_plot->yRange().first < y.second - y.first);
    QTest::keyClick(m_plot.get(), Qt::Key_Down);
    QVERIFY(std::abs((m_plot->yRange().second - m_plot->yRange().first) - (y.second - y.first)) < 1e-6);
}

void TestPlotKeys::followsTheLast()
{
    m_content.plannedX = 5000;
    m_plot->setContent(m_content);
    m_plot->range().setFollowedLength(200);
    QVERIFY(m_plot->range().isFollowing());
    QCOMPARE(m_plot->range().xRange(), std::pair(800.0, 1000.0)); // of what there is, not of what is planned
    m_one->append(1001, 100.1, 1);
    m_plot->refresh();
    QCOMPARE(m_plot->range().xRange(), std::pair(801.0, 1001.0));
    wheel(at(0.5), {}, { 0, 120 });
    QVERIFY(!m_plot->range().isFollowing());
    QTest::keyClick(m_plot.get(), Qt::Key_End);
    QCOMPARE(m_plot->range().xRange(), std::pair(801.0, 1001.0));
    QTest::keyClick(m_plot.get(), Qt::Key_Home);
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 5000.0));
    QTest::keyClick(m_plot.get(), Qt::Key_End);
    QCOMPARE(m_plot->range().xRange().second, 5000.0); // Home chose all
}

void TestPlotKeys::keysAskThePage()
{
    QSignalSpy logY(m_plot.get(), &PlotView::logRequested), logX(m_plot.get(), &PlotView::logXRequested),
        clip(m_plot.get(), &PlotView::clipRequested);
    QTest::keyClick(m_plot.get(), Qt::Key_L);
    QTest::keyClick(m_plot.get(), Qt::Key_X);
    QTest::keyClick(m_plot.get(), Qt::Key_O);
    QCOMPARE(logY.count(), 1);
    QCOMPARE(logX.count(), 1);
    QCOMPARE(clip.count(), 1);
}

void TestPlotKeys::markByKeys()
{
    QSignalSpy chosen(m_plot.get(), &PlotView::markActivated);
    m_plot->reader().setCursorX(300);
    QTest::keyClick(m_plot.get(), Qt::Key_M, Qt::ShiftModifier);
    QCOMPARE(*m_plot->reader().cursorX(), 250.0);
    QTest::keyClick(m_plot.get(), Qt::Key_M);
    QCOMPARE(*m_plot->reader().cursorX(), 750.0);
    QTest::keyClick(m_plot.get(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), 9);
}

void TestPlotKeys::escapeEndsADrag()
{
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, at(0.2));
    moveTo(at(0.6), Qt::LeftButton);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, at(0.6));
    QVERIFY(m_plot->range().isFollowing());
}

QTEST_MAIN(TestPlotKeys)
#include "tst_plot_keys.moc"
