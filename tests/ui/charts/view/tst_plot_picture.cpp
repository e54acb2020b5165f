// SPDX-License-Identifier: GPL-3.0-or-later
// A plot's picture is drawn when something changed and somebody looks, and not else.
#include "ui/charts/view/plot_picture.h"
#include "ui/charts/view/plot_range.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace nabiz::ui;

class TestPlotPicture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isDrawnOnceForEachChange();
    void pointsAreDrawnTogetherAndNotUnseen();
    void linkedKeepOneMargin();

private:
    std::unique_ptr<RunSeries> m_series;
    PlotContent m_content;
};

void TestPlotPicture::init()
{
    m_series = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i <= 100; ++i) {
        m_series->append(i, i, 1 + i % 3);
    }
    m_content = {};
    PlotCurve& curve = m_content.curves.emplace_back();
    curve.series = m_series.get();
    curve.label = QStringLiteral("run");
    curve.key = 1;
}

void TestPlotPicture::isDrawnOnceForEachChange()
{
    QWidget widget;
    widget.resize(400, 300);
    PlotRange range(m_content);
    PlotPicture picture(widget, m_content, range);
    QSignalSpy redrawn(&picture, &PlotPicture::redrawn);
    QCOMPARE(picture.drawn().total, std::size_t(101));
    QCOMPARE(picture.pixmap().deviceIndependentSize().toSize(), QSize(400, 300));
    QCOMPARE(redrawn.count(), 1);
    QCOMPARE(redrawn[0][0].toBool(), true);
    picture.setHighlighted(1);
    picture.setHighlighted(1);
    picture.drawn();
    QCOMPARE(redrawn.count(), 2);
    QCOMPARE(redrawn[1][0].toBool(), false);
    picture.setHighlighted(1);
    picture.drawn();
    QCOMPARE(redrawn.count(), 2);
}

void TestPlotPicture::pointsAreDrawnTogetherAndNotUnseen()
{
    QWidget widget;
    widget.resize(400, 300);
    PlotRange range(m_content);
    PlotPicture picture(widget, m_content, range);
    picture.drawn();
    m_series->append(101, 101, 1);
    picture.grow();
    QCOMPARE(picture.drawn().total, std::size_t(101)); // not at once
    QVERIFY(!picture.isUnfinished()); // nobody looks
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    picture.grow();
    QTRY_COMPARE(picture.drawn().total, std::size_t(102));
}

void TestPlotPicture::linkedKeepOneMargin()
{
    QWidget widget, other;
    RunSeries wide("memory", "bytes");
    for (int i = 0; i <= 100; ++i) {
        wide.append(i, i, 1e9 + i);
    }
    PlotContent content = m_content;
    content.curves[0].series = &wide;
    PlotRange range(m_content), otherRange(content);
    PlotPicture picture(widget, m_content, range), otherPicture(other, content, otherRange);
    for (QWidget* const shown : { &widget, &other }) {
        shown->resize(400, 300);
        shown->show();
        QVERIFY(QTest::qWaitForWindowExposed(shown));
    }
    QVERIFY(picture.drawn().map.area.left() < otherPicture.drawn().map.area.left());
    PlotPicture::link(picture, otherPicture);
    QCOMPARE(picture.drawn().map.area.left(), otherPicture.drawn().map.area.left());
}

QTEST_MAIN(TestPlotPicture)
#include "tst_plot_picture.moc"
