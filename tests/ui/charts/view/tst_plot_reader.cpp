// SPDX-License-Identifier: GPL-3.0-or-later
// Where the reader looks, without a widget: samples, marks and pins.
#include "ui/charts/view/plot_range.h"
#include "ui/charts/view/plot_reader.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace nabiz::ui;

class TestPlotReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void stepsStandOnSamples();
    void theViewGoesAlong();
    void theMainCurveIsALine();
    void stepsToMarks();
    void anothersCursorIsNotTold();
    void pinsTellOnce();
    void copiesWhatItReads();

private:
    std::unique_ptr<RunSeries> m_points, m_line;
    PlotContent m_content;
    SmoothedCache m_smoothed;
};

void TestPlotReader::init()
{
    m_points = std::make_unique<RunSeries>("val.loss", "nats");
    m_line = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i <= 1000; i += 10) {
        m_line->append(i, i, 5 - i * 0.001);
        if (i % 250 == 0) {
            m_points->append(i, i, 4);
        }
    }
    m_content = {};
    PlotCurve points, line;
    points.series = m_points.get();
    points.label = QStringLiteral("val");
    points.key = 1;
    points.points = true;
    line.series = m_line.get();
    line.label = QStringLiteral("run");
    line.key = 2;
    line.smoothed = false;
    m_content.curves = { points, line };
    m_content.marks = { { 250, MarkKind::Evaluation, {}, 7, {} }, { 750, MarkKind::Warning, {}, 9, {} } };
}

void TestPlotReader::stepsStandOnSamples()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    range.update();
    QSignalSpy stepped(&reader, &PlotReader::stepped);
    reader.stepCursor(-1); // was not there: the last in view
    QCOMPARE(reader.cursorX(), std::optional(1000.0));
    reader.stepCursor(-10);
    QCOMPARE(reader.cursorX(), std::optional(900.0));
    reader.stepCursor(100); // not beyond the last
    QCOMPARE(reader.cursorX(), std::optional(1000.0));
    QCOMPARE(stepped.count(), 3);
}

void TestPlotReader::theViewGoesAlong()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    range.setXRange(100, 200);
    reader.moveCursor(200);
    reader.stepCursor(5);
    QCOMPARE(reader.cursorX(), std::optional(250.0));
    QCOMPARE(range.xRange(), std::pair(150.0, 250.0));
}

void TestPlotReader::theMainCurveIsALine()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    QCOMPARE(reader.atSample(257), 250.0);
    QCOMPARE(reader.atSample(267), 260.0); // of the line, not of the few points
    m_content.curves[1].hidden = true;
    QCOMPARE(reader.atSample(267), 250.0);
    m_content.curves[0].hidden = true;
    QCOMPARE(reader.atSample(267), 267.0);
    QVERIFY(reader.readings(267).empty());
}

void TestPlotReader::stepsToMarks()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    reader.stepToMark(1);
    QCOMPARE(reader.cursorX(), std::optional(250.0));
    reader.stepToMark(1);
    reader.stepToMark(1); // there is none further on
    QCOMPARE(reader.cursorX(), std::optional(750.0));
    reader.stepToMark(-1);
    QCOMPARE(reader.cursorX(), std::optional(250.0));
}

void TestPlotReader::anothersCursorIsNotTold()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    QSignalSpy told(&reader, &PlotReader::cursorMoved), changed(&reader, &PlotReader::changed);
    reader.setCursorX(10);
    QCOMPARE(told.count(), 0);
    reader.moveCursor(10); // is there
    QCOMPARE(told.count(), 0);
    reader.moveCursor(20);
    QCOMPARE(told.count(), 1);
    QCOMPARE(changed.count(), 2);
}

void TestPlotReader::pinsTellOnce()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    QSignalSpy told(&reader, &PlotReader::pinMoved);
    reader.setPin(1, 30);
    reader.setPin(1, 30);
    QCOMPARE(told.count(), 1);
    QVERIFY(reader.hasPins() && !reader.pin(0));
    reader.unpin();
    QCOMPARE(told.count(), 2); // of the one that was
    QVERIFY(!reader.hasPins());
}

void TestPlotReader::copiesWhatItReads()
{
    PlotRange range(m_content);
    PlotReader reader(m_content, range, m_smoothed);
    reader.moveCursor(500);
    reader.copyValues();
    QCOMPARE(QGuiApplication::clipboard()->text(), readingsAsText(m_content, reader.readings(500)));
    QCOMPARE(reader.readings(500).size(), std::size_t(2));
}

QTEST_MAIN(TestPlotReader)
#include "tst_plot_reader.moc"
