// SPDX-License-Identifier: GPL-3.0-or-later
// What the reference numbers cannot show of the model: chance, causality, sharing, and the schedule.
#include "tests/trainer/model/small_model.h"
#include "trainer/base/train_error.h"
#include "trainer/model/layers/product.h"
#include "trainer/optim/schedule.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace nabiz::test;
using namespace nabiz::trainer;

namespace {

bool equalWeights(const Agiformer& a, const Agiformer& b)
{
    for (std::size_t i = 0; i < a.weights().all().size(); ++i) {
        if (!at::equal(a.weights().all()[i].tensor, b.weights().all()[i].tensor))
            return false;
    }
    return true;
}

bool hasWeight(const Agiformer& model, const std::string& name)
{
    for (const NamedTensor& entry : model.weights().all()) {
        if (entry.name == name)
            return true;
    }
    return false;
}

at::Tensor slotsOf(const Agiformer& model)
{
    for (const NamedTensor& entry : model.weights().all()) {
        if (entry.name == "memory.slots")
            return entry.tensor;
    }
    throw std::logic_error("the model has no memory");
}

} // namespace

class TestModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSeedGivesTheModel()
    {
        const auto first = makeModel(smallConfig(), 5), same = makeModel(smallConfig(), 5);
        QVERIFY(equalWeights(*first, *same));
        QVERIFY(!equalWeights(*first, *makeModel(smallConfig(), 6)));
    }

    // Of every part; the published form of each looks ahead, if only through the encoder.
    void causalModelSeesNothingThatFollows_data()
    {
        QTest::addColumn<QString>("variant");
        QTest::addColumn<bool>("causal");
        for (const char* variant : kVariants) {
            QTest::addRow("%s, causal", variant) << variant << true;
            QTest::addRow("%s, as published", variant) << variant << false;
        }
    }
    void causalModelSeesNothingThatFollows()
    {
        QFETCH(QString, variant);
        QFETCH(bool, causal);
        ModelConfig config = variantConfig(variant.toStdString());
        config.causal = causal;
        const auto model = makeModel(config);
        const at::NoGradGuard guard;
        const at::Tensor ids = someIds();
        at::Tensor changed = ids.clone();
        changed.narrow(1, 20, 12).fill_(3);
        Pass pass = Pass::evaluation(), other = Pass::evaluation(); // one memory each
        const at::Tensor difference = ((*model)(ids, pass).logits - (*model)(changed, other).logits).abs();
        QCOMPARE(difference.narrow(1, 0, 20).max().item<float>() < 1e-6f, causal);
        QVERIFY(difference.narrow(1, 20, 12).max().item<float>() > 1e-3f);
    }

    // Slots are written at every tenth pass: training into the model, evaluation into the pass.
    void evaluationLeavesTheMemoryAsItWas()
    {
        const auto model = makeModel(variantConfig("memory"));
        const at::Tensor slots = slotsOf(*model), before = slots.clone();
        const at::NoGradGuard guard;
        Pass evaluation = Pass::evaluation();
        at::Tensor ninth, tenth;
        for (int i = 1; i <= 11; ++i)
            (i == 10 ? ninth : tenth) = (*model)(someIds(), evaluation).logits;
        QVERIFY(at::equal(slots, before));
        QVERIFY(!at::equal(ninth, tenth)); // the eleventh reads what the tenth has written

        Pass training = Pass::training(0, 1);
        for (int i = 1; i <= 9; ++i)
            (*model)(someIds(), training);
        QVERIFY(at::equal(slots, before));
        (*model)(someIds(), training);
        QVERIFY(!at::equal(slots, before)); // the same variable, which the optimizer holds too
        QCOMPARE(training.memory().passes, std::int64_t(10));
    }

    // The gradient of a pass that wrote is that of the slots it had read.
    void writingSlotsChangesNoGradient()
    {
        const auto gradientAt = [](int pass) {
            const auto model = makeModel(variantConfig("memory"));
            Pass training = Pass::training(0, 1);
            training.memory().passes = pass - 1;
            (*model)(someIds(), training).logits.sum().backward();
            return slotsOf(*model).grad();
        };
        QVERIFY(at::equal(gradientAt(10), gradientAt(5)));
    }

    void memoryBeginsAnewWithAnotherBatchSize()
    {
        const auto model = makeModel(variantConfig("memory"));
        const at::NoGradGuard guard;
        const at::Tensor one = someIds().narrow(0, 0, 1);
        Pass fresh = Pass::evaluation(), used = Pass::evaluation();
        (*model)(someIds(), used);
        QVERIFY(at::equal((*model)(one, used).logits, (*model)(one, fresh).logits));
        Pass first = Pass::evaluation();
        QVERIFY(!at::equal((*model)(one, used).logits, (*model)(one, first).logits)); // carried on from its own
    }

    void sharesOfExpertsAreObserved()
    {
        ModelConfig config = variantConfig("pairs");
        config.layers = 2;
        const auto model = makeModel(config);
        Pass pass = Pass::training(0, 1);
        (*model)(someIds(), pass);
        QCOMPARE(pass.observations().size(), std::size_t(2)); // one a block
        for (std::size_t block = 0; block < 2; ++block) {
            const Observation& shares = pass.observations()[block];
            QCOMPARE(shares.first, routerMetric(static_cast<std::int64_t>(block), 0));
            QCOMPARE(shares.values.numel(), std::int64_t(3));
            QVERIFY(std::abs(shares.values.sum().item<double>() - 1) < 1e-5);
        }
    }

    void introspectionIsObserved()
    {
        for (const bool causal : { true, false }) {
            ModelConfig config = variantConfig("introspection");
            config.causal = causal;
            const auto model = makeModel(config);
            Pass pass = Pass::training(0, 1);
            (*model)(someIds(), pass);
            const auto& seen = pass.observations();
            QCOMPARE(seen[seen.size() - 2].first, Metric::IntrospectionError);
            QCOMPARE(seen[seen.size() - 2].values.numel(), std::int64_t(2)); // and confidence
            QCOMPARE(seen.back().first, Metric::IntrospectionRounds);
            const double rounds = seen.back().values.item<double>();
            QVERIFY(rounds >= 1 && rounds <= 2);
        }
    }

    void firstTraceThatIsNoNumberNamesThePart_data()
    {
        QTest::addColumn<QString>("weight");
        QTest::addColumn<QString>("part");
        QTest::newRow("encoder") << "encoder.proj.bias" << "encoder";
        QTest::newRow("memory") << "memory.fusion.out.bias" << "memory";
        QTest::newRow("attention") << "blocks.1.attn.o.weight" << "blocks.1.attn";
        QTest::newRow("expert") << "blocks.0.moe.experts.1.norm.bias" << "blocks.0.moe.experts.1";
        QTest::newRow("introspection") << "blocks.1.introspection.meta.norm.bias" << "blocks.1.introspection";
        QTest::newRow("head") << "head.bias" << "head";
    }
    void firstTraceThatIsNoNumberNamesThePart()
    {
        QFETCH(QString, weight);
        QFETCH(QString, part);
        ModelConfig config = variantConfig("introspection");
        config.memory = true;
        const auto model = makeModel(config);
        const at::NoGradGuard guard;
        for (const NamedTensor& entry : model->weights().all()) {
            if (entry.name == weight.toStdString())
                entry.tensor.fill_(std::numeric_limits<double>::quiet_NaN());
        }
        Pass pass = Pass::training(0, 1);
        (*model)(someIds(), pass);
        std::string first;
        for (const Trace& trace : pass.traces()) {
            if (first.empty() && !std::isfinite(trace.sum.item<float>()))
                first = trace.part;
        }
        QCOMPARE(first, part.toStdString());
    }

    void dropoutKeepsTheMeanAndItsShare()
    {
        const at::Tensor x = at::ones({ 1000, 1000 });
        Pass pass = Pass::training(0.1, 42);
        const at::Tensor first = pass.dropout(x), second = pass.dropout(x);
        // A million draws: the share's standard deviation is 0.0003.
        QVERIFY(std::abs((first == 0).to(at::kDouble).mean().item<double>() - 0.1) < 0.0015);
        QVERIFY(std::abs(first.to(at::kDouble).mean().item<double>() - 1) < 0.0017);
        // Two masks are independent: both drop an element in p² of the cases.
        const double both = ((first == 0) & (second == 0)).to(at::kDouble).mean().item<double>();
        QVERIFY(std::abs(both - 0.01) < 0.0005);
        // So are neighbours in a row and in a column.
        const at::Tensor dropped = first == 0;
        const double row
            = (dropped.narrow(1, 0, 999) & dropped.narrow(1, 1, 999)).to(at::kDouble).mean().item<double>();
        const double column
            = (dropped.narrow(0, 0, 999) & dropped.narrow(0, 1, 999)).to(at::kDouble).mean().item<double>();
        QVERIFY(std::abs(row - 0.01) < 0.0005 && std::abs(column - 0.01) < 0.0005);
    }

    void dropoutIsOneStreamWhateverTheThreads()
    {
        const at::Tensor x = at::rand({ 700, 700 });
        const auto masked = [&](int threads) {
            at::set_num_threads(threads);
            Pass pass = Pass::training(0.3, 9);
            return pass.dropout(x);
        };
        QVERIFY(at::equal(masked(1), masked(2)));
        at::set_num_threads(1);
    }

    void dropoutPassesTheGradientOfWhatItKept()
    {
        at::Tensor x = at::ones({ 300, 300 });
        x.set_requires_grad(true);
        Pass pass = Pass::training(0.25, 3);
        const at::Tensor y = pass.dropout(x);
        y.sum().backward();
        QVERIFY(at::equal(x.grad(), y.detach()));
    }

    void evaluationDrawsNothing()
    {
        ModelConfig config = smallConfig();
        config.dropout = 0.5;
        const auto model = makeModel(config);
        const at::NoGradGuard guard;
        Pass pass = Pass::evaluation();
        QVERIFY(at::equal((*model)(someIds(), pass).logits, (*model)(someIds(), pass).logits));
        QCOMPARE(pass.calls(), std::uint64_t(0));
        Pass training = Pass::training(0.5, 1);
        QVERIFY(!at::equal((*model)(someIds(), training).logits, (*model)(someIds(), training).logits));
        QVERIFY(training.calls() > 0);
    }

    // Attention with its weights written out, as training takes it, equals the fused one.
    void attentionIsTheSameWithAndWithoutDropout()
    {
        for (const bool causal : { true, false }) {
            Weights weights(1, at::kCPU);
            const Attention attention(weights, "attn", 16, 2, causal);
            const at::Tensor x = at::rand({ 2, 20, 16 });
            Pass fused = Pass::evaluation(), written = Pass::training(1e-12, 1);
            QVERIFY((attention(x, fused) - attention(x, written)).abs().max().item<float>() < 1e-5f);
        }
    }

    // Enough rows for the wide product; the reference numbers stay below it.
    void productEqualsLinear()
    {
        const auto leaf = [](at::IntArrayRef shape) {
            at::Tensor tensor = at::randn(shape);
            tensor.set_requires_grad(true);
            return tensor;
        };
        at::Tensor x = leaf({ 3, 120, 40 }), weight = leaf({ 24, 40 }), bias = leaf({ 24 });
        const at::Tensor pull = at::randn({ 3, 120, 24 });
        std::vector<at::Tensor> results[2];
        for (const bool own : { false, true }) {
            const at::Tensor y = own ? product(x, weight, bias) : at::linear(x, weight, bias);
            (y * pull).sum().backward();
            results[own] = { y.detach(), x.grad().clone(), weight.grad().clone(), bias.grad().clone() };
            for (const at::Tensor& tensor : { x, weight, bias })
                tensor.mutable_grad().reset();
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const double size = results[0][i].norm().item<double>();
            QVERIFY((results[1][i] - results[0][i]).norm().item<double>() < 1e-5 * size);
        }
        weight.set_requires_grad(false);
        product(x, weight).sum().backward();
        QVERIFY(x.grad().defined() && !weight.grad().defined());
    }

    void languageModelIsSharedOrNot()
    {
        int decoders = 0;
        ModelConfig config = smallConfig();
        const auto shared = makeModel(config, 1, &decoders);
        QCOMPARE(decoders, 1);
        QVERIFY(hasWeight(*shared, "language.in.weight"));
        decoders = 0;
        config.sharedLanguage = false;
        config.sharedAdapters = false;
        const auto apart = makeModel(config, 1, &decoders);
        QCOMPARE(decoders, 2); // one a block
        QVERIFY(!hasWeight(*apart, "language.in.weight"));
        QVERIFY(hasWeight(*apart, "blocks.1.moe.experts.1.out.bias"));
    }

    void frozenPartsAreNotTrained()
    {
        ModelConfig config = smallConfig();
        const std::int64_t adapterIn = 16 * 32 + 32, adapterOut = 32 * 16 + 16;
        const auto model = makeModel(config);
        QCOMPARE(model->weights().elements() - model->weights().trainedElements(), adapterIn);
        config.trainAdapters = false;
        QCOMPARE(makeModel(config)->weights().elements() - makeModel(config)->weights().trainedElements(),
            adapterIn + adapterOut);
        config.trainAdapters = config.gradientThroughLanguage = true;
        QCOMPARE(makeModel(config)->weights().trainedElements(), makeModel(config)->weights().elements());
    }

    void unknownExpertIsRefused()
    {
        ModelConfig config = smallConfig();
        config.experts = { "prophet" };
        QVERIFY_EXCEPTION_THROWN(makeModel(config), TrainError);
    }

    void scheduleFollowsItsKind()
    {
        const Schedule constant(Schedule::Kind::Constant, 2, 4, 10);
        QCOMPARE(constant.rate(1), 0.5);
        QCOMPARE(constant.rate(4), 2.0);
        QCOMPARE(constant.rate(10), 2.0);
        const Schedule linear(Schedule::Kind::Linear, 2, 0, 9);
        QCOMPARE(linear.rate(5), 1.0);
        QVERIFY(linear.rate(9) > 0);
        const Schedule cosine(Schedule::Kind::Cosine, 2, 2, 11);
        QCOMPARE(cosine.rate(2), 2.0);
        QCOMPARE(cosine.rate(7), 1.0);
        QVERIFY(cosine.rate(11) > 0 && cosine.rate(11) < 0.05);
        const Schedule longWarmup(Schedule::Kind::Cosine, 1, 100, 10);
        QCOMPARE(longWarmup.rate(10), 0.1);
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "tst_model.moc"
