// SPDX-License-Identifier: GPL-3.0-or-later
// A block that is computed again gives the same numbers, gradients and masks as one that keeps everything, in float32
// and in mixed precision; what no gradient reaches is not computed again.
#include "tests/trainer/model/small_model.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <QtTest>

using namespace nabiz::test;

namespace {

struct Result {
    double loss = 0;
    std::vector<at::Tensor> gradients;
    std::uint64_t masks = 0;
    std::size_t observations = 0;
    std::size_t traces = 0;
};

// Two batches, so that the memory carries something over.
Result trained(const ModelConfig& config, bool checkpointed, std::optional<at::ScalarType> autocast)
{
    const auto model = makeModel(config);
    Pass pass = Pass::training(0.3, 5);
    pass.setCheckpointing(checkpointed).setAutocast(autocast);
    Result result;
    for (int i = 0; i < 2; ++i) {
        const ModelOutput output = (*model)(someIds(), pass);
        const at::Tensor loss = lossOf(output.logits, someIds().roll(1, 1)) + output.balance;
        loss.backward();
        result.loss = loss.item<double>();
        result.observations = pass.observations().size();
        result.traces = pass.traces().size();
    }
    for (const NamedTensor& entry : model->weights().all())
        result.gradients.push_back(entry.tensor.grad());
    result.masks = pass.calls();
    return result;
}

void compare(const Result& plain, const Result& again, double tolerance)
{
    QVERIFY(std::abs(again.loss - plain.loss) <= tolerance);
    QCOMPARE(again.masks, plain.masks);
    QCOMPARE(again.observations, plain.observations);
    QCOMPARE(again.traces, plain.traces);
    for (std::size_t i = 0; i < plain.gradients.size(); ++i) {
        QCOMPARE(again.gradients[i].defined(), plain.gradients[i].defined());
        if (!plain.gradients[i].defined())
            continue;
        const double size = plain.gradients[i].norm().item<double>();
        QVERIFY((again.gradients[i] - plain.gradients[i]).norm().item<double>() <= tolerance * size + 1e-9);
    }
}

} // namespace

class TestRecompute : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void changesNoGradient_data()
    {
        QTest::addColumn<QString>("variant");
        QTest::addColumn<bool>("causal");
        for (const char* variant : kVariants) {
            QTest::addRow("%s, causal", variant) << variant << true;
            QTest::addRow("%s, as published", variant) << variant << false;
        }
    }
    void changesNoGradient()
    {
        QFETCH(QString, variant);
        QFETCH(bool, causal);
        ModelConfig config = variantConfig(variant.toStdString());
        config.causal = causal;
        compare(trained(config, false, {}), trained(config, true, {}), 1e-6);
    }

    void changesNoGradientInMixedPrecision_data() { changesNoGradient_data(); }
    void changesNoGradientInMixedPrecision()
    {
        QFETCH(QString, variant);
        QFETCH(bool, causal);
        ModelConfig config = variantConfig(variant.toStdString());
        config.causal = causal;
        const Result plain = trained(config, false, at::kBFloat16);
        // Adapters that several blocks share gather their gradient in bfloat16 in the plain pass, in float32 block by
        // block.
        compare(plain, trained(config, true, at::kBFloat16), config.gradientThroughLanguage ? 2e-2 : 1e-6);
        // And it is mixed precision: another number than float32's, though near.
        const double exact = trained(config, false, {}).loss;
        QVERIFY(plain.loss != exact);
        QVERIFY(std::abs(plain.loss - exact) < 0.05);
        QVERIFY(!at::autocast::is_autocast_enabled(at::kCPU));
    }

    void whatNoGradientReachesIsComputedOnce()
    {
        Pass pass = Pass::training(0, 1);
        int computed = 0;
        const auto compute = [&] { return at::full({}, ++computed); };
        Pass again = pass.replay();
        QCOMPARE(pass.kept(compute).item<int>(), 1);
        QCOMPARE(pass.kept(compute).item<int>(), 2);
        pass.endKeeping();
        QCOMPARE(again.kept(compute).item<int>(), 1);
        QCOMPARE(again.kept(compute).item<int>(), 2);
        QCOMPARE(computed, 2);
        QCOMPARE(pass.kept(compute).item<int>(), 3); // nothing is kept outside of a part
    }
};

QTEST_GUILESS_MAIN(TestRecompute)
#include "tst_recompute.moc"
