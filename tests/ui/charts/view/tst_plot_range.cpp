// SPDX-License-Identifier: GPL-3.0-or-later
// What is in view, without a widget: following, history, the log axis, and ranges that move together.
#include "ui/charts/view/plot_range.h"

#include <QSignalSpy>
#include <QTest>

using namespace nabiz::ui;

class TestPlotRange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void followsWhatGrows();
    void staysWhereTheReaderWent();
    void goesBackAndForward();
    void tellsOnceOfEachChange();
    void logAxisIsInValues();
    void anotherUnitShowsAllAgain();
    void linkedShowTheLongest();
    void linkedMoveTogetherWhileTheyShare();
    void partIsInUnits();

private:
    PlotContent contentOf(const RunSeries& series)
    {
        PlotContent content;
        PlotCurve& curve = content.curves.emplace_back();
        curve.series = &series;
        curve.label = QStringLiteral("run");
        curve.key = 1;
        return content;
    }
    std::unique_ptr<RunSeries> m_short, m_long;
    PlotContent m_content, m_other;
};

void TestPlotRange::init()
{
    m_short = std::make_unique<RunSeries>("loss", "nats");
    m_long = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i <= 1000; ++i) {
        if (i <= 100) {
            m_short->append(i, i, 1);
        }
        m_long->append(i, i, 1);
    }
    m_content = contentOf(*m_short);
    m_other = contentOf(*m_long);
}

void TestPlotRange::followsWhatGrows()
{
    PlotRange range(m_content);
    QCOMPARE(range.xRange(), std::pair(0.0, 100.0));
    m_short->append(101, 101, 1);
    QCOMPARE(range.xRange(), std::pair(0.0, 101.0));
    range.setFollowedLength(20);
    QCOMPARE(range.xRange(), std::pair(81.0, 101.0));
    QVERIFY(range.isFollowing() && !range.view().showsAll());
    range.showAll();
    QCOMPARE(range.xRange(), std::pair(0.0, 101.0));
    QVERIFY(range.view().showsAll());
}

void TestPlotRange::staysWhereTheReaderWent()
{
    PlotRange range(m_content);
    range.setXRange(10, 20);
    m_short->append(500, 500, 1);
    QCOMPARE(range.xRange(), std::pair(10.0, 20.0));
    QVERIFY(!range.isFollowing());
    range.follow();
    QCOMPARE(range.xRange(), std::pair(0.0, 500.0));
}

void TestPlotRange::goesBackAndForward()
{
    PlotRange range(m_content);
    range.update();
    ViewBox box = range.view().box();
    box.x0 = 10;
    box.x1 = 60;
    range.change(box, ViewChange::Box, false);
    box = ViewRange::zoomedX(range.view().box(), 30, 0.5);
    range.change(box, ViewChange::Box, false);
    const auto last = range.xRange();
    range.goBack();
    QCOMPARE(range.xRange(), std::pair(10.0, 60.0));
    range.goForward();
    QCOMPARE(range.xRange(), last);
    range.goBack();
    range.goBack();
    QVERIFY(range.isFollowing());
}

void TestPlotRange::tellsOnceOfEachChange()
{
    PlotRange range(m_content);
    range.update();
    QSignalSpy moved(&range, &PlotRange::xRangeChanged), following(&range, &PlotRange::followingChanged);
    range.setXRange(10, 20);
    range.setXRange(10, 20);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(moved[0][0].toDouble(), 10.0);
    QCOMPARE(following.count(), 1);
    QCOMPARE(following[0][0].toBool(), false);
    range.fitY(); // is fitted
    QCOMPARE(moved.count(), 1);
}

void TestPlotRange::logAxisIsInValues()
{
    m_content.logX = true;
    PlotRange range(m_content);
    QCOMPARE(range.xRange().first, 0.0); // batch 0 stands left of all others
    QVERIFY(std::abs(range.xRange().second - 100) < 1e-6);
    range.setXRange(10, 50);
    QVERIFY(std::abs(range.xRange().first - 10) < 1e-9 && std::abs(range.xRange().second - 50) < 1e-9);
    QVERIFY(std::abs(range.axis().x0 - 1) < 1e-9); // the decimal logarithm
}

void TestPlotRange::anotherUnitShowsAllAgain()
{
    PlotRange range(m_content);
    range.setXRange(10, 20);
    range.contentChanged(false, false);
    QCOMPARE(range.xRange(), std::pair(10.0, 20.0));
    QSignalSpy following(&range, &PlotRange::followingChanged);
    range.contentChanged(true, false);
    QCOMPARE(range.xRange(), std::pair(0.0, 100.0));
    QCOMPARE(following.count(), 1);
}

void TestPlotRange::linkedShowTheLongest()
{
    PlotRange one(m_content), two(m_other);
    PlotRange::link(one, two);
    QCOMPARE(one.xRange(), std::pair(0.0, 1000.0));
    one.setShared(false);
    QCOMPARE(one.xRange(), std::pair(0.0, 100.0));
}

void TestPlotRange::linkedMoveTogetherWhileTheyShare()
{
    PlotRange one(m_content), two(m_other);
    PlotRange::link(one, two);
    one.setXRange(10, 20);
    QCOMPARE(two.xRange(), std::pair(10.0, 20.0));
    two.setFollowedLength(50);
    QVERIFY(one.isFollowing());
    QCOMPARE(one.xRange(), std::pair(950.0, 1000.0));
    two.setShared(false);
    one.setXRange(30, 40);
    QVERIFY(two.isFollowing());
    two.setShared(true); // it goes where the other is
    QCOMPARE(two.xRange(), std::pair(30.0, 40.0));
}

void TestPlotRange::partIsInUnits()
{
    PlotRange range(m_content);
    QVERIFY(!range.part().y);
    ViewBox box = range.view().box();
    box.autoY = false;
    box.y0 = -1;
    box.y1 = 2;
    range.change(box, ViewChange::Box, false);
    QCOMPARE(range.part().y, std::optional(std::pair(-1.0, 2.0)));
    range.fitY();
    QVERIFY(!range.part().y);
}

QTEST_GUILESS_MAIN(TestPlotRange)
#include "tst_plot_range.moc"
