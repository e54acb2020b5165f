// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/analysis/sample_points.h"
#include "ui/analysis/loss_track.h"
#include "ui/analysis/mean_curve.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace nabiz;
using namespace nabiz::ui;
using testing::SamplePoints;

class TestLossTrack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameAsBruteForce_data();
    void sameAsBruteForce();
    void shortRuns();
    void aSparsePage();
    void sparseAsBruteForce();
    void notFinite();
    void forgetsAHugeValue();
    void places();
    void meanOfCurves();
    void meanOfCurvesGrows();
    void meanOfCurvesWithStepsThatGoBack();
};

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The plain way; NaN where there is no whole window.
double plainMean(const Points& points, std::size_t i, std::size_t k)
{
    if (i + 1 < k) {
        return kNaN;
    }
    double sum = 0;
    for (std::size_t j = i + 1 - k; j <= i; ++j) {
        sum += points.value(j);
    }
    return sum / static_cast<double>(k);
}

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

} // namespace

void TestLossTrack::sameAsBruteForce_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("meanOf");
    for (const int size : { 20, 21, 1023, 1024, 1025, 5000 }) {
        for (const int meanOf : { 1, 7, 20 }) {
            QTest::addRow("%d points, mean of %d", size, meanOf) << size << meanOf;
        }
    }
}

void TestLossTrack::sameAsBruteForce()
{
    QFETCH(int, size);
    QFETCH(int, meanOf);
    const auto k = static_cast<std::size_t>(meanOf);
    std::mt19937 random(static_cast<unsigned>(size * 31 + meanOf));
    std::normal_distribution<double> noise(0, 0.3);
    std::uniform_int_distribution<int> some(1, 700);
    SamplePoints points;
    LossTrack track(k);
    while (points.size() < static_cast<std::size_t>(size)) { // in pieces, as a live run comes
        const int piece = some(random);
        for (int i = 0; i < piece && points.size() < static_cast<std::size_t>(size); ++i) {
            points.add(1 + 4 * std::exp(-static_cast<double>(points.size()) / 900) + noise(random));
        }
        track.update(points);
    }
    std::size_t best = k - 1;
    for (std::size_t i = k - 1; i < points.size(); ++i) {
        if (plainMean(points, i, k) < plainMean(points, best, k)) {
            best = i;
        }
    }
    QCOMPARE(track.best(points)->batch, static_cast<double>(best));
    QVERIFY(near(track.best(points)->value, plainMean(points, best, k)));
    QVERIFY(near(track.last(points)->value, plainMean(points, points.size() - 1, k)));
    for (const double share : { 0.0, 0.1, 0.5, 0.9, 1.0 }) {
        const double target = track.best(points)->value * (1 - share) + plainMean(points, k - 1, k) * share;
        std::size_t first = k - 1;
        while (track.mean(points, first) > target) {
            ++first;
        }
        const auto reached = track.reached(points, target);
        QVERIFY(reached.has_value());
        QCOMPARE(reached->batch, static_cast<double>(first));
        QCOMPARE(reached->time, first * 0.5);
    }
    QVERIFY(!track.reached(points, track.best(points)->value - 1e-6));
}

// Nineteen batches have no mean of twenty.
void TestLossTrack::shortRuns()
{
    SamplePoints points;
    LossTrack track(20);
    track.update(points);
    QVERIFY(!track.best(points) && !track.last(points) && !track.reached(points, 100));
    for (int i = 0; i < 19; ++i) {
        points.add(3);
        track.update(points);
        QVERIFY2(
            !track.best(points) && !track.last(points) && !track.reached(points, 100), qPrintable(QString::number(i)));
    }
    points.add(1);
    track.update(points);
    QCOMPARE(track.best(points)->value, 2.9);
    QCOMPARE(track.last(points)->value, 2.9);
    QCOMPARE(track.reached(points, 2.9)->batch, 19.0);
    QVERIFY(!track.reached(points, 2.8));
}

// A page that gives a loss every hundred batches: what is said of the last twenty is said by the one point among them.
void TestLossTrack::aSparsePage()
{
    SamplePoints points;
    LossTrack track(20);
    const double losses[] = { 6, 3, 2, 1.5, 1.2, 1 };
    for (int i = 0; i < 6; ++i) {
        points.addAt(i * 100, 0, losses[i]);
        track.update(points);
    }
    QCOMPARE(track.last(points)->value, 1.0);
    QCOMPARE(track.count(points, 5), std::size_t(1));
    QCOMPARE(track.best(points)->value, 1.0);
    QCOMPARE(track.best(points)->batch, 500.0);
    QCOMPARE(track.reached(points, 2.46)->batch, 200.0);
    QCOMPARE(track.reached(points, 1.0)->batch, 500.0);
    QVERIFY(!track.reached(points, 0.99));
    SamplePoints everyTen; // 481 … 500 of it are two
    LossTrack ten(20);
    for (int i = 0; i <= 50; ++i) {
        everyTen.addAt(i * 10, i, i == 50 ? 1 : i == 49 ? 3 : 9);
    }
    ten.update(everyTen);
    QCOMPARE(ten.last(everyTen)->value, 2.0);
    SamplePoints alone; // all that is known of a run
    LossTrack one(20);
    alone.addAt(750, 0, 0.0004);
    one.update(alone);
    QCOMPARE(one.best(alone)->value, 0.0004);
    QCOMPARE(one.reached(alone, 0.1)->batch, 750.0);
}

// What comes in pieces is what comes at once, whatever is missing or comes anew.
void TestLossTrack::sparseAsBruteForce()
{
    std::mt19937 random(7);
    std::uniform_int_distribution<int> step(1, 9), piece(1, 50);
    std::normal_distribution<double> noise(0, 1);
    SamplePoints points;
    LossTrack track(20);
    double batch = 0;
    for (int left = piece(random); points.size() < 3000; --left) {
        points.addAt(batch, 0, 10 + noise(random));
        batch += points.size() % 700 == 0 ? -300 : step(random);
        if (left == 0) {
            left = piece(random);
            track.update(points);
        }
    }
    track.update(points);
    double lowest = 1e9;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double sum = 0;
        std::size_t first = i + 1, count = 0;
        while (first > 0 && count < 20 && points.batch(first - 1) > points.batch(i) - 20
            && (first > i || points.batch(first - 1) <= points.batch(first))) {
            sum += points.value(--first);
            ++count;
        }
        const bool whole = points.batch(i) >= 19;
        QCOMPARE(std::isnan(track.mean(points, i)), !whole);
        QVERIFY(!whole || near(track.mean(points, i), sum / static_cast<double>(count)));
        lowest = whole ? std::min(lowest, sum / static_cast<double>(count)) : lowest;
    }
    QVERIFY(near(track.best(points)->value, lowest));
}

void TestLossTrack::notFinite()
{
    SamplePoints points;
    LossTrack track(2);
    for (const double value : { 4.0, 3.0, kNaN, 0.1, 2.0, double(INFINITY), 1.0 }) {
        points.add(value);
    }
    track.update(points);
    QCOMPARE(track.best(points)->value, 1.05); // 0.1 and 2; no window with NaN in it
    QVERIFY(!track.last(points));
    QVERIFY(std::isnan(track.mean(points, 2)) && std::isnan(track.mean(points, 3)));
    SamplePoints all;
    LossTrack none(1);
    all.add(kNaN);
    all.add(kNaN);
    none.update(all);
    QVERIFY(!none.best(all) && !none.last(all) && !none.reached(all, 1e300));
}

void TestLossTrack::forgetsAHugeValue()
{
    SamplePoints points;
    LossTrack track(20);
    for (int i = 0; i < 20; ++i) {
        points.add(1.7e308); // their sum would be infinite, their mean is not
    }
    for (int i = 0; i < 20; ++i) {
        points.add(1e-308);
    }
    track.update(points);
    QVERIFY(near(track.mean(points, 19) / 1.7e308, 1));
    QVERIFY(near(track.best(points)->value / 1e-308, 1));
}

void TestLossTrack::places()
{
    SamplePoints points;
    QCOMPARE(lastAtBatch(points, 5), std::size_t(0));
    for (int i = 0; i < 4; ++i) {
        points.add(1);
    }
    QCOMPARE(lastAtBatch(points, -1), points.size());
    QCOMPARE(lastAtBatch(points, 2.5), std::size_t(2));
    QCOMPARE(lastAtBatch(points, 99), std::size_t(3));
    QCOMPARE(lastAtTime(points, 0.5), std::size_t(1));
}

void TestLossTrack::meanOfCurves()
{
    SamplePoints one, other;
    for (int i = 0; i < 10; ++i) {
        one.addAt(i, i, 10 - i);
        if (i % 2 == 1) { // evaluated half as often
            other.addAt(i, i * 3, 20 - i);
        }
    }
    struct Taken {
        double batch, time, mean;
        std::vector<double> values;
    };
    std::vector<Taken> points;
    const auto take = [&](const MeanPoint& point) {
        points.push_back({ point.batch, point.time, point.mean, { point.values.begin(), point.values.end() } });
    };
    MeanCurve().update({ &one, &other }, take);
    QCOMPARE(points.size(), std::size_t(5));
    QCOMPARE(points[1].batch, 3.0);
    QCOMPARE(points[1].time, 6.0);
    QCOMPARE(points[1].mean, 12.0);
    QCOMPARE(points[1].values, (std::vector<double> { 7, 17 }));
    points.clear();
    MeanCurve().update({}, take);
    QVERIFY(points.empty());
}

void TestLossTrack::meanOfCurvesGrows()
{
    SamplePoints one, other;
    MeanCurve curve;
    std::vector<double> grown, whole, batches;
    for (int i = 0; i < 50; ++i) {
        one.add(std::sin(i));
        if (i >= 10) {
            other.add(std::cos(i) + (i == 30 ? kNaN : 0));
        }
        curve.update({ &one, &other }, [&](const MeanPoint& point) {
            grown.push_back(point.mean);
            batches.push_back(point.batch);
        });
    }
    MeanCurve().update({ &one, &other }, [&](const MeanPoint& point) {
        QCOMPARE(point.batch, batches[whole.size()]);
        whole.push_back(point.mean);
    });
    QCOMPARE(grown.size(), std::size_t(40));
    QCOMPARE(whole.size(), grown.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        QCOMPARE(std::isnan(whole[i]), i == 20);
        QVERIFY(std::isnan(whole[i]) || whole[i] == grown[i]);
    }
}

void TestLossTrack::meanOfCurvesWithStepsThatGoBack()
{
    SamplePoints one, other;
    for (const double batch : { 0.0, 1.0, 2.0, 1.0, 2.0, 3.0 }) {
        one.addAt(batch, batch, 1);
    }
    for (const double batch : { 0.0, 1.0, 1.0, 2.0, 3.0 }) {
        other.addAt(batch, batch, 3);
    }
    int count = 0;
    MeanCurve().update({ &one, &other }, [&](const MeanPoint& point) {
        ++count;
        QCOMPARE(point.mean, 2.0);
    });
    QVERIFY(count >= 3);
}

QTEST_GUILESS_MAIN(TestLossTrack)
#include "tst_loss_track.moc"
