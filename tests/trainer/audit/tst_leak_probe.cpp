// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/model/small_model.h"
#include "trainer/audit/leak_probe.h"
#include "trainer/data/cancelled.h"

#include <ATen/Parallel.h>

#include <QtTest>

using namespace nabiz::test;

class TestLeakProbe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); } // the models are too small for more
    void causalModelsDoNotLeak_data();
    void causalModelsDoNotLeak();
    void modelsThatAreNotCausal_data();
    void modelsThatAreNotCausal();
    void theOnePartThatLeaksIsNamed_data();
    void theOnePartThatLeaksIsNamed();
    void aMemoryIsProbedWithSomethingToRemember();
    void aSmallLeakIsFoundAndNoiseIsNone();
    void theShortestSequence();
    void theModelIsLeftAsItWas();
    void stops();
};

namespace {

constexpr std::uint64_t kSeed = 4;

ModelConfig probedConfig(const char* variant, bool causal)
{
    ModelConfig config = variantConfig(variant);
    config.length = 129; // more than one chunk of the pairwise nets
    config.causal = causal;
    return config;
}

// All of the model's kinds of parts.
ModelConfig everyPart()
{
    ModelConfig config = probedConfig("pairs", true);
    config.experts = { "language", "logic", "spatial", "causal" };
    config.memory = true;
    config.introspection = true;
    return config;
}

LeakResult probe(const Agiformer& model)
{
    const auto logits = [&model](const at::Tensor& ids) {
        Pass pass = Pass::evaluation();
        return model(ids, pass).logits;
    };
    return probeLeaks(logits, model.parts(), model.config(), at::kCPU, kSeed, {});
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

// A stack of the given parts, so that one of them can be exchanged.
at::Tensor throughParts(const std::vector<ModelPart>& parts, at::Tensor x)
{
    for (const ModelPart& part : parts) {
        Pass pass = Pass::evaluation();
        if (part.name.ends_with(".router"))
            continue;
        const at::Tensor y = part.run(x, pass);
        x = part.name.find(".attn") != std::string::npos || part.name.find(".experts.") != std::string::npos ? x + y
                                                                                                             : y;
    }
    return x;
}

} // namespace

void TestLeakProbe::causalModelsDoNotLeak_data()
{
    QTest::addColumn<QString>("variant");
    for (const char* const variant : kVariants)
        QTest::newRow(variant) << variant;
}

void TestLeakProbe::causalModelsDoNotLeak()
{
    QFETCH(QString, variant);
    const auto model = makeModel(probedConfig(qPrintable(variant), true));
    const LeakResult result = probe(*model);
    QCOMPARE(result.moved, 0.0);
    QCOMPARE(joined(result.parts), std::string());
    QCOMPARE(auditLeak(*model, kSeed, {}).severity, FindingSeverity::Fine);
}

void TestLeakProbe::modelsThatAreNotCausal_data()
{
    QTest::addColumn<QString>("variant");
    QTest::addColumn<QString>("expected"); // beside encoder and attention
    QTest::newRow("plain") << "plain" << ""; // the language model is causal by itself
    QTest::newRow("linear attention") << "linear attention" << "";
    QTest::newRow("logic") << "logic" << "blocks.N.moe.experts.0";
    QTest::newRow("spatial") << "spatial" << "blocks.N.moe.experts.0";
    QTest::newRow("causal") << "causal" << ""; // what is not causal about it is the divisor T alone
    QTest::newRow("memory") << "memory" << ""; // it goes from one batch to the next
    QTest::newRow("introspection") << "introspection" << "blocks.1.introspection";
}

void TestLeakProbe::modelsThatAreNotCausal()
{
    QFETCH(QString, variant);
    QFETCH(QString, expected);
    const auto model = makeModel(probedConfig(qPrintable(variant), false));
    const LeakResult result = probe(*model);
    QVERIFY(result.moved > 0.01);
    QStringList names { "encoder" };
    for (const char block : { '0', '1' }) {
        names << QString("blocks.N.attn").replace('N', QChar(block));
        if (expected.contains(block) || expected.contains('N'))
            names << QString(expected).replace('N', QChar(block));
    }
    QCOMPARE(QString::fromStdString(joined(result.parts)), names.join(' '));
    const Finding finding = auditLeak(*model, kSeed, {});
    QCOMPARE(finding.severity, FindingSeverity::Warning);
    QVERIFY(finding.measured.english().find("encoder, blocks.0–1.attn") != std::string::npos);
    QVERIFY(finding.message.english().find("model.causal=true") != std::string::npos);
    if (variant == "logic")
        QVERIFY(finding.measured.english().find("blocks.0–1.moe.experts.0 (logic)") != std::string::npos);
}

void TestLeakProbe::theOnePartThatLeaksIsNamed_data()
{
    QTest::addColumn<int>("part");
    const auto parts = makeModel(everyPart())->parts();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].name.ends_with(".router"))
            QTest::newRow(parts[i].name.c_str()) << static_cast<int>(i);
    }
}

// Every part in turn is made to see one position too far.
void TestLeakProbe::theOnePartThatLeaksIsNamed()
{
    QFETCH(int, part);
    const auto model = makeModel(everyPart());
    std::vector<ModelPart> parts = model->parts();
    const auto logits = [&parts](const at::Tensor& ids) { return throughParts(parts, ids); };
    LeakResult result = probeLeaks(logits, parts, model->config(), at::kCPU, kSeed, {});
    QCOMPARE(result.moved, 0.0);
    QVERIFY(result.parts.empty());

    ModelPart& leaking = parts[static_cast<std::size_t>(part)];
    leaking.run = [run = leaking.run](const at::Tensor& input, Pass& pass) {
        return run(at::cat({ input.narrow(1, 1, input.size(1) - 1), input.narrow(1, input.size(1) - 1, 1) }, 1), pass);
    };
    result = probeLeaks(logits, parts, model->config(), at::kCPU, kSeed, {});
    QVERIFY(result.moved > 0.001);
    QCOMPARE(joined(result.parts), leaking.name);
}

void TestLeakProbe::aMemoryIsProbedWithSomethingToRemember()
{
    // Like one that reads the newest state of this batch in place of the one before, once there is one.
    const ModelPart memory { "memory", [](const at::Tensor& x, Pass& pass) {
                                return pass.memory().passes++ == 0 ? x : x + x.narrow(1, x.size(1) - 1, 1);
                            } };
    const auto still = [](const at::Tensor& ids) { return at::zeros({ 1, ids.size(1), 4 }); };
    QCOMPARE(joined(probeLeaks(still, { memory }, smallConfig(), at::kCPU, kSeed, {}).parts), std::string("memory"));
}

void TestLeakProbe::aSmallLeakIsFoundAndNoiseIsNone()
{
    const at::Tensor states = at::randn({ 1, 96, 8 });
    const auto next
        = [](const at::Tensor& x) { return at::cat({ x.narrow(1, 1, x.size(1) - 1), x.narrow(1, 0, 1) }, 1); };
    const auto leakOf = [&](double strength) {
        return movedByWhatFollows([&](const at::Tensor& x) { return x + strength * next(x); }, states, kSeed, 2);
    };
    QVERIFY(leakOf(0.01) > 0);
    QCOMPARE(leakOf(0.0), 0.0);
    for (const double noise : { 1e-6, 1e-4, 1e-2, 0.3 }) {
        const auto noisy = [&](const at::Tensor& x) { return x + noise * at::randn_like(x); };
        QCOMPARE(movedByWhatFollows(noisy, states, kSeed, 2), 0.0);
    }
    // What comes before may be seen.
    const auto sums = [](const at::Tensor& x) { return at::cumsum(x, 1); };
    QCOMPARE(movedByWhatFollows(sums, states, kSeed, 2), 0.0);
    const auto means = [](const at::Tensor& x) { return x + 0.05 * x.mean(1, true); };
    QVERIFY(movedByWhatFollows(means, states, kSeed, 2) > 0);
    const auto constant = [](const at::Tensor& x) { return at::ones_like(x); };
    QCOMPARE(movedByWhatFollows(constant, states, kSeed, 2), 0.0);
}

void TestLeakProbe::theShortestSequence()
{
    for (const std::int64_t length : { 3, 8 }) {
        ModelConfig config = probedConfig("plain", true);
        config.vocabulary = 2;
        config.length = length;
        QCOMPARE(probe(*makeModel(config)).moved, 0.0);
        config.causal = false;
        QVERIFY(probe(*makeModel(config)).moved > 0);
    }
}

void TestLeakProbe::theModelIsLeftAsItWas()
{
    const auto model = makeModel(everyPart());
    std::vector<at::Tensor> before;
    for (const NamedTensor& each : model->weights().all())
        before.push_back(each.tensor.clone());
    for (int i = 0; i < 12; ++i) // the memory is written to at every tenth pass
        probe(*model);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const NamedTensor& each = model->weights().all()[i];
        QVERIFY2(at::equal(each.tensor, before[i]), each.name.c_str());
        QVERIFY(!each.tensor.grad().defined());
    }
}

void TestLeakProbe::stops()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(auditLeak(*makeModel(smallConfig()), kSeed, stop.get_token()), Cancelled);
}

QTEST_GUILESS_MAIN(TestLeakProbe)
#include "tst_leak_probe.moc"
