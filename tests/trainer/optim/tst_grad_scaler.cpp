// SPDX-License-Identifier: GPL-3.0-or-later
// Scaled gradients give the same step; one that overflows is left out whole, and the scale falls.
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_scaler.h"

#include <QtTest>

#include <limits>

using namespace nabiz::trainer;

namespace {

// A step of AdamW on three weights whose loss is their product with `pull`.
struct Steps {
    explicit Steps(bool scaled)
        : scaler(scaled, at::kCPU)
        , weights(3, at::kCPU)
        , tensor(weights.matrix("w", { 1, 3 }))
        , optimizer(weights.trained(), {})
    {
    }

    double step(const std::vector<float>& pull)
    {
        const at::Tensor loss = (tensor * at::tensor(pull)).sum();
        scaler.scaled(loss).backward();
        scaler.unscale(optimizer.gradients());
        const double norm = optimizer.clip(1).item<double>();
        optimizer.step(0.1, scaler.overflow());
        scaler.update();
        optimizer.clearGradients();
        return norm;
    }

    double scale() const { return scaler.scale().item<double>(); }

    GradScaler scaler;
    Weights weights;
    at::Tensor tensor;
    AdamW optimizer;
};

constexpr float kInfinity = std::numeric_limits<float>::infinity();

} // namespace

class TestGradScaler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepIsThatOfTheUnscaledGradient()
    {
        Steps plain(false), scaled(true);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(scaled.step({ 3, -4, 1 }), plain.step({ 3, -4, 1 })); // powers of two lose nothing
        QVERIFY(at::equal(scaled.tensor, plain.tensor));
        QCOMPARE(scaled.optimizer.stepCounters()[0].item<float>(), 3.0f);
    }

    void overflowLeavesTheStepOut_data()
    {
        QTest::addColumn<float>("pull");
        QTest::newRow("infinite") << kInfinity;
        QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("beyond float32 once scaled") << 1e36f;
    }
    void overflowLeavesTheStepOut()
    {
        QFETCH(float, pull);
        Steps scaled(true);
        scaled.step({ 1, 1, 1 });
        const at::Tensor before = scaled.tensor.clone(), moments = scaled.optimizer.firstMoments()[0].clone();
        const double scale = scaled.scale();
        scaled.step({ 1, pull, 1 });
        QVERIFY(at::equal(scaled.tensor, before));
        QVERIFY(at::equal(scaled.optimizer.firstMoments()[0], moments));
        QCOMPARE(scaled.optimizer.stepCounters()[0].item<float>(), 1.0f);
        QCOMPARE(scaled.scale(), scale / 2);
        scaled.step({ 1, 1, 1 });
        QVERIFY(!at::equal(scaled.tensor, before)); // and goes on
    }

    void scaleGrowsWhileAllGoesWell()
    {
        Steps scaled(true);
        QCOMPARE(scaled.scale(), 65536.0);
        for (int i = 0; i < 1999; ++i)
            scaled.step({ 1, 1, 1 });
        QCOMPARE(scaled.scale(), 65536.0);
        scaled.step({ 1, 1, 1 });
        QCOMPARE(scaled.scale(), 131072.0);
    }

    void offChangesNothing()
    {
        Steps plain(false);
        QVERIFY(!plain.scaler.overflow().defined());
        plain.step({ kInfinity, 1, 1 });
        QVERIFY(plain.tensor.isnan().any().item<bool>());
    }
};

QTEST_GUILESS_MAIN(TestGradScaler)
#include "tst_grad_scaler.moc"
