// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/analysis/peeking.h"
#include "ui/analysis/anytime.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace nabiz;
using namespace nabiz::ui;

class TestAnytime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void multiplesByHand();
    void nothingToTell();
    void spendsNoMoreThanAll();
    void holdsHoweverOftenLookedAt_data();
    void holdsHoweverOftenLookedAt();
    void findsWhatIsThere_data();
    void findsWhatIsThere();
    void seedsThatItTakes();
};

namespace {

DifferenceOfMeans equalSides(std::size_t n)
{
    return { 1, 1, 2.0 * static_cast<double>(n) - 2, n, n };
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

// By SciPy's brentq on the same formula, written down apart from this one.
void TestAnytime::multiplesByHand()
{
    QVERIFY(near(anytimeMultiple(equalSides(3), 0.05), 5.64, 0.005));
    QVERIFY(near(anytimeMultiple(equalSides(3), 0.025), 6.69, 0.005));
    QVERIFY(near(anytimeMultiple(equalSides(5), 0.05), 4.45, 0.005));
    QVERIFY(near(anytimeMultiple(equalSides(10), 0.05), 3.94, 0.005));
    QVERIFY(near(anytimeMultiple(equalSides(20), 0.025), 4.03, 0.005));
}

void TestAnytime::nothingToTell()
{
    const std::vector<double> one { 1 }, two { 1, 2 }, three { 1, 2, 3 }, same { 2, 2, 2 };
    QVERIFY(!anytimeInterval(one, three));
    QVERIFY(anytimeInterval(two, two));
    QVERIFY(!anytimeInterval(two, two, 0.001)); // no t is large enough
    QVERIFY(anytimeInterval(three, three));
    QVERIFY(!anytimeInterval(three, std::vector<double> { 1, std::numeric_limits<double>::quiet_NaN() }));
    const auto still = anytimeInterval(same, same);
    QVERIFY(still && still->low == 0 && still->high == 0);
    QVERIFY(!seedsForDifference(same, same));
}

void TestAnytime::spendsNoMoreThanAll()
{
    for (const std::size_t looks : { 1, 2, 20, 1000 }) {
        double all = 0;
        for (std::size_t look = 1; look <= looks; ++look)
            all += spentError(look, looks);
        QVERIFY(near(all, 0.05, 1e-12));
    }
    double open = 0;
    for (std::size_t look = 1; look < 100000; ++look)
        open += spentError(look, 0);
    QVERIFY(open < 0.05 && open > 0.0499);
}

void TestAnytime::holdsHoweverOftenLookedAt_data()
{
    QTest::addColumn<int>("seeds");
    QTest::addColumn<int>("firstSeeds");
    QTest::addColumn<double>("memory");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("trials");
    QTest::newRow("3 seeds") << 3 << 3 << 0.8 << 1.0 << 10000;
    QTest::newRow("5 seeds") << 5 << 5 << 0.8 << 1.0 << 10000;
    QTest::newRow("3 seeds, nothing remembered") << 3 << 3 << 0.0 << 1.0 << 10000;
    QTest::newRow("5 seeds, spreads 4 times apart") << 5 << 5 << 0.8 << 4.0 << 10000;
    QTest::newRow("2 to 8 seeds, one after another") << 8 << 2 << 0.8 << 4.0 << 2000;
}

// No difference is there: "differs" at any of 20 looks in 5 % of the pairs at most, where Welch's 95 % says so in half.
void TestAnytime::holdsHoweverOftenLookedAt()
{
    QFETCH(int, seeds);
    QFETCH(int, firstSeeds);
    QFETCH(double, memory);
    QFETCH(double, ratio);
    QFETCH(int, trials);
    const auto said = testing::peek({ .seeds = static_cast<std::size_t>(seeds),
                                        .firstSeeds = static_cast<std::size_t>(firstSeeds),
                                        .memory = memory,
                                        .ratio = ratio },
        trials, 1);
    qInfo("%d pairs, 20 looks: falsely told %.2f %%; Welch, peeked at: %.1f %%, at the end alone %.1f %%", trials,
        100 * said.anytime, 100 * said.welch, 100 * said.welchLast);
    QVERIFY(said.anytime <= 0.05);
    QVERIFY(said.welch > 0.25);
}

void TestAnytime::findsWhatIsThere_data()
{
    QTest::addColumn<int>("seeds");
    QTest::addColumn<double>("difference");
    QTest::addColumn<double>("least");
    QTest::newRow("3 seeds, one spread") << 3 << 1.0 << 0.0;
    QTest::newRow("5 seeds, one spread") << 5 << 1.0 << 0.02;
    QTest::newRow("3 seeds, six spreads") << 3 << 6.0 << 0.3;
    QTest::newRow("5 seeds, four spreads") << 5 << 4.0 << 0.6;
    QTest::newRow("20 seeds, one spread") << 20 << 1.0 << 0.4;
}

void TestAnytime::findsWhatIsThere()
{
    QFETCH(int, seeds);
    QFETCH(double, difference);
    QFETCH(double, least);
    const auto count = static_cast<std::size_t>(seeds);
    const auto said = testing::peek({ .seeds = count, .firstSeeds = count, .difference = difference }, 2000, 2);
    qInfo("%d seeds a side, %.0f spreads: told %.1f %%, at the last look alone %.1f %%; Welch at the last look %.1f %%",
        seeds, difference, 100 * said.anytime, 100 * said.anytimeLast, 100 * said.welchLast);
    QVERIFY2(said.anytime >= least, qPrintable(QString::number(said.anytime)));
}

void TestAnytime::seedsThatItTakes()
{
    const std::vector<double> a { -1, 0, 1 }; // a spread of 1
    const auto shifted = [&a](double by) {
        std::vector<double> b;
        for (const double value : a)
            b.push_back(value + by);
        return b;
    };
    const auto one = seedsForDifference(a, shifted(1)), four = seedsForDifference(a, shifted(4));
    QVERIFY(one && *one > 25 && *one < 60);
    QVERIFY(four && *four >= 4 && *four <= 8);
    QVERIFY(seedsForDifference(a, shifted(-1)) == one);
    QVERIFY(!seedsForDifference(a, shifted(0.01)));
    // So many are enough, in four cases of five.
    const auto said = testing::peek({ .seeds = *one, .firstSeeds = *one, .looks = 1, .difference = 1 }, 1000, 3);
    QVERIFY2(said.anytime > 0.75 && said.anytime < 0.88, qPrintable(QString::number(said.anytime)));
}

QTEST_GUILESS_MAIN(TestAnytime)
#include "tst_anytime.moc"
