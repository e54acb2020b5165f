// SPDX-License-Identifier: GPL-3.0-or-later
// The chunked nets over pairs of positions against the plain ones, which form every pair: values and gradients.
#include "trainer/model/experts/distance.h"
#include "trainer/model/experts/relation.h"

#include <ATen/Parallel.h>
#include <QtTest>

using namespace nabiz::trainer;

namespace {

constexpr std::int64_t kSize = 24;

at::Tensor leaf(const at::Tensor& values)
{
    at::Tensor tensor = values.clone();
    tensor.set_requires_grad(true);
    return tensor;
}

// (T, T): what pair (i, j) counts.
at::Tensor shares(const PairPlan& plan, std::int64_t length)
{
    at::Tensor result = at::zeros({ length, length });
    for (std::int64_t i = 0; i < length; ++i) {
        const std::int64_t start = i / plan.group * plan.group;
        const std::int64_t stop = std::min(length, start + plan.group);
        const std::int64_t last = plan.triangle ? i + 1 : stop;
        result[i]
            .narrow(0, start, last - start)
            .fill_(1.0 / static_cast<double>(plan.byCount ? last - start : stop - start));
    }
    return result;
}

at::Tensor plainRelation(const Weights& weights, const at::Tensor& x, const PairPlan& plan)
{
    std::map<std::string, at::Tensor> named;
    for (const NamedTensor& entry : weights.all())
        named[entry.name] = entry.tensor;
    const std::int64_t batch = x.size(0), length = x.size(1);
    const std::vector<std::int64_t> shape { batch, length, length, kSize };
    const at::Tensor pairs = at::cat({ x.unsqueeze(2).expand(shape), x.unsqueeze(1).expand(shape) }, -1);
    const at::Tensor inner = at::gelu(at::linear(pairs, named["r.in.weight"], named["r.in.bias"]));
    const at::Tensor outer = at::linear(inner, named["r.out.weight"], named["r.out.bias"]);
    const at::Tensor normed = at::layer_norm(outer, { kSize }, named["r.norm.weight"], named["r.norm.bias"], 1e-5);
    return (normed * shares(plan, length).view({ 1, length, length, 1 })).sum(2);
}

bool isClose(const at::Tensor& value, const at::Tensor& reference)
{
    return (value - reference).norm().item<double>() <= 1e-4 * reference.norm().item<double>() + 1e-7;
}

} // namespace

class TestPairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { at::manual_seed(3); }

    void relationEqualsThePlainOne_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("triangle");
        QTest::addColumn<bool>("byCount");
        QTest::newRow("logic, as published") << 130 << 64 << false << true;
        QTest::newRow("logic, causal") << 130 << 64 << true << true;
        QTest::newRow("logic, shorter than a chunk") << 7 << 64 << true << true;
        QTest::newRow("causal, as published") << 97 << 97 << true << false;
        QTest::newRow("causal, causal") << 97 << 97 << true << true;
        QTest::newRow("one position") << 1 << 1 << true << true;
    }
    void relationEqualsThePlainOne()
    {
        QFETCH(int, length);
        QFETCH(int, group);
        QFETCH(bool, triangle);
        QFETCH(bool, byCount);
        const PairPlan plan { group, triangle, byCount };
        Weights weights(5, at::kCPU);
        const Relation relation(weights, "r", kSize);
        const at::Tensor start = at::randn({ 3, length, kSize }), pull = at::randn({ 3, length, kSize });
        std::vector<at::Tensor> results[2];
        for (const bool own : { false, true }) {
            const at::Tensor x = leaf(start);
            const at::Tensor y = own ? relation(x, plan) : plainRelation(weights, x, plan);
            (y * pull).sum().backward();
            results[own] = { y.detach(), x.grad() };
            for (const NamedTensor& entry : weights.all()) {
                results[own].push_back(entry.tensor.grad().clone());
                entry.tensor.mutable_grad().reset();
            }
        }
        for (std::size_t i = 0; i < results[0].size(); ++i)
            QVERIFY2(isClose(results[1][i], results[0][i]), std::to_string(i).c_str());
    }

    void meanDistanceEqualsThePlainOne()
    {
        for (const bool causal : { false, true }) {
            const at::Tensor start = at::randn({ 2, 100, kSize }), pull = at::randn({ 2, 100 });
            const PairPlan plan { 100, causal, true };
            const at::Tensor own = leaf(start), plain = leaf(start);
            const at::Tensor mean = meanDistance(own, causal);
            const at::Tensor difference = plain.unsqueeze(2) - plain.unsqueeze(1);
            // A square root of 0 has no gradient: the diagonal is left out, and is 0.
            const at::Tensor apart = at::eye(100).eq(0).unsqueeze(0);
            const at::Tensor squares = at::where(apart, difference.square().sum(-1), at::ones({}));
            const at::Tensor distances = at::where(apart, squares.sqrt(), at::zeros({}));
            const at::Tensor reference = (distances * shares(plan, 100)).sum(-1);
            (mean * pull).sum().backward();
            (reference * pull).sum().backward();
            QVERIFY(isClose(mean.detach(), reference.detach()));
            QVERIFY(isClose(own.grad(), plain.grad()));
        }
    }

    void equalStatesHaveNoDistanceAndNoGradient()
    {
        const at::Tensor x = leaf(at::randn({ 1, 1, kSize }).expand({ 2, 70, kSize }));
        const at::Tensor mean = meanDistance(x, false);
        QCOMPARE(mean.abs().max().item<float>(), 0.0f);
        mean.sum().backward();
        QCOMPARE(x.grad().abs().max().item<float>(), 0.0f);
    }

    void resultsDoNotDependOnTheThreads()
    {
        Weights weights(5, at::kCPU);
        const Relation relation(weights, "r", kSize);
        const at::Tensor x = at::randn({ 2, 200, kSize });
        at::set_num_threads(1);
        const at::Tensor one = relation(x, { .triangle = true }).detach(), oneDistance = meanDistance(x, true);
        at::set_num_threads(2);
        QVERIFY(at::equal(relation(x, { .triangle = true }).detach(), one));
        QVERIFY(at::equal(meanDistance(x, true), oneDistance));
    }
};

QTEST_GUILESS_MAIN(TestPairs)
#include "tst_pairs.moc"
