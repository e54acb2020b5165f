// SPDX-License-Identifier: GPL-3.0-or-later
// Averages along a curve, and the band of a group of them: what they are of, at the ends too, however they grow.
#include "ui/charts/shape/curve_shape.h"
#include "ui/charts/shape/smoothed_series.h"

#include <QTemporaryFile>
#include <QTest>

#include <cmath>

using namespace nabiz::ui;

class TestSmoothing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smoothingIsDebiased();
    void theUsualAverageDoesNotLag();
    void theUsualAverageCountsBatches();
    void averagesAreWhatTheirNamesSay_data();
    void averagesAreWhatTheirNamesSay();
    void averagesGrowAsIfMadeAtOnce_data();
    void averagesGrowAsIfMadeAtOnce();
    void averagesLeaveNoTraceOfAHugeValue();
    void aSmallBudgetComesToTheSame();
    void bandReachesFromLowestToHighest();
    void theMeanStaysWithinItsBand();
    void aMappedSeriesHasTheSameMean();
};

namespace {

// To what a float32 holds: averages are kept so.
bool near(double value, double expected)
{
    return std::abs(value - expected) <= 1e-6 * std::max(1e-3, std::abs(expected));
}

} // namespace

void TestSmoothing::smoothingIsDebiased()
{
    RunSeries series("loss", "nats");
    for (const double value : { 4.0, 4.0, std::nan(""), 4.0, 2.0 }) {
        series.append(static_cast<double>(series.size()), 0, value);
    }
    constexpr Smoothing exponential { SmoothingKind::Exponential, 0.9 };
    SmoothedCache cache;
    const SmoothedSeries& smooth = cache.smoothed(series, exponential);
    QCOMPARE(smooth[0], 4.0); // not 0.4, as without the correction
    QVERIFY(std::isnan(smooth[2]));
    QVERIFY(near(smooth[3], 4.0));
    // Weights 0.1 × 0.9^k of four values, over their sum.
    QVERIFY(near(smooth[4], (4 * (0.9 + 0.81 + 0.729) + 2) / (1 + 0.9 + 0.81 + 0.729)));
    series.append(5, 0, 2.0);
    QCOMPARE(cache.smoothed(series, exponential).size(), std::size_t(6));
}

// Half of its neighbours on each side: a straight line stays where it is, a step lies in the middle of its slope, and
// at the ends the weights still make one.
void TestSmoothing::theUsualAverageDoesNotLag()
{
    RunSeries line("loss", "nats"), step("loss", "nats"), level("loss", "nats");
    for (int i = 0; i < 200; ++i) {
        line.append(i, i, 7 - 0.02 * i);
        step.append(i, i, i < 100 ? 3 : 1);
        level.append(i, i, 2.5);
    }
    SmoothedCache cache;
    for (std::size_t i = 10; i < 190; ++i) {
        QVERIFY(near(cache.smoothed(line, kUsualSmoothing)[i], line.value(i)));
    }
    for (std::size_t i = 0; i < 100; ++i) {
        const double before = cache.smoothed(step, kUsualSmoothing)[99 - i];
        QVERIFY(near(before + cache.smoothed(step, kUsualSmoothing)[100 + i], 4));
    }
    for (std::size_t i = 0; i < 200; ++i) {
        QVERIFY(near(cache.smoothed(level, kUsualSmoothing)[i], 2.5));
    }
}

// A mean of 21 batches is one of two or three points where every tenth batch was recorded.
void TestSmoothing::theUsualAverageCountsBatches()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 50; ++i) {
        series.append(10 * i, i, i * i);
    }
    SmoothedCache cache;
    const SmoothedSeries& smooth = cache.smoothed(series, kUsualSmoothing);
    QVERIFY(near(smooth[0], 0.5));
    QVERIFY(near(smooth[20], (361 + 400 + 441) / 3.0));
    QVERIFY(near(smooth[49], (48 * 48 + 49 * 49) / 2.0));
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

namespace {

// Noisy, with gaps.
double sampleOf(int i)
{
    return i % 97 == 13 ? std::nan("") : std::sin(i * 0.9) + 0.002 * i;
}

// The plain way.
double plainly(const RunSeries& series, Smoothing smoothing, std::size_t i)
{
    double sum = 0, weights = 0;
    for (std::size_t j = 0; j < series.size(); ++j) {
        const double away = static_cast<double>(i) - static_cast<double>(j);
        double weight = 0;
        if (smoothing.kind == SmoothingKind::Exponential && j <= i) {
            std::size_t between = 0; // finite ones: a gap is no step
            for (std::size_t k = j + 1; k <= i; ++k) {
                between += std::isfinite(series.value(k));
            }
            weight = std::pow(smoothing.amount, static_cast<double>(between));
        } else if (smoothing.kind == SmoothingKind::Mean) {
            weight = 2 * std::abs(away) < smoothing.amount ? 1 : 0;
        }
        if (weight > 0 && std::isfinite(series.value(j))) {
            sum += weight * series.value(j);
            weights += weight;
        }
    }
    return sum / weights;
}

} // namespace

void TestSmoothing::averagesAreWhatTheirNamesSay_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("amount");
    QTest::newRow("exponential") << int(SmoothingKind::Exponential) << 0.9;
    QTest::newRow("mean of 1") << int(SmoothingKind::Mean) << 1.0;
    QTest::newRow("mean of 7") << int(SmoothingKind::Mean) << 7.0;
    QTest::newRow("mean of most") << int(SmoothingKind::Mean) << 451.0;
    QTest::newRow("mean of more than there are") << int(SmoothingKind::Mean) << 1001.0;
}

void TestSmoothing::averagesAreWhatTheirNamesSay()
{
    QFETCH(int, kind);
    QFETCH(double, amount);
    const Smoothing smoothing { static_cast<SmoothingKind>(kind), amount };
    RunSeries series("loss", "nats");
    for (int i = 0; i < 300; ++i) {
        series.append(i, i, sampleOf(i));
    }
    SmoothedCache cache;
    const SmoothedSeries& smooth = cache.smoothed(series, smoothing);
    QCOMPARE(smooth.size(), series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (!std::isfinite(series.value(i))) {
            QVERIFY(std::isnan(smooth[i]));
            continue;
        }
        const double expected = plainly(series, smoothing, i);
        QVERIFY2(
            near(smooth[i], expected), qPrintable(QStringLiteral("%1: %2 %3").arg(i).arg(smooth[i]).arg(expected)));
    }
}

void TestSmoothing::averagesGrowAsIfMadeAtOnce_data()
{
    averagesAreWhatTheirNamesSay_data();
}

void TestSmoothing::averagesGrowAsIfMadeAtOnce()
{
    QFETCH(int, kind);
    QFETCH(double, amount);
    const Smoothing smoothing { static_cast<SmoothingKind>(kind), amount };
    RunSeries live("loss", "nats"), stored("loss", "nats");
    SmoothedCache cache;
    for (int i = 0; i < 500; ++i) {
        live.append(i, i, sampleOf(i));
        if (i % 11 == 0) {
            cache.smoothed(live, smoothing);
        }
        stored.append(i, i, sampleOf(i));
    }
    const SmoothedSeries& grown = cache.smoothed(live, smoothing);
    const SmoothedSeries& whole = cache.smoothed(stored, smoothing);
    for (std::size_t i = 0; i < 500; ++i) {
        QVERIFY(grown[i] == whole[i] || (std::isnan(grown[i]) && std::isnan(whole[i])));
    }
}

void TestSmoothing::averagesLeaveNoTraceOfAHugeValue()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 100; ++i) {
        series.append(i, i, i == 20 ? 1.7e308 : i == 21 ? -1.7e308 : 1e-3);
    }
    SmoothedCache cache;
    QVERIFY(near(cache.smoothed(series, { SmoothingKind::Mean, 21 })[60], 1e-3));
    for (const SmoothingKind kind : { SmoothingKind::Mean, SmoothingKind::Exponential }) {
        const SmoothedSeries& smooth = cache.smoothed(series, { kind, kind == SmoothingKind::Exponential ? 0.9 : 3.0 });
        for (std::size_t i = 0; i < series.size(); ++i) {
            QVERIFY(std::isfinite(smooth[i]));
        }
    }
}

void TestSmoothing::aSmallBudgetComesToTheSame()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 1000; ++i) {
        series.append(i, i, sampleOf(i));
    }
    for (const Smoothing smoothing :
        { kUsualSmoothing, Smoothing { SmoothingKind::Mean, 301 }, Smoothing { SmoothingKind::Exponential, 0.9 } }) {
        SmoothedCache little, much;
        int rounds = 0;
        std::size_t before = 0;
        do {
            little.setBudget(150);
            before = little.smoothed(series, smoothing).size();
        } while (before < series.size() && ++rounds < 1000);
        QVERIFY2(rounds > 3 && rounds < 1000, qPrintable(QString::number(rounds)));
        const SmoothedSeries& a = little.smoothed(series, smoothing);
        const SmoothedSeries& b = much.smoothed(series, smoothing);
        for (std::size_t i = 0; i < series.size(); ++i) {
            QVERIFY(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])));
        }
    }
}

void TestSmoothing::bandReachesFromLowestToHighest()
{
    RunSeries mean("val.loss", "nats"), low("val.loss", "nats"), high("val.loss", "nats");
    for (int i = 0; i < 50; ++i) {
        const bool gap = i == 30;
        mean.append(i, i, gap ? std::nan("") : 5);
        low.append(i, i, gap ? std::nan("") : 4);
        high.append(i, i, gap ? std::nan("") : 7);
    }
    PlotContent content;
    content.smoothing = {};
    content.curves = { curveOf(mean) };
    content.curves[0].members = { &high, &low };
    SmoothedCache cache;
    const auto extent = yExtent(content, 0, 49, false, cache);
    QVERIFY(extent.first < 4 && extent.second > 7); // the band is in view
    const PlotMap map = mapOf(49, 0, 10, false);
    const CurveShape shape = shapeCurve(content.curves[0], content, map, 1, cache);
    QCOMPARE(shape.spread.size(), 2); // cut where a value is missing
    const QRectF bounds = shape.spread[0].boundingRect();
    QVERIFY(std::abs(bounds.top() - map.pixelY(7)) < 0.01 && std::abs(bounds.bottom() - map.pixelY(4)) < 0.01);
}

// Whatever the smoothing: the line and the band are of the same values, at every zoom and up to the last batch.
void TestSmoothing::theMeanStaysWithinItsBand()
{
    RunSeries mean("loss", "nats");
    RunSeries first("loss", "nats", mean), second("loss", "nats", mean), third("loss", "nats", mean);
    for (int i = 0; i < 3000; ++i) {
        const bool gap = i % 500 == 123;
        const double fall = 6 * std::exp(-i / 30.0) + 1;
        const double values[]
            = { fall + sampleOf(i + 1000), fall + 0.8 * sampleOf(i * 3), fall + sampleOf(i * 7) + 0.1 };
        const double all = gap ? std::nan("") : (values[0] + values[1] + values[2]) / 3;
        const bool finite = std::isfinite(all);
        mean.append(i, i, finite ? all : std::nan(""));
        first.append(i, i, finite ? values[0] : std::nan(""));
        second.append(i, i, finite ? values[1] : std::nan(""));
        third.append(i, i, finite ? values[2] : std::nan(""));
    }
    for (const Smoothing smoothing : { Smoothing {}, kUsualSmoothing, Smoothing { SmoothingKind::Mean, 1001 },
             Smoothing { SmoothingKind::Exponential, 0.96 } }) {
        for (const double end : { 60.0, 700.0, 2999.0 }) {
            PlotContent content;
            content.smoothing = smoothing;
            content.curves = { curveOf(mean) };
            content.curves[0].members = { &first, &second, &third };
            SmoothedCache cache;
            const PlotMap map { QRectF(40, 10, 6000, 3000), 0, end, -2, 10, false };
            const CurveShape shape = shapeCurve(content.curves[0], content, map, 1, cache);
            int checked = 0;
            for (const QList<QPointF>& line : shape.lines) {
                for (const QPointF& point : line) {
                    const QPointF at = map.pixel(point);
                    for (const QPolygonF& band : shape.spread) {
                        const qsizetype half = band.size() / 2;
                        for (qsizetype k = 0; k < half; ++k) {
                            if (std::abs(band[k].x() - at.x()) < 0.01) {
                                ++checked;
                                QVERIFY2(band[k].y() < at.y() + 0.01 && at.y() < band[band.size() - 1 - k].y() + 0.01,
                                    qPrintable(QStringLiteral("batch %1").arg(point.x())));
                            }
                        }
                    }
                }
            }
            QVERIFY2(checked > 40, qPrintable(QString::number(checked)));
        }
    }
}

// Nothing is stored of it, and the same comes out; a stretch longer than the window gives its own mean.
void TestSmoothing::aMappedSeriesHasTheSameMean()
{
    std::vector<float> values;
    std::vector<double> batches, times;
    for (int i = 0; i < 5000; ++i) {
        values.push_back(i == 70 ? std::nanf("") : float((i * 7919) % 1000) / 100);
        batches.push_back(i < 3000 ? i : 2 * i); // not all follow one another
        times.push_back(i * 0.5);
    }
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(reinterpret_cast<const char*>(values.data()), qint64(values.size() * sizeof(float)));
    file.flush();
    const auto bytes = nabiz::storage::MappedFile::open(file.fileName().toStdString(), values.size() * sizeof(float));
    QVERIFY(bytes);
    const RunSeries mapped(nabiz::storage::PackedSeries { { 0, "loss", "nats" },
        std::make_shared<nabiz::storage::BatchColumn>(batches, times),
        nabiz::storage::ValueColumn(nabiz::storage::BlockVector<float>(bytes, 0, values.size())), {} });
    QVERIFY(mapped.column().isMapped());
    const RunSeries stored("loss", "nats", batches, times, std::vector<double>(values.begin(), values.end()));
    for (const double width : { 1.0, 20.0, 501.0 }) {
        const Smoothing mean { SmoothingKind::Mean, width };
        SmoothedCache cache;
        const SmoothedSeries &one = cache.smoothed(mapped, mean), &other = cache.smoothed(stored, mean);
        QCOMPARE(one.size(), other.size());
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY2(
                near(one[i], other[i]) || (std::isnan(one[i]) && std::isnan(other[i])), qPrintable(QString::number(i)));
        const auto node = one.summary(1000, 2500);
        QVERIFY(near(node.minimum, stored.mean(1000, 2500)) && node.minimum == node.maximum);
        const auto reach = one.extent(0, 5000), whole = other.extent(0, 5000);
        QVERIFY(reach.minimum >= whole.minimum - 1e-6 && reach.maximum <= whole.maximum + 1e-6);
        QCOMPARE(reach.nonFinite, std::size_t { 1 });
    }
}

QTEST_GUILESS_MAIN(TestSmoothing)
#include "tst_smoothing.moc"
