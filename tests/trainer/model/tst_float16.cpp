// SPDX-License-Identifier: GPL-3.0-or-later
// Mixed precision in float16 as a GPU has it, emulated on a CPU: at every operation that autocast casts on CUDA, inputs
// and outputs are rounded to float16, past 65504 to infinity, and sums are in float32. The model at the width and depth
// of `base`.
#include "tests/trainer/model/small_model.h"
#include "trainer/model/layers/autocast.h"

#include <ATen/CPUFunctions.h>
#include <QtTest>
#include <torch/library.h>

#include <cmath>

using namespace nabiz::test;

namespace {

using Bias = std::optional<at::Tensor>;

// In float16 and back: what is left of a number, and of its gradient.
at::Tensor rounded(const at::Tensor& x)
{
    return x.to(at::kHalf).to(at::kFloat);
}

// CUDA's lists of autocast, for what the model calls; the CPU's own differ in length and would compute in float16
// itself.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const Bias& bias)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::linear(rounded(x), rounded(weight), bias ? Bias(rounded(*bias)) : bias).to(at::kHalf);
}

at::Tensor matmul(const at::Tensor& a, const at::Tensor& b)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::matmul(rounded(a), rounded(b)).to(at::kHalf);
}

at::Tensor bmm(const at::Tensor& a, const at::Tensor& b)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::bmm(rounded(a), rounded(b)).to(at::kHalf);
}

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const Bias& mask, double dropout,
    bool causal, std::optional<double> scale, bool grouped)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::scaled_dot_product_attention(rounded(q), rounded(k), rounded(v), mask, dropout, causal, scale, grouped)
        .to(at::kHalf);
}

at::Tensor layerNorm(
    const at::Tensor& x, c10::SymIntArrayRef shape, const Bias& weight, const Bias& bias, double epsilon, bool fast)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::layer_norm_symint(x.to(at::kFloat), shape, weight, bias, epsilon, fast);
}

at::Tensor softmax(const at::Tensor& x, std::int64_t dimension, std::optional<at::ScalarType> type)
{
    const c10::impl::ExcludeDispatchKeyGuard below(c10::DispatchKey::AutocastCPU);
    return at::softmax(x.to(at::kFloat), dimension, type);
}

TORCH_LIBRARY_IMPL(aten, AutocastCPU, library)
{
    library.impl("linear", linear);
    library.impl("matmul", matmul);
    library.impl("bmm", bmm);
    library.impl("scaled_dot_product_attention", attention);
    library.impl("layer_norm", layerNorm);
    library.impl("softmax.int", softmax);
}

// Products in float16 that the program asks for itself: sums in float32, as a GPU's.
at::Tensor multiplied(const at::Tensor& a, const at::Tensor& b)
{
    if (a.scalar_type() != at::kHalf)
        return at::cpu::mm(a, b);
    return at::cpu::mm(a.to(at::kFloat), b.to(at::kFloat)).to(at::kHalf);
}

TORCH_LIBRARY_IMPL(aten, CPU, library)
{
    library.impl("mm", multiplied);
}

ModelConfig baseConfig(std::int64_t layers)
{
    ModelConfig config = smallConfig();
    config.size = 768;
    config.heads = 12;
    config.inner = 768;
    config.layers = layers;
    config.length = 33;
    config.memorySlots = 64;
    return config;
}

at::Tensor flat(const at::Tensor& x)
{
    return x.detach().reshape({ -1 }).to(at::kDouble);
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return ((flat(a) - flat(b)).norm() / flat(b).norm().clamp_min(1e-30)).item<double>();
}

struct Result {
    at::Tensor loss;
    std::vector<at::Tensor> gradients;
    std::string nonFinite; // the first part that is
};

// One batch, its loss times `scale` for the way back, as the gradient scaler does.
Result trainedBatch(const Agiformer& model, const at::Tensor& ids, std::optional<at::ScalarType> type, double scale)
{
    Pass pass = Pass::training(0.1, 3).setAutocast(type).setCheckpointing(true);
    for (const NamedTensor& entry : model.weights().all())
        at::Tensor(entry.tensor).mutable_grad() = at::Tensor();
    const std::int64_t length = ids.size(1) - 1;
    const ModelOutput output = model(ids.narrow(1, 0, length), pass);
    Result result { lossOf(output.logits, ids.narrow(1, 1, length)), {}, {} };
    for (const Trace& trace : pass.traces())
        if (result.nonFinite.empty() && !std::isfinite(trace.sum.item<double>()))
            result.nonFinite = trace.part;
    (result.loss * scale).backward();
    for (const NamedTensor& entry : model.weights().trained())
        result.gradients.push_back(entry.tensor.grad().defined() ? entry.tensor.grad() / scale : at::Tensor());
    return result;
}

} // namespace

class TestFloat16 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emulationOverflows()
    {
        const Autocast half(at::kCPU, at::kHalf);
        const at::Tensor y = at::linear(at::full({ 2, 3 }, 1e5), at::ones({ 4, 3 }));
        QVERIFY(y.scalar_type() == at::kHalf);
        QVERIFY(!std::isfinite(y.sum().item<double>()));
        QCOMPARE(at::linear(at::full({ 2, 3 }, 1 + 1e-4), at::ones({ 4, 3 }))[0][0].item<double>(), 3.0);
    }

    // Experts and the last block's introspection, alone, on a stream as small as at the first block, as large as behind
    // the twelfth, and far beyond.
    void parts_data()
    {
        QTest::addColumn<QString>("expert");
        QTest::addColumn<double>("size");
        for (const QString expert : { "standard", "language", "logic", "spatial", "causal", "introspection", "router" })
            for (const double size : { 1.0, 2e4, 1e6 })
                QTest::addRow("%s, stream of %g", qPrintable(expert), size) << expert << size;
    }

    void parts()
    {
        QFETCH(QString, expert);
        QFETCH(double, size);
        ModelConfig config = baseConfig(1);
        config.introspection = expert == "introspection";
        config.gradientThroughLanguage = true;
        const bool own = expert != "introspection" && expert != "router";
        config.experts = { own ? expert.toStdString() : "standard", "standard" };
        const auto model = makeModel(config);
        const std::string name = expert == "introspection" ? "blocks.0.introspection"
            : expert == "router"                           ? "blocks.0.moe.router"
                                                           : "blocks.0.moe.experts.0";
        const auto parts = model->parts();
        const auto part
            = std::find_if(parts.begin(), parts.end(), [&](const ModelPart& one) { return one.name == name; });
        QVERIFY(part != parts.end());

        at::manual_seed(2);
        const at::Tensor x = at::randn({ 1, 40, config.size }) * size;
        const at::Tensor pull
            = at::randn({ 1, 40, expert == "router" ? 2 : config.size }) / size; // far up, slopes are small
        const auto computed = [&](std::optional<at::ScalarType> type) {
            at::Tensor input = x.clone().set_requires_grad(true);
            at::Tensor y;
            {
                const Autocast autocast(at::kCPU, type); // the way back is outside of it, as in training
                Pass pass = Pass::evaluation();
                y = part->run(input, pass).to(at::kFloat);
            }
            (y * pull).sum().backward();
            return std::pair(y.detach(), input.grad());
        };
        const auto [exact, exactSlope] = computed({});
        const auto [half, halfSlope] = computed(at::kHalf);
        QVERIFY(at::isfinite(half).all().item<bool>());
        QVERIFY(at::isfinite(halfSlope).all().item<bool>());
        QVERIFY2(difference(half, exact) < 2e-2, std::to_string(difference(half, exact)).c_str());
        QVERIFY2(difference(halfSlope, exactSlope) < 8e-2, std::to_string(difference(halfSlope, exactSlope)).c_str());
    }

    // `base` but for its decoder, its feed-forward width and its text's length: two batches with a step between them.
    void base()
    {
        ModelConfig config = baseConfig(12);
        config.experts = { "language", "logic", "spatial", "causal" };
        config.memory = config.introspection = true;
        config.sharedAdapters = false;
        const auto model = makeModel(config);
        at::manual_seed(6);
        for (int batch = 0; batch < 2; ++batch) {
            const at::Tensor ids = at::randint(1, config.vocabulary, { 1, 17 });
            const Result half = trainedBatch(*model, ids, at::kHalf, 256);
            QCOMPARE(half.nonFinite, std::string());
            QVERIFY(std::isfinite(half.loss.item<double>()));
            const auto trained = model->weights().trained();
            for (std::size_t i = 0; i < half.gradients.size(); ++i) {
                if (half.gradients[i].defined())
                    QVERIFY2(at::isfinite(half.gradients[i]).all().item<bool>(), trained[i].name.c_str());
            }
            const at::NoGradGuard guard;
            for (std::size_t i = 0; i < half.gradients.size(); ++i) {
                if (half.gradients[i].defined())
                    at::Tensor(trained[i].tensor).sub_(half.gradients[i].sign() * 3e-4);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFloat16)
#include "tst_float16.moc"
