// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison with which a device is checked sees what it should: other numbers, missing tensors, NaN, a part that
// computes something else. That a CPU agrees with itself is tested on the command line.
#include "trainer/check/check_device.h"
#include "trainer/check/checked_parts.h"
#include "trainer/check/small_models.h"
#include "trainer/data/cancelled.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nabiz::trainer;

namespace {

Computed computed(std::vector<double> output, std::vector<double> gradient)
{
    return { { { "output", at::tensor(output, at::kDouble) } }, { { "weight", at::tensor(gradient, at::kDouble) } } };
}

// With an encoder whose weights are off by so much of themselves.
at::Tensor slotsAfterWriting(const ModelConfig& config, double rounding)
{
    const at::NoGradGuard guard;
    const auto model = makeSmallModel(config, true, at::kFloat, at::kCPU);
    Draws noise(kCheckSeed + 2, at::kCPU);
    for (const NamedTensor& entry : model->weights().all()) {
        if (entry.name.starts_with("encoder."))
            at::Tensor(entry.tensor).mul_(1 + noise.normal(entry.tensor.sizes()) * rounding);
    }
    Pass pass = Pass::training(0, kCheckSeed);
    pass.memory().passes = 9;
    Draws draws(kCheckSeed + 1, at::kCPU);
    (*model)(draws.ids(config.vocabulary), pass);
    for (const NamedTensor& entry : model->weights().all()) {
        if (entry.name == "memory.slots")
            return entry.tensor.detach().to(at::kDouble);
    }
    return {};
}

bool agrees(const Deviation& deviation, double tolerance)
{
    return deviation.output <= tolerance && deviation.gradient <= tolerance;
}

} // namespace

class TestDeviceCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void differencesAreThoseOfNorms()
    {
        const Deviation deviation = deviationOf(computed({ 3, 4.5 }, { 1, 0 }), computed({ 3, 4 }, { 1, 0 }));
        QCOMPARE(deviation.output, 0.1);
        QCOMPARE(deviation.gradient, 0.0);
        QCOMPARE(deviation.worst, std::string("output"));
    }

    void whatIsNotThereDoesNotAgree()
    {
        const Computed whole = computed({ 1 }, { 1 });
        Computed without = whole;
        without.gradients.clear();
        QVERIFY(std::isinf(deviationOf(without, whole).gradient));
        QVERIFY(std::isinf(deviationOf(whole, without).gradient));
        QVERIFY(std::isinf(deviationOf(computed({ 1, 1 }, { 1 }), whole).output));
        QVERIFY(!agrees(deviationOf(computed({ std::numeric_limits<double>::quiet_NaN() }, { 1 }), whole), 1));
        QVERIFY(!agrees(deviationOf(whole, computed({ 1 }, { std::numeric_limits<double>::quiet_NaN() })), 1));
        QVERIFY(!agrees(deviationOf(computed({ 0 }, { 0 }), computed({ 0 }, { 0 })), 1));
    }

    // The memory is written by the states of the largest norms. Behind the encoder's norm all were nearly the same, and
    // rounding chose: on one H200 memory.slots were 7.9e-4 off.
    void writersOfMemoryHangByNoHair()
    {
        for (const bool causal : { true, false }) {
            for (const std::vector<std::string>& experts : { std::vector<std::string> { "logic", "causal" },
                     { "standard", "language", "logic", "spatial", "causal" } }) {
                ModelConfig config = smallModel(causal, experts, 2);
                config.memory = true;
                const at::Tensor plain = slotsAfterWriting(config, 0);
                for (const double rounding : { 1e-7, -1e-7, 3e-7 }) {
                    const at::Tensor other = slotsAfterWriting(config, rounding);
                    const double off = ((other - plain).norm() / plain.norm()).item<double>();
                    QVERIFY2(off < 1e-5, qPrintable(QString::number(off)));
                }
            }
        }
    }

    // What knows an order computes something else when it is another: far more than any tolerance.
    void anotherOrderDoesNotAgree()
    {
        const auto causal = checkedParts(true), published = checkedParts(false);
        QCOMPARE(causal.size(), published.size());
        for (std::size_t i = 0; i < causal.size(); ++i) {
            if (causal[i].kind != CheckedPart::Kind::Part)
                continue;
            const Deviation deviation
                = deviationOf(causal[i].compute(at::kCPU, {}), published[i].compute(at::kCPU, {}));
            QVERIFY2(!agrees(deviation, 1e-2), causal[i].name.c_str());
        }
    }

    // Were the masks of a recomputation others, the rows of checkpointing would say so.
    void droppedElementsDoNotAgree()
    {
        const auto parts = checkedParts(true);
        const auto whole = std::find_if(
            parts.begin(), parts.end(), [](const auto& part) { return part.kind == CheckedPart::Kind::Whole; });
        QVERIFY(whole != parts.end());
        const Computed plain = whole->compute(at::kCPU, { .dropout = 0.1 });
        QVERIFY(agrees(deviationOf(whole->compute(at::kCPU, { .dropout = 0.1, .checkpointing = true }), plain), 1e-5));
        QVERIFY(
            !agrees(deviationOf(whole->compute(at::kCPU, { .dropout = 0.11, .checkpointing = true }), plain), 2e-2));
    }

    void endsWhenAskedTo()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, checkDevice(at::kCPU, true, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestDeviceCheck)
#include "tst_device_check.moc"
