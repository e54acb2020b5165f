// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_series.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <random>

using namespace nabiz::ui;

class TestRunSeries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameAsBruteForce();
    void bucketsCoverAndAreAligned();
    void spikeIsSeenAtEveryZoom();
    void lastAtOrBefore();
    void fallingBatchesAreSorted();
    void timeWithoutPauses();
    void takesColumns();
    void sharedColumnsPartWhereBatchesDo();
    void packedSeriesGrows();
    void tenMillionSamples();

private:
    std::mt19937_64 m_random { 7 };
};

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

// The plain way, sample by sample.
RunSeries::Bucket bucketOf(const RunSeries& series, std::size_t first, std::size_t last)
{
    RunSeries::Bucket bucket { first, last, 0, 0, true, false, true };
    std::size_t lowest = 0, highest = 0;
    for (std::size_t i = first; i < last; ++i) {
        const double value = series.value(i);
        if (!std::isfinite(value)) {
            bucket.hasNonFinite = true;
            continue;
        }
        if (bucket.empty || value < bucket.minimum) {
            bucket.minimum = value;
            lowest = i;
        }
        if (bucket.empty || value > bucket.maximum) {
            bucket.maximum = value;
            highest = i;
        }
        bucket.empty = false;
    }
    bucket.minimumFirst = bucket.empty || lowest <= highest;
    return bucket;
}

} // namespace

void TestRunSeries::sameAsBruteForce()
{
    std::uniform_real_distribution<double> value(-10, 10);
    std::uniform_int_distribution<int> odd(0, 30);
    for (int round = 0; round < 60; ++round) {
        RunSeries series("loss", "nats");
        const int rounds = 1 + round % 4;
        for (int part = 0; part < rounds; ++part) {
            const std::size_t more = m_random() % 1200;
            for (std::size_t i = 0; i < more; ++i) {
                const int kind = odd(m_random);
                // Few different values, so that ties are met.
                series.append(static_cast<double>(series.size()), 0,
                    kind == 0       ? kNaN
                        : kind == 1 ? kInf
                        : kind == 2 ? -kInf
                        : kind < 10 ? std::round(value(m_random))
                                    : value(m_random));
            }
            if (series.empty()) {
                continue;
            }
            for (int query = 0; query < 20; ++query) {
                const std::size_t first = m_random() % series.size();
                const std::size_t last = first + m_random() % (series.size() - first + 1);
                const RunSeries::Extent extent = series.extent(first, last);
                const RunSeries::Bucket plain = bucketOf(series, first, last);
                QCOMPARE(extent.minimum, plain.minimum);
                QCOMPARE(extent.maximum, plain.maximum);
                QCOMPARE(extent.finite == 0, plain.empty);
                QCOMPARE(extent.nonFinite > 0, plain.hasNonFinite);
                QCOMPARE(extent.finite + extent.nonFinite, last - first);
                std::size_t notAbove = 0;
                double sum = 0;
                for (std::size_t i = first; i < last; ++i) {
                    notAbove += std::isfinite(series.value(i)) && series.value(i) <= 1.0;
                    sum += std::isfinite(series.value(i)) ? series.value(i) : 0;
                }
                QCOMPARE(series.column().countAtMost(first, last, 1.0), notAbove);
                if (extent.finite > 0) {
                    QVERIFY(std::abs(series.mean(first, last) - sum / static_cast<double>(extent.finite)) < 1e-9);
                }
                for (const RunSeries::Bucket& bucket : series.buckets(first, last, 2 + m_random() % 100)) {
                    const RunSeries::Bucket same = bucketOf(series, bucket.first, bucket.last);
                    QCOMPARE(bucket.empty, same.empty);
                    QCOMPARE(bucket.minimum, same.minimum);
                    QCOMPARE(bucket.maximum, same.maximum);
                    QCOMPARE(bucket.minimumFirst, same.minimumFirst);
                    QCOMPARE(bucket.hasNonFinite, same.hasNonFinite);
                }
            }
        }
    }
}

void TestRunSeries::bucketsCoverAndAreAligned()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 5000; ++i) {
        series.append(i, i, i);
    }
    for (int round = 0; round < 300; ++round) {
        const std::size_t first = m_random() % 5000;
        const std::size_t last = first + 1 + m_random() % (5000 - first);
        const std::size_t columns = 2 + m_random() % 700;
        const auto buckets = series.buckets(first, last, columns);
        QVERIFY(buckets.size() <= columns);
        QCOMPARE(buckets.front().first, first);
        QCOMPARE(buckets.back().last, last);
        std::size_t width = 1;
        while ((last - 1) / width - first / width + 1 > columns) {
            width *= 2;
        }
        for (std::size_t i = 1; i < buckets.size(); ++i) {
            QCOMPARE(buckets[i].first, buckets[i - 1].last);
            QCOMPARE(buckets[i].first % width, std::size_t(0));
        }
    }
    QVERIFY(series.buckets(10, 10, 100).empty());
    QVERIFY(series.buckets(6000, 7000, 100).empty());
}

void TestRunSeries::spikeIsSeenAtEveryZoom()
{
    RunSeries series("loss", "nats");
    constexpr std::size_t kSpike = 54'321;
    for (std::size_t i = 0; i < 100'000; ++i) {
        series.append(static_cast<double>(i), 0, i == kSpike ? 99.0 : 1.0);
    }
    for (std::size_t half = 50'000; half > 1; half = half * 2 / 3) {
        const std::size_t first = kSpike - std::min(kSpike, half);
        const auto buckets = series.buckets(first, kSpike + half, 640);
        QVERIFY(std::any_of(buckets.begin(), buckets.end(), [](const auto& bucket) { return bucket.maximum == 99.0; }));
    }
}

void TestRunSeries::lastAtOrBefore()
{
    RunSeries series("val.loss", "nats");
    QCOMPARE(series.lastAtOrBefore(3, {}), series.size());
    for (const double batch : { 49.0, 99.0, 149.0 }) {
        series.append(batch, batch / 10, 1);
    }
    QCOMPARE(series.lastAtOrBefore(48.9, {}), std::size_t(3));
    QCOMPARE(series.lastAtOrBefore(49, {}), std::size_t(0));
    QCOMPARE(series.lastAtOrBefore(148, {}), std::size_t(1));
    QCOMPARE(series.lastAtOrBefore(1e9, {}), std::size_t(2));
    QCOMPARE(series.lastAtOrBefore(9.9, { XUnit::Time }), std::size_t(1));
    for (std::size_t i = 0; i < series.size(); ++i) {
        const XScale steps { XUnit::Step, 3 };
        QCOMPARE(series.lastAtOrBefore(series.x(i, steps), steps), i);
    }
}

void TestRunSeries::fallingBatchesAreSorted()
{
    // Written twice from batch 2 on, as an imported run may be: recorded order by time, sorted by batch.
    RunSeries series("loss", "nats", { 0, 1, 2, 3, 2, 3, 3 }, { 0, 1, 2, 3, 4, 5, 6 }, { 10, 11, 12, 13, 22, 23, 24 });
    QCOMPARE(&series.inOrder({ XUnit::Time }), &series);
    const RunSeries& sorted = series.inOrder({});
    QCOMPARE(sorted.size(), series.size());
    QList<double> values;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        values.append(sorted.value(i));
    }
    QCOMPARE(values, (QList<double> { 10, 11, 12, 22, 13, 23, 24 }));
    QCOMPARE(sorted.lastAtOrBefore(2.5, {}), std::size_t(3));
    QCOMPARE(&series.inOrder({}), &sorted); // kept
    series.append(1, 7, 31);
    QCOMPARE(series.inOrder({}).value(2), 31.0);
}

void TestRunSeries::timeWithoutPauses()
{
    XScale scale;
    scale.zero = 1'000'000;
    scale.breaks = { { 10, 5, 5 }, { 30, 0, 100 } }; // a pause, and the time until it was resumed
    const auto x = [&scale](XUnit unit, double time) {
        scale.unit = unit;
        return scale.x(0, time);
    };
    QCOMPARE(x(XUnit::Time, 10), 10.0);
    QCOMPARE(x(XUnit::Time, 12), 10.0); // within the pause
    QCOMPARE(x(XUnit::Time, 20), 15.0);
    QCOMPARE(x(XUnit::Time, 31), 26.0);
    QCOMPARE(x(XUnit::TimeWithPauses, 20), 20.0);
    QCOMPARE(x(XUnit::TimeWithPauses, 31), 131.0);
    QCOMPARE(x(XUnit::WallTime, 31), 1'000'131.0);
    for (const XUnit unit : { XUnit::Time, XUnit::TimeWithPauses, XUnit::WallTime }) {
        for (double time = 0; time < 40; time += 0.25) {
            QVERIFY(x(unit, time) <= x(unit, time + 0.25)); // may be searched by halving
        }
    }
    QVERIFY(!XScale {}.knows(XUnit::Epoch) && !XScale {}.knows(XUnit::WallTime));
}

void TestRunSeries::takesColumns()
{
    RunSeries one("loss", "nats");
    std::vector<double> batch, time, value;
    for (int i = 0; i < 777; ++i) {
        batch.push_back(i);
        time.push_back(i * 0.5);
        value.push_back(std::sin(i));
        one.append(i, i * 0.5, std::sin(i));
    }
    const RunSeries other("loss", "nats", batch, time, value);
    QVERIFY(one.id() != other.id());
    QCOMPARE(other.size(), one.size());
    const auto a = one.buckets(5, 770, 60), b = other.buckets(5, 770, 60);
    QCOMPARE(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        QCOMPARE(a[i].minimum, b[i].minimum);
        QCOMPARE(a[i].maximum, b[i].maximum);
    }
}

// What a run's metrics share must not show: any of them may miss a batch, or come back later.
void TestRunSeries::sharedColumnsPartWhereBatchesDo()
{
    for (int round = 0; round < 50; ++round) {
        std::vector<std::unique_ptr<RunSeries>> series;
        std::vector<std::vector<std::array<double, 3>>> plain(4);
        for (std::size_t i = 0; i < plain.size(); ++i) {
            series.push_back(
                i == 0 ? std::make_unique<RunSeries>("m", "") : std::make_unique<RunSeries>("m", "", *series.front()));
        }
        double batch = 0;
        for (int step = 0; step < 200; ++step) {
            batch += m_random() % 20 == 0 ? 5 : 1;
            for (std::size_t i = 0; i < plain.size(); ++i) {
                if (m_random() % 30 < static_cast<std::size_t>(round % 3) * i) {
                    continue;
                }
                plain[i].push_back({ batch, batch / 2, static_cast<double>(m_random() % 100) });
                series[i]->append(plain[i].back()[0], plain[i].back()[1], plain[i].back()[2]);
            }
        }
        for (std::size_t i = 0; i < plain.size(); ++i) {
            QCOMPARE(series[i]->size(), plain[i].size());
            for (std::size_t j = 0; j < plain[i].size(); ++j) {
                QCOMPARE(series[i]->batch(j), plain[i][j][0]);
                QCOMPARE(series[i]->time(j), plain[i][j][1]);
                QCOMPARE(series[i]->value(j), plain[i][j][2]);
            }
        }
    }
}

void TestRunSeries::packedSeriesGrows()
{
    const auto x = std::make_shared<nabiz::storage::BatchColumn>(
        std::vector<double> { 0, 1, 2 }, std::vector<double> { 0, 1, 2 });
    RunSeries series({ { 0, "loss", "nats" }, x, nabiz::storage::ValueColumn(std::vector<double> { 5, 4, 3 }) });
    series.append(3, 3, 0.1);
    QCOMPARE(series.size(), std::size_t(4));
    QCOMPARE(series.batch(3), 3.0);
    QCOMPARE(series.value(3), 0.1);
    QCOMPARE(series.value(0), 5.0);
    QCOMPARE(x->size(), std::size_t(3)); // another thread may hold it
}

// Printed, not judged: machines differ.
void TestRunSeries::tenMillionSamples()
{
    constexpr std::size_t kSamples = 10'000'000;
    RunSeries series("loss", "nats");
    QElapsedTimer timer;
    timer.start();
    for (std::size_t i = 0; i < kSamples; ++i) {
        series.append(static_cast<double>(i), static_cast<double>(i), static_cast<double>(i % 1013));
    }
    const double append = static_cast<double>(timer.nsecsElapsed()) / kSamples;
    timer.restart();
    const auto buckets = series.buckets(3, kSamples - 5, 1300);
    qInfo("append %.1f ns a sample; %zu buckets of all in %.2f ms", append, buckets.size(),
        static_cast<double>(timer.nsecsElapsed()) / 1e6);
    QVERIFY(!buckets.empty() && buckets.size() <= 1300);
    QCOMPARE(series.extent(0, kSamples).maximum, 1012.0);
}

QTEST_GUILESS_MAIN(TestRunSeries)
#include "tst_run_series.moc"
