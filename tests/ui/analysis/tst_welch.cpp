// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/analysis/coverage.h"
#include "ui/analysis/welch.h"

#include <QTest>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestWelch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void referenceNumbers();
    void twoValuesByHand();
    void smallerSideBoundsTheFreedom();
    void tooFewOrNotFinite();
    void noVariance();
    void largeAndSmallNumbers();
    void judgement();
    void coverageIsKept_data();
    void coverageIsKept();
};

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

// Two sets of six screws, an example often used for this test; SciPy 1.x, ttest_ind(b, a, equal_var=False):
// df 7.030559959884322, interval of the difference −0.20956908964604493 … 0.01956908964604008.
void TestWelch::referenceNumbers()
{
    const double a[] = { 30.02, 29.99, 30.11, 29.97, 30.01, 29.99 };
    const double b[] = { 29.89, 29.93, 29.72, 29.98, 30.02, 29.98 };
    const auto interval = welchInterval(a, b);
    QVERIFY(interval.has_value());
    QVERIFY(near(interval->difference, -0.095, 1e-12));
    QVERIFY(near(interval->df, 7.030559959884322, 1e-9));
    QVERIFY(near(interval->low, -0.20956908964604493, 1e-9));
    QVERIFY(near(interval->high, 0.01956908964604008, 1e-9));
    QCOMPARE(interval->n1, std::size_t(6));
    // Turned round, the same with the other sign.
    const auto back = welchInterval(b, a);
    QVERIFY(near(back->low, -interval->high, 1e-12) && near(back->high, -interval->low, 1e-12));
}

// Only b varies: error 1, one degree of freedom, whose t is tan(π · 0.475) = 12.7062047361747.
void TestWelch::twoValuesByHand()
{
    const double a[] = { 1, 1 };
    const double b[] = { 0, 2 };
    const auto interval = welchInterval(a, b);
    QVERIFY(near(interval->df, 1, 1e-12));
    QVERIFY(near(interval->low, -std::tan(M_PI * 0.475), 1e-8));
    QVERIFY(near(interval->high, 12.7062047361747, 1e-8));
    // At 2 degrees t has a closed form as well: 2 α √(2 / (1 − 4 α²)), α = 0.475, both sides alike.
    const double c[] = { 0, 2 };
    const auto two = welchInterval(b, c);
    QVERIFY(near(two->df, 2, 1e-12));
    QVERIFY(near(two->high, std::sqrt(2.0) * 2 * 0.475 * std::sqrt(2 / (1 - 4 * 0.475 * 0.475)), 1e-8));
}

void TestWelch::smallerSideBoundsTheFreedom()
{
    const double many[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    const double two[] = { 4, 6 };
    const auto interval = welchInterval(many, two);
    QVERIFY(interval->df <= 2.0);
    const double three[] = { 4, 5, 6 };
    QVERIFY(welchInterval(many, three)->df <= 4.0);
}

void TestWelch::tooFewOrNotFinite()
{
    const double one[] = { 1 };
    const double two[] = { 1, 2 };
    const double withNaN[] = { 1, kNaN };
    QVERIFY(!welchInterval(one, two));
    QVERIFY(!welchInterval(two, {}));
    QVERIFY(!welchInterval(two, withNaN));
    const double threeWithNaN[] = { 1, kNaN, 3, INFINITY };
    const auto interval = welchInterval(two, threeWithNaN);
    QVERIFY(interval && interval->n2 == 2);
    QVERIFY(near(interval->difference, 0.5, 1e-12));
    QVERIFY(!meanAndDeviation({}));
    QCOMPARE(meanAndDeviation(one)->deviation, 0.0);
}

void TestWelch::noVariance()
{
    const double a[] = { 2, 2, 2 };
    const double b[] = { 1, 1 };
    const auto interval = welchInterval(a, b);
    QCOMPARE(interval->low, -1.0);
    QCOMPARE(interval->high, -1.0);
    QVERIFY(judge(interval) == Judgement::Better);
    const auto same = welchInterval(a, a);
    QCOMPARE(same->difference, 0.0);
    QVERIFY(judge(same) == Judgement::CannotTell);
}

void TestWelch::largeAndSmallNumbers()
{
    const double small[] = { 1e-308, 3e-308 };
    const double large[] = { 1e150, 3e150 };
    const auto interval = welchInterval(small, large);
    QVERIFY(interval && std::isfinite(interval->low) && std::isfinite(interval->df));
    QVERIFY(near(interval->df, 1, 1e-9));
    const double huge[] = { 1e308, -1e308 };
    const auto none = welchInterval(small, huge);
    QVERIFY(!none || std::isfinite(none->high - none->low));
}

void TestWelch::judgement()
{
    QVERIFY(judge(std::nullopt) == Judgement::OneSeed);
    QVERIFY(judge(Interval { -1, -2, -0.1, 4, 3, 3 }) == Judgement::Better);
    QVERIFY(judge(Interval { 1, 0.1, 2, 4, 3, 3 }) == Judgement::Worse);
    QVERIFY(judge(Interval { 0.1, -0.1, 0.3, 4, 3, 3 }) == Judgement::CannotTell);
}

void TestWelch::coverageIsKept_data()
{
    QTest::addColumn<int>("seeds");
    QTest::addColumn<double>("ratio");
    for (const int seeds : { 2, 3, 5 }) {
        for (const double ratio : { 1.0, 3.0, 16.0 }) {
            QTest::addRow("%d seeds a side, deviations 1 : %g", seeds, ratio) << seeds << ratio;
        }
    }
}

// At least 93 % of a nominal 95. Four standard errors of the simulation are allowed for: 0.7 % of 20 000 trials.
void TestWelch::coverageIsKept()
{
    QFETCH(int, seeds);
    QFETCH(double, ratio);
    constexpr int kTrials = 20000;
    const auto n = static_cast<std::size_t>(seeds);
    const double covered = testing::coverage(n, n, ratio, kTrials, 11);
    const double error = std::sqrt(0.93 * 0.07 / kTrials);
    QVERIFY2(covered >= 0.93 - 4 * error, qPrintable(QString::number(covered)));
    QVERIFY2(covered <= 0.99, qPrintable(QString::number(covered))); // wider than that says nothing
}

QTEST_GUILESS_MAIN(TestWelch)
#include "tst_welch.moc"
