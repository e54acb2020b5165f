// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/loss_audit.h"
#include "trainer/data/random.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace nabiz::trainer;

class TestLossAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void xzNeedsWhatIsThere();
    void aKnownEntropyIsTheFloor();
    void aRepeatedTextCountsOnce();
    void belowTheEntropy_data();
    void belowTheEntropy();
    void belowWhatXzNeeds_data();
    void belowWhatXzNeeds();
    void aStretchIsTenThousandTargets();
    void chanceIsNoFinding();
    void validationIsWhatIsJudged();
    void eachIsSaidOnce();
    void firstLoss_data();
    void firstLoss();
};

namespace {

using enum FindingSeverity;

const Floor kEntropy { 0.66, true };
const Floor kXz { 1.5, false };

Config configFor(const std::string& path)
{
    Config config;
    config.set("data.train_path", path);
    return config;
}

} // namespace

void TestLossAudit::xzNeedsWhatIsThere()
{
    Random random(3);
    std::vector<std::uint8_t> noise, coin;
    for (int i = 0; i < 200000; ++i) {
        noise.push_back(static_cast<std::uint8_t>(random.below(256)));
        coin.push_back(static_cast<std::uint8_t>('a' + random.below(4)));
    }
    QVERIFY(std::abs(xzNats(noise) - 8 * std::numbers::ln2) < 0.02); // what has no pattern stays as it is
    const double four = xzNats(coin);
    QVERIFY2(four > 2 * std::numbers::ln2 && four < 2.4 * std::numbers::ln2, std::to_string(four).c_str());
    QVERIFY(xzNats(std::vector<std::uint8_t>(100000, 'a')) < 0.02);
    QCOMPARE(xzNats({}), 0.0);
}

void TestLossAudit::aKnownEntropyIsTheFloor()
{
    Config config = configFor("generated:turkish");
    const Dataset data = Dataset::load(config, {});
    const Floor floor = floorOf(data, config, {});
    QVERIFY(floor.isEntropy);
    QCOMPARE(floor.nats, data.entropy());
    // Validation on a text of another source: the entropy is not that one's.
    config.set("data.val_path", std::string("generated:eight-sentences"));
    QVERIFY(!floorOf(Dataset::load(config, {}), config, {}).isEntropy);
}

// Compressed as it is, what stands there a thousand times would take next to nothing, and no loss would ever be below
// it.
void TestLossAudit::aRepeatedTextCountsOnce()
{
    Config config = configFor("generated:eight-sentences");
    for (const char* const sampling : { "line", "window" }) {
        config.set("data.sampling", std::string(sampling));
        const Dataset data = Dataset::load(config, {});
        QVERIFY(xzNats(data.training()) < 0.05);
        const Floor floor = floorOf(data, config, {});
        QVERIFY(!floor.isEntropy);
        QVERIFY2(floor.nats > 3 && floor.nats < 5.5, std::to_string(floor.nats).c_str());
    }
}

void TestLossAudit::belowTheEntropy_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<int>("severity");
    QTest::newRow("far above") << 1.8 << static_cast<int>(Fine);
    QTest::newRow("just above") << 0.67 << static_cast<int>(Fine);
    QTest::newRow("below by chance") << 0.635 << static_cast<int>(Fine);
    QTest::newRow("below by more") << 0.62 << static_cast<int>(Warning);
    QTest::newRow("nothing left") << 0.0004 << static_cast<int>(Warning);
}

void TestLossAudit::belowTheEntropy()
{
    QFETCH(double, loss);
    const auto finding = compare({ loss, 0.01, 8000, true }, kEntropy, false);
    QVERIFY(finding);
    QTEST(static_cast<int>(finding->severity), "severity");
    if (finding->severity == Warning) {
        QVERIFY(finding->measured.english().find("0.660") != std::string::npos); // both numbers
        QVERIFY(finding->measured.english().find(loss > 0.1 ? "0.620" : "0.000400") != std::string::npos);
        QVERIFY(finding->message.english().find("model.causal=true") != std::string::npos);
        const auto causal = compare({ loss, 0.01, 8000, true }, kEntropy, true);
        QVERIFY(causal->message.english().find("model.causal") == std::string::npos); // it is already
    }
}

void TestLossAudit::belowWhatXzNeeds_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<int>("severity");
    QTest::newRow("above") << 1.51 << static_cast<int>(Fine);
    QTest::newRow("below") << 1.49 << static_cast<int>(Note);
    QTest::newRow("above half") << 0.76 << static_cast<int>(Note);
    QTest::newRow("below half") << 0.74 << static_cast<int>(Warning);
}

void TestLossAudit::belowWhatXzNeeds()
{
    QFETCH(double, loss);
    const auto finding = compare({ loss, 1, 12000, false }, kXz, true);
    QVERIFY(finding);
    QTEST(static_cast<int>(finding->severity), "severity");
    if (finding->severity != Fine) {
        QVERIFY(finding->measured.english().find("12000 targets") != std::string::npos);
        QVERIFY(finding->measured.english().find("1.50") != std::string::npos);
    }
    QVERIFY(!compare({ loss, 1, 12000, false }, {}, true)); // nothing known, nothing said
    QVERIFY(!compare({ NAN, 1, 12000, false }, kXz, true));
}

void TestLossAudit::aStretchIsTenThousandTargets()
{
    LossAudit audit({ .floor = kXz });
    QVERIFY(audit.batch(5.5, 148, {}).empty());
    int batches = 1;
    std::vector<Finding> found;
    for (; batches < 200 && found.empty(); ++batches)
        found = audit.batch(0.01, 148, {});
    QCOMPARE(batches, 68); // 68 × 148 = 10 064
    QCOMPARE(found.size(), std::size_t { 1 });
    QCOMPARE(found[0].id, std::string("floor"));
    QCOMPARE(found[0].severity, Warning);
    QCOMPARE(found[0].measured.arguments.at(2), std::string("10064"));
    QVERIFY(std::abs(std::stod(found[0].measured.arguments.at(0)) - (5.5 + 67 * 0.01) / 68) < 1e-3);

    LossAudit brief({ .floor = kXz });
    for (int i = 0; i < 60; ++i)
        QVERIFY(brief.batch(0.01, 148, {}).size() <= (i == 0 ? 1U : 0U)); // the first loss alone
    QVERIFY(brief.end().empty());
}

// A model that has reached the entropy: its stretches lie on both sides of it.
void TestLossAudit::chanceIsNoFinding()
{
    LossAudit audit({ .startsFromWeights = true, .floor = kEntropy });
    Random random(11);
    for (int i = 0; i < 5000; ++i) {
        double normal = -6;
        for (int j = 0; j < 12; ++j)
            normal += random.unit();
        QVERIFY(audit.batch(kEntropy.nats + 0.003 + 0.04 * normal, 1020, {}).empty());
    }
    const auto end = audit.end();
    QCOMPARE(end.size(), std::size_t { 1 });
    QCOMPARE(end[0].severity, Fine);
    // The same with a bias that no chance explains.
    LossAudit biased({ .startsFromWeights = true, .floor = kEntropy });
    bool isFound = false;
    for (int i = 0; i < 100; ++i)
        isFound |= !biased.batch(kEntropy.nats - 0.1 + 0.04 * (random.unit() - 0.5), 1020, {}).empty();
    QVERIFY(isFound);
}

void TestLossAudit::validationIsWhatIsJudged()
{
    LossAudit audit({ .startsFromWeights = true, .floor = kXz, .validationTargets = 4000 });
    for (int i = 0; i < 40; ++i)
        QVERIFY(audit.batch(0.01, 1020, {}).empty()); // learnt by heart, and no more than that
    QVERIFY(audit.batch(0.01, 1020, 1.9).empty());
    const auto found = audit.batch(0.01, 1020, 0.5);
    QCOMPARE(found.size(), std::size_t { 1 });
    QVERIFY(found[0].measured.english().starts_with("The validation loss is 0.500"));
}

void TestLossAudit::eachIsSaidOnce()
{
    LossAudit audit({ .startsFromWeights = true, .floor = kXz, .validationTargets = 4000 });
    QCOMPARE(audit.batch(2, 1020, 1.4).size(), std::size_t { 1 }); // a note
    QVERIFY(audit.batch(2, 1020, 1.3).empty());
    const auto warned = audit.batch(2, 1020, 0.2);
    QCOMPARE(warned.size(), std::size_t { 1 });
    QCOMPARE(warned[0].severity, Warning);
    QVERIFY(audit.batch(2, 1020, 0.1).empty());
    QVERIFY(audit.batch(2, 1020, 1.4).empty());
    QVERIFY(audit.batch(2, 1020, 3.0).empty());
    QVERIFY(audit.end().empty()); // once warned of, it is not fine at the end

    LossAudit falling({ .startsFromWeights = true, .floor = kXz, .validationTargets = 4000 });
    QCOMPARE(falling.batch(2, 1020, 0.5).size(), std::size_t { 1 });
    QVERIFY(falling.end().empty()); // all has been said
    QVERIFY(falling.batch(2, 1020, 0.1).empty());
    QVERIFY(falling.batch(2, 1020, 0.02).empty());
    const auto last = falling.end();
    QCOMPARE(last.size(), std::size_t { 1 });
    QCOMPARE(last[0].severity, Warning);
    QCOMPARE(last[0].measured.arguments.at(0), std::string("0.0200"));
}

void TestLossAudit::firstLoss_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<bool>("fromWeights");
    QTest::addColumn<bool>("isFound");
    const double uniform = std::log(256.0); // 5.545
    QTest::newRow("as it should be") << 6.0 << false << false;
    QTest::newRow("just inside below") << 0.51 * uniform << false << false;
    QTest::newRow("just inside above") << 1.99 * uniform << false << false;
    QTest::newRow("too low") << 0.49 * uniform << false << true;
    QTest::newRow("too high") << 2.01 * uniform << false << true;
    QTest::newRow("started from weights") << 0.2 << true << false;
    QTest::newRow("no number") << std::nan("") << false << false;
}

void TestLossAudit::firstLoss()
{
    QFETCH(double, loss);
    QFETCH(bool, fromWeights);
    LossAudit audit({ .startsFromWeights = fromWeights });
    const auto found = audit.batch(loss, 100, {});
    QTEST(!found.empty(), "isFound");
    if (!found.empty()) {
        QCOMPARE(found[0].id, std::string("first_loss"));
        QCOMPARE(found[0].measured.arguments.at(2), std::string("5.55"));
    }
    QVERIFY(audit.batch(100, 100, {}).empty()); // only the first is one
}

QTEST_GUILESS_MAIN(TestLossAudit)
#include "tst_loss_audit.moc"
