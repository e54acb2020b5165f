// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts of a plot: ticks, names, smoothing, shapes, views.
#include "ui/charts/render/axis_ticks.h"
#include "ui/charts/render/label_layout.h"
#include "ui/charts/shape/curve_shape.h"
#include "ui/charts/shape/view_range.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace nabiz::ui;

class TestPlotParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linearTicksAreFewAndNice_data();
    void linearTicksAreFewAndNice();
    void logTicksAlsoInsideADecade_data();
    void logTicksAlsoInsideADecade();
    void ticksOfNonsense();
    void localeWithDecimalComma();
    void timeIsMarkedAtWholeUnits();
    void namesDoNotOverlap();
    void namesAvoidOtherCurves();
    void shapeIsBoundedAndKeepsTheSpike();
    void shapeIsCutAtMissingValues();
    void yReachesAllThatIsInView();
    void logXKeepsTheFirstBatches();
    void outliersAreClippedAndCounted();
    void extremesBesideEachOther();
    void referencePointsAreNotJoined();
    void datesAreMarkedAtRoundTimes();
    void historyOfViews();
    void viewStaysNearTheData();
};

void TestPlotParts::linearTicksAreFewAndNice_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::newRow("batches") << 0.0 << 750.0 << "0"
                             << "700";
    QTest::newRow("thousands") << 0.0 << 30000.0 << "0" << QString::fromUtf8("30\u202f000");
    QTest::newRow("loss") << 1.42 << 1.87 << "1.5"
                          << "1.8";
    QTest::newRow("small") << 0.00011 << 0.00051 << "0.00015"
                           << "0.0005";
    QTest::newRow("negative") << -3.0 << 3.0 << "-3"
                              << "3";
}

void TestPlotParts::linearTicksAreFewAndNice()
{
    QFETCH(double, low);
    QFETCH(double, high);
    const auto ticks = linearTicks(low, high, 8, QLocale::c());
    QVERIFY(ticks.size() >= 3 && ticks.size() <= 9);
    QTEST(ticks.front().label, "first");
    QTEST(ticks.back().label, "last");
    for (const Tick& tick : ticks) {
        QVERIFY(tick.position >= low - 1e-9 && tick.position <= high + 1e-9);
    }
}

void TestPlotParts::logTicksAlsoInsideADecade_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("inside a decade") << 0.6 << 0.9;
    QTest::newRow("one and a half") << 1.4 << 5.6;
    QTest::newRow("many decades") << 1e-12 << 1e12;
    QTest::newRow("narrow") << 1.500 << 1.503;
}

void TestPlotParts::logTicksAlsoInsideADecade()
{
    QFETCH(double, low);
    QFETCH(double, high);
    const auto ticks = logTicks(std::log10(low), std::log10(high), 8, QLocale::c());
    QVERIFY2(ticks.size() >= 2 && ticks.size() <= 10, qPrintable(QString::number(ticks.size())));
    for (const Tick& tick : ticks) {
        const double value = std::pow(10, tick.position);
        QVERIFY(value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
        const double said = QLocale::c().toDouble(QString(tick.label).remove(QChar(0x202f)));
        QVERIFY2(std::abs(said - value) < 1e-6 * value, qPrintable(tick.label));
    }
}

void TestPlotParts::ticksOfNonsense()
{
    const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
    QVERIFY(linearTicks(nan, 1, 8, QLocale::c()).empty());
    QVERIFY(linearTicks(0, inf, 8, QLocale::c()).empty());
    QVERIFY(linearTicks(2, 2, 8, QLocale::c()).empty());
    QVERIFY(linearTicks(1e16, 1e16 + 1, 8, QLocale::c()).size() < 20);
    QVERIFY(logTicks(-inf, 2, 8, QLocale::c()).empty());
}

void TestPlotParts::localeWithDecimalComma()
{
    const QLocale turkish(QLocale::Turkish, QLocale::Turkey);
    QCOMPARE(linearTicks(1.42, 1.87, 8, turkish).front().label, QStringLiteral("1,5"));
    QCOMPARE(linearTicks(0, 3000, 8, turkish).back().label, QStringLiteral("3000"));
}

void TestPlotParts::timeIsMarkedAtWholeUnits()
{
    QCOMPARE(timeTicks(0, 60, 6, QLocale::c()).back().label, QStringLiteral("60 s"));
    QCOMPARE(timeTicks(0, 3600, 6, QLocale::c()).back().position, 3600.0);
    QCOMPARE(timeTicks(0, 3600, 6, QLocale::c()).back().label, QStringLiteral("60 min"));
    QVERIFY(timeTicks(0, 90000, 6, QLocale::c()).back().label.endsWith(QStringLiteral(" h")));
}

void TestPlotParts::namesDoNotOverlap()
{
    const QRectF bounds(0, 0, 300, 100);
    std::vector<LabelWish> wishes;
    for (int i = 0; i < 6; ++i) {
        wishes.push_back({ QPointF(200, 90 + i * 0.5), QSizeF(40, 14) });
    }
    const auto labels = placeLabels(wishes, {}, bounds);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        QVERIFY(bounds.adjusted(0, -0.01, 0, 0.01).contains(labels[i]));
        for (std::size_t j = 0; j < i; ++j) {
            QVERIFY(!labels[i].intersects(labels[j]));
            QVERIFY(labels[j].top() < labels[i].top()); // in the order of their curves
        }
    }
}

void TestPlotParts::namesAvoidOtherCurves()
{
    const QList<QPointF> other { { 0, 50 }, { 300, 50 } };
    const auto labels = placeLabels({ { QPointF(100, 50), QSizeF(40, 14) } }, { other }, QRectF(0, 0, 300, 100));
    QVERIFY(labels[0].bottom() - 2 <= 50 || labels[0].top() + 2 >= 50);
    QVERIFY(std::abs(labels[0].center().y() - 50) < 30);
}

namespace {

PlotCurve curveOf(const RunSeries& series)
{
    PlotCurve curve;
    curve.series = &series;
    return curve;
}

PlotMap mapOf(double x1, double y0, double y1, bool log)
{
    return { QRectF(40, 10, 600, 300), 0, x1, y0, y1, log };
}

} // namespace

void TestPlotParts::shapeIsBoundedAndKeepsTheSpike()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 300'000; ++i) {
        series.append(i, i, i == 123'456 ? 1e30 : 1.0 + i % 7);
    }
    PlotContent content;
    content.smoothing = {};
    SmoothedCache cache;
    const CurveShape shape = shapeCurve(curveOf(series), content, mapOf(300'000, 0, 10, false), 1, cache);
    QCOMPARE(shape.visible, std::size_t(300'000));
    QCOMPARE(shape.lines.size(), 1);
    QVERIFY(shape.lines[0].size() <= 2 * 600);
    double highest = 0;
    for (const QPointF& point : shape.lines[0]) {
        highest = std::max(highest, point.y());
    }
    QCOMPARE(highest, 20.0); // seen, yet no further than one height above the view
    content.smoothing = Smoothing { SmoothingKind::Exponential, 0.96 };
    const CurveShape smooth = shapeCurve(curveOf(series), content, mapOf(300'000, 0, 10, false), 1, cache);
    QVERIFY(smooth.bands.size() == 1 && smooth.bands[0].size() <= 2 * 600);
    QVERIFY(smooth.lines[0].size() <= 2 * 600);
}

void TestPlotParts::shapeIsCutAtMissingValues()
{
    RunSeries series("loss", "nats");
    for (const double value :
        { 1.0, 2.0, std::nan(""), 2.0, 0.0, -1.0, 3.0, 4.0, std::numeric_limits<double>::infinity() }) {
        series.append(static_cast<double>(series.size()), 0, value);
    }
    PlotContent content;
    content.smoothing = {};
    content.logY = true;
    SmoothedCache cache;
    const CurveShape shape = shapeCurve(curveOf(series), content, mapOf(10, -1, 1, true), 1, cache);
    QCOMPARE(shape.lines.size(), 3);
    QCOMPARE(shape.notShown, std::size_t(2));
    QCOMPARE(shape.nonFiniteCount, std::size_t(2));
    QCOMPARE(shape.nonFinite, (QList<double> { 2, 8 }));
    QVERIFY(shape.end && shape.end->x() == 7);
}

void TestPlotParts::yReachesAllThatIsInView()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 100; ++i) {
        series.append(i, 0, i == 50 ? 100 : 5);
    }
    PlotContent content;
    content.curves = { curveOf(series) };
    content.lines = { { 0.5, "floor", Qt::black } };
    SmoothedCache cache;
    QVERIFY(yExtent(content, 0, 99, true, cache).second > 100);
    QVERIFY(yExtent(content, 0, 99, true, cache).first < 0.5);
    QVERIFY(yExtent(content, 0, 30, false, cache).second < 6);
    QVERIFY(yExtent(content, 0, 30, false, cache).first > 4);
    content.zeroBased = true;
    QCOMPARE(yExtent(content, 0, 40, false, cache).first, 0.0);
    content.curves.clear();
    content.lines.clear();
    QVERIFY(yExtent(content, 0, 40, true, cache).second > yExtent(content, 0, 40, true, cache).first);
}

void TestPlotParts::logXKeepsTheFirstBatches()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 200'000; ++i) {
        series.append(i, i, i == 7 ? 9.0 : 1.0);
    }
    PlotContent content;
    content.logX = true;
    content.smoothing = {};
    content.curves = { curveOf(series) };
    const LogXRange range = wholeLogX(content, 199'999);
    QVERIFY(range.low <= range.zero && range.zero < 0); // left of batch 1
    QVERIFY(std::abs(range.high - std::log10(199'999)) < 1e-12);
    PlotMap map = mapOf(range.high, 0, 10, false);
    map.x0 = range.low;
    map.logX = true;
    map.xZero = range.zero;
    SmoothedCache cache;
    const CurveShape shape = shapeCurve(content.curves[0], content, map, 1, cache);
    QCOMPARE(shape.visible, std::size_t(200'000)); // batch 0 too
    QVERIFY(shape.lines[0].size() <= 2 * 601);
    QCOMPARE(shape.lines[0].first().x(), range.zero);
    // Batch 7 is a point of its own, not hidden in a bucket of thousands.
    QVERIFY(std::any_of(shape.lines[0].begin(), shape.lines[0].end(),
        [](const QPointF& p) { return std::abs(p.x() - std::log10(7)) < 1e-12 && p.y() == 9; }));
}

void TestPlotParts::outliersAreClippedAndCounted()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 20'000; ++i) {
        series.append(i, i, i % 5000 == 100 ? 1000.0 : i == 77 ? -500.0 : 2 + std::sin(i * 0.1));
    }
    PlotContent content;
    content.smoothing = {};
    content.curves = { curveOf(series) };
    SmoothedCache cache;
    QVERIFY(yExtent(content, 0, 20'000, false, cache).second > 1000); // off by default
    content.clipOutliers = true;
    const auto [low, high] = yExtent(content, 0, 20'000, false, cache);
    QVERIFY2(high < 5 && high > 3 && low > -2 && low < 1, qPrintable(QStringLiteral("%1 %2").arg(low).arg(high)));
    const CurveShape shape = shapeCurve(content.curves[0], content, mapOf(20'000, low, high, false), 1, cache);
    QCOMPARE(shape.cutOff, std::size_t(5));
    QCOMPARE(shape.above.size(), 4);
    QCOMPARE(shape.below.size(), 1);
    // Each curve by its own measure: one a thousand times as high is no outlier of the other.
    RunSeries big("loss", "nats");
    for (int i = 0; i < 20'000; ++i) {
        big.append(i, i, 2000 + std::sin(i * 0.1));
    }
    content.curves.push_back(curveOf(big));
    QVERIFY(yExtent(content, 0, 20'000, false, cache).second > 2000);
}

void TestPlotParts::extremesBesideEachOther()
{
    RunSeries series("loss", "nats");
    for (const double value : { 1e-308, 1e308, -1e308, 5e-324, 1.7976931348623157e308, 1.0 }) {
        series.append(static_cast<double>(series.size()), 0, value);
    }
    for (const bool log : { false, true }) {
        PlotContent content;
        content.smoothing = {};
        content.logY = log;
        content.curves = { curveOf(series) };
        SmoothedCache cache;
        const auto [low, high] = yExtent(content, 0, 10, false, cache);
        QVERIFY(std::isfinite(low) && std::isfinite(high) && low < high);
        const PlotMap map = mapOf(10, low, high, log);
        const CurveShape shape = shapeCurve(content.curves[0], content, map, 1, cache);
        QVERIFY(!shape.lines.isEmpty());
        for (const QList<QPointF>& line : shape.lines) {
            for (const QPointF& point : line) {
                const QPointF pixel = map.pixel(point);
                QVERIFY2(map.area.adjusted(-1, -1, 1, 1).contains(pixel), qPrintable(QString::number(pixel.y())));
            }
        }
        QVERIFY((log ? logTicks(low, high, 8, QLocale::c()) : linearTicks(low, high, 8, QLocale::c())).size() >= 2);
    }
}

void TestPlotParts::referencePointsAreNotJoined()
{
    RunSeries series("loss", "nats");
    for (const double batch : { 100.0, 500.0, 900.0 }) {
        series.append(batch, batch, 2);
    }
    PlotContent content;
    content.curves = { curveOf(series) };
    content.curves[0].reference = true;
    SmoothedCache cache;
    const CurveShape shape = shapeCurve(content.curves[0], content, mapOf(1000, 0, 10, false), 1, cache);
    QVERIFY(shape.lines.isEmpty() && shape.bands.isEmpty());
    QCOMPARE(shape.marks.size(), 3);
}

void TestPlotParts::datesAreMarkedAtRoundTimes()
{
    const double start = 1.7e9;
    for (const double span : { 20.0, 400.0, 5000.0, 90'000.0, 9e5, 4e7 }) {
        const auto ticks = wallTicks(start, start + span, 6, QLocale::c());
        QVERIFY2(
            ticks.size() >= 2 && ticks.size() <= 7, qPrintable(QStringLiteral("%1: %2").arg(span).arg(ticks.size())));
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(
                ticks[i].position >= start - 1 && ticks[i].position <= start + span + 1 && !ticks[i].label.isEmpty());
            QVERIFY(i == 0 || ticks[i].label != ticks[i - 1].label);
        }
    }
    QVERIFY(wallTicks(0, std::nan(""), 6, QLocale::c()).empty());
    QVERIFY(wallTicks(0, 1e300, 6, QLocale::c()).empty());
}

void TestPlotParts::historyOfViews()
{
    ViewRange range;
    range.setWhole(0, 100);
    range.change({ 10, 20, true, 0, 1, true }, ViewChange::Box, false);
    QVERIFY(!range.following());
    range.setWhole(0, 1000);
    QCOMPARE(range.box().x1, 20.0); // zoomed: stays
    for (int i = 0; i < 5; ++i) {
        range.change(ViewRange::zoomedX(range.box(), 15, 0.9), ViewChange::Wheel, i > 0);
    }
    QVERIFY(range.back()); // one turn of the wheel is one step
    QCOMPARE(range.box().x0, 10.0);
    QVERIFY(range.back());
    QVERIFY(range.following());
    QCOMPARE(range.box().x1, 1000.0); // of today, not of when it was left
    QVERIFY(!range.back());
    QVERIFY(range.forward());
    QCOMPARE(range.box().x1, 20.0);
    range.follow();
    QCOMPARE(range.box().x1, 1000.0);
}

void TestPlotParts::viewStaysNearTheData()
{
    ViewRange range;
    range.setWhole(0, 100);
    range.change({ 5000, 5010, true, 0, 1, false }, ViewChange::Drag, false);
    QVERIFY(range.box().x0 <= 100);
    range.change({ -1e9, 1e9, true, 0, 1, false }, ViewChange::Wheel, false);
    QVERIFY(range.box().x1 - range.box().x0 <= 150.001);
    range.change({ 50, 50 + 1e-15, true, 0, 1, false }, ViewChange::Box, false);
    QVERIFY(range.box().x1 > range.box().x0);
    const ViewBox before = range.box();
    range.change({ std::nan(""), 3, true, 0, 1, false }, ViewChange::Box, false);
    QCOMPARE(range.box(), before);
}

QTEST_MAIN(TestPlotParts)
#include "tst_plot_parts.moc"
