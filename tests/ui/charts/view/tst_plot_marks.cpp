// SPDX-License-Identifier: GPL-3.0-or-later
// Marks under the mouse, and what is said of a plot without seeing it.
#include "ui/charts/view/plot_description.h"
#include "ui/charts/view/plot_marks.h"
#include "ui/charts/view/plot_range.h"
#include "ui/charts/view/plot_reader.h"

#include <QtTest>

using namespace nabiz::ui;

class TestPlotMarks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isFoundWithinSomePixels();
    void isFoundAtAValue();
    void saysALineAMark();
    void describesEachCurve();
    void saysNothingWithoutCurves();

private:
    static PlotDrawn drawnWithMarks()
    {
        PlotDrawn drawn;
        drawn.map.area = QRectF(100, 0, 1000, 200);
        drawn.map.x1 = 1000;
        drawn.marks = { { QRectF(345, 190, 10, 10), { 0 } }, { QRectF(845, 190, 10, 10), { 1, 2 } } };
        return drawn;
    }
};

void TestPlotMarks::isFoundWithinSomePixels()
{
    const PlotDrawn drawn = drawnWithMarks();
    QCOMPARE(markAt(drawn, QPointF(350, 195)), &drawn.marks[0]);
    QCOMPARE(markAt(drawn, QPointF(357, 195)), &drawn.marks[0]);
    QVERIFY(!markAt(drawn, QPointF(360, 195)));
    QVERIFY(!markAt(drawn, QPointF(350, 150)));
}

void TestPlotMarks::isFoundAtAValue()
{
    const PlotDrawn drawn = drawnWithMarks();
    QCOMPARE(markAt(drawn, std::optional(750.0)), &drawn.marks[1]);
    QVERIFY(!markAt(drawn, std::optional(500.0)));
    QVERIFY(!markAt(drawn, std::optional<double>()));
}

void TestPlotMarks::saysALineAMark()
{
    PlotContent content;
    for (int i = 0; i < 20; ++i)
        content.marks.push_back({ double(i), MarkKind::Warning, QStringLiteral("mark %1").arg(i), i, {} });
    PlacedMark placed { QRectF(), { 3, 7 } };
    const QStringList lines = markText(content, placed).split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].contains(QStringLiteral("mark 3")) && lines[1].contains(QStringLiteral("mark 7")));
    placed.marks.clear();
    for (std::size_t i = 0; i < content.marks.size(); ++i)
        placed.marks.push_back(i);
    QCOMPARE(markText(content, placed).split(u'\n').size(), 9); // as many as a tooltip holds, and how many more
}

void TestPlotMarks::describesEachCurve()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i <= 100; ++i)
        series.append(i, i, 5 - i * 0.04);
    PlotContent content;
    PlotCurve& curve = content.curves.emplace_back();
    curve.series = &series;
    curve.label = QStringLiteral("one");
    PlotRange range(content);
    SmoothedCache smoothed;
    PlotReader reader(content, range, smoothed);
    PlotDrawn drawn;
    drawn.total = drawn.visible = 101;
    QString text = plotDescription(content, drawn, reader);
    for (const char* part : { "one: 101 points", "101 of 101 points" })
        QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
    QVERIFY(!text.contains(QStringLiteral("At 50")));
    reader.setCursorX(50);
    text = plotDescription(content, drawn, reader);
    QVERIFY2(text.startsWith(QStringLiteral("At 50 one")), qPrintable(text));
}

void TestPlotMarks::saysNothingWithoutCurves()
{
    const PlotContent content;
    PlotRange range(content);
    SmoothedCache smoothed;
    const PlotReader reader(content, range, smoothed);
    QVERIFY(plotDescription(content, {}, reader).isEmpty());
}

QTEST_MAIN(TestPlotMarks)
#include "tst_plot_marks.moc"
