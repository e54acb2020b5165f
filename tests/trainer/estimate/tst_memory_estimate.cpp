// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/estimate/counting_allocator.h"
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/config/parameters/stand_in.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/estimate/memory_place.h"
#include "trainer/loop/control.h"
#include "trainer/loop/train_loop.h"

#include <ATen/Parallel.h>

#include <QElapsedTimer>
#include <QtTest>

#include <set>

using namespace nabiz::test;

class TestMemoryEstimate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void asMeasured_data();
    void asMeasured();
    void isQuick();
    void whatStaysIsExact();
    void withoutLanguage();
    void capacityAndVerdict();
    void suggestionsHelp();
    void sharingIsAlwaysSaid();
    void mixedPrecisionOnAGpu();
};

namespace {

constexpr std::int64_t kGigabyte = 1000000000;

Config with(Config config, const std::vector<std::string>& overrides)
{
    for (const std::string& text : overrides) {
        const Override given = parseOverride(text);
        if (given.problem)
            throw std::invalid_argument(text + ": " + given.problem->message.english());
        config.set(given.key, given.value);
    }
    return config;
}

Config shipped(const char* name, const std::vector<std::string>& overrides = {})
{
    Config config = with(PresetStore({}).load(name).config, overrides);
    const auto names = [&](const std::string& key) {
        return std::any_of(
            overrides.begin(), overrides.end(), [&](const std::string& one) { return one.starts_with(key + "="); });
    };
    standInReplacesWeights(config, names("language.stand_in"), names("language.path"));
    return config;
}

// Small, but no longer so small that the odds and ends outweigh the model.
const std::vector<std::string> kMedium { "model.d_model=96", "model.n_layers=3", "model.n_heads=4", "model.d_ff=256",
    "model.max_seq_len=128", "language.stand_in=hidden=128,layers=2", "data.train_path=generated:turkish",
    "hardware.device=cpu", "hardware.threads=2", "training.sample_interval=0", "training.eval_interval=0",
    "training.save_interval=0", "training.use_amp=false", "hardware.max_memory_mb=0" };

Machine machineOf(std::int64_t gpuBytes)
{
    Machine machine { .cores = 2 };
    machine.memoryBytes = 32 * kGigabyte;
    if (gpuBytes > 0) {
        machine.cudaDevices = 1;
        machine.computeCapability = 75;
        machine.gpuBytes = { gpuBytes };
    }
    return machine;
}

// The most bytes that the tensors of a run held at once while it trained.
std::int64_t measured(const Config& config, std::int64_t batches)
{
    CountingAllocator& allocator = CountingAllocator::instance();
    const std::int64_t before = allocator.current();
    Config settings = config;
    settings.set("training.max_steps",
        std::max<std::int64_t>(1, batches / config.integer("training.gradient_accumulation_steps")));
    settings.set("training.warmup_steps", std::int64_t { 0 });
    const TrainRequest request { applySettings(settings, at::kCPU), {} };
    PreparedRun run(request.config, at::kCPU, {});
    FakeSink sink;
    Control control;
    LoneComm comm;
    TrainLoop loop(run, request, comm, sink, control, {}, TrainLoop::Clock::now());
    allocator.reset();
    loop.run();
    return allocator.peak() - before;
}

double megabytes(std::int64_t bytes)
{
    return static_cast<double>(bytes) / 1e6;
}

} // namespace

void TestMemoryEstimate::initTestCase()
{
    CountingAllocator::instance();
    at::set_num_threads(1); // threads that wait for one another on a busy machine take minutes
}

void TestMemoryEstimate::asMeasured_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<std::vector<std::string>>("overrides");
    QTest::addColumn<int>("batches");
    const auto row = [](const char* name, const char* preset, std::vector<std::string> overrides, int batches = 2) {
        QTest::newRow(name) << QString(preset) << std::move(overrides) << batches;
    };
    const auto medium = [&](const char* name, std::vector<std::string> overrides, int batches = 2) {
        std::vector<std::string> all = kMedium;
        all.insert(all.end(), overrides.begin(), overrides.end());
        row(name, "quick", std::move(all), batches);
    };
    const std::string language = "model.expert_types=[language]", standard = "model.expert_types=[standard]";
    row("quick", "quick",
        { "hardware.device=cpu", "training.sample_interval=0", "training.eval_interval=0",
            "training.save_interval=0" });
    std::vector<std::string> small(kMedium.begin() + 5, kMedium.end());
    small.emplace_back("training.gradient_accumulation_steps=2");
    row("t4, small stand-in", "t4", small);
    small.back() = "training.gradient_accumulation_steps=1";
    row("t4 as run, small stand-in", "t4-as-run", small, 1);
    medium("standard and language", {});
    medium("standard", { standard });
    medium("standard, not causal", { standard, "model.causal=false" });
    medium("standard, no dropout", { standard, "model.dropout=0" });
    medium("standard, one sample", { standard, "training.batch_size=1" });
    medium("standard, 16 samples", { standard, "training.batch_size=16" });
    medium("standard, long", { standard, "model.max_seq_len=512" });
    medium("standard, checkpoints", { standard, "training.use_gradient_checkpointing=true", "model.n_layers=6" });
    medium("standard, large weights", { standard, "model.d_model=256", "model.d_ff=1024", "training.batch_size=1" });
    medium("accumulation", { standard, "training.gradient_accumulation_steps=3" });
    medium("language", { language });
    medium("language, checkpoints", { language, "training.use_gradient_checkpointing=true" });
    medium("gradient through it", { language, "language.gradient_through_llm=true" });
    medium("gradient through it, checkpoints",
        { language, "language.gradient_through_llm=true", "training.use_gradient_checkpointing=true" });
    medium("gradient through float16", { language, "language.gradient_through_llm=true", "language.dtype=float16" });
    medium("own adapters", { language, "language.adapters=per_expert" });
    medium("own decoders", { language, "language.sharing=per_expert" });
    medium("frozen adapters", { language, "language.train_adapters=false" });
    medium("float16", { language, "language.dtype=float16", "language.stand_in=hidden=512,layers=4" });
    medium("int8", { language, "language.dtype=int8", "language.stand_in=hidden=512,layers=4" });
    medium("linear attention", { standard, "model.use_linear_attention=true" });
    medium("linear attention, not causal", { standard, "model.use_linear_attention=true", "model.causal=false" });
    medium("logic", { "model.expert_types=[logic]" });
    medium("spatial", { "model.expert_types=[spatial]" });
    medium("causal", { "model.expert_types=[causal]" });
    medium("pairs, not causal", { "model.expert_types=[logic, spatial, causal]", "model.causal=false" });
    medium("pairs, checkpoints",
        { "model.expert_types=[logic, spatial, causal]", "training.use_gradient_checkpointing=true" });
    medium("memory", { standard, "model.use_memory=true", "model.memory_size=2000" }, 11);
    medium("introspection", { standard, "model.use_introspection=true" });
    medium("introspection, not causal", { standard, "model.use_introspection=true", "model.causal=false" });
    medium("introspection of one block", { standard, "model.use_introspection=true", "model.n_layers=1" });
    medium("more slots than states",
        { standard, "model.use_memory=true", "model.memory_size=20000", "model.n_layers=1" }, 11);
    medium("gradient through int8",
        { language, "language.dtype=int8", "language.gradient_through_llm=true",
            "language.stand_in=hidden=512,layers=2,kv_heads=8" });
    medium("two decoders a block",
        { "model.expert_types=[language, language]", "language.sharing=per_expert", "language.dtype=bfloat16" });
    medium("little but logits",
        { standard, "model.d_model=32", "model.d_ff=32", "model.n_layers=1", "training.batch_size=32" });
    medium("little but distances",
        { "model.expert_types=[spatial]", "model.d_model=16", "model.max_seq_len=1000", "training.batch_size=2",
            "model.n_layers=1" });
    medium("all",
        { "model.expert_types=[language, logic, spatial, causal]", "model.use_memory=true",
            "model.use_introspection=true", "training.use_gradient_checkpointing=true" });
}

void TestMemoryEstimate::asMeasured()
{
    QFETCH(const QString, preset);
    QFETCH(const std::vector<std::string>, overrides);
    QFETCH(const int, batches);
    const Config config = shipped(preset.toUtf8().constData(), overrides);
    const MemoryEstimate estimate = estimateMemory(config, machineOf(0));
    const std::int64_t peak = measured(config, batches);
    const double ratio = static_cast<double>(estimate.totalBytes()) / static_cast<double>(peak);
    std::printf("%-34s estimate %7.2f MB, measured %7.2f MB, ratio %.3f\n", QTest::currentDataTag(),
        megabytes(estimate.totalBytes()), megabytes(peak), ratio);
    QVERIFY2(ratio >= 0.75 && ratio <= 1.25, qPrintable(QString::number(ratio)));
}

// Two thousand operations of sizes: the form asks for it at every key.
void TestMemoryEstimate::isQuick()
{
    for (const char* name : { "quick", "t4", "base" }) {
        const Config config = shipped(name, { "language.stand_in=qwen3-0.6b" });
        QElapsedTimer timer;
        timer.start();
        const MemoryEstimate estimate = estimateMemory(config, machineOf(0));
        QVERIFY2(timer.elapsed() < 50, qPrintable(QString("%1: %2 ms").arg(name).arg(timer.elapsed())));
        QVERIFY(estimate.totalBytes() > 0);
    }
}

void TestMemoryEstimate::whatStaysIsExact()
{
    for (const char* name : { "quick", "base" }) {
        std::vector<std::string> overrides(kMedium.begin(), kMedium.end());
        overrides.emplace_back("language.sharing=per_expert");
        const Config config = shipped(name, overrides);
        const MemoryEstimate estimate = estimateMemory(config, machineOf(0));
        const PreparedRun run(applySettings(config, at::kCPU), at::kCPU, {});
        QCOMPARE(estimate.parts.modelWeights, run.model.weights().elements() * 4);
        // Two moments a weight, and a counter a tensor; q, k and v count as one tensor here.
        const std::int64_t moments = run.model.weights().trainedElements() * 8;
        QVERIFY(estimate.parts.optimizer >= moments && estimate.parts.optimizer < moments + 4096);
        QVERIFY(estimate.parts.gradients > 0 && estimate.parts.gradients <= moments / 2);
    }
    const Config t4 = shipped("t4-per-expert", { "language.stand_in=qwen3-0.6b" });
    const std::int64_t each = 440467456 * std::int64_t { 2 }; // Qwen3-0.6B without embedding, in float16
    const MemoryEstimate onGpu = estimateMemory(t4, machineOf(16 * kGigabyte));
    QCOMPARE(onGpu.parts.languageWeights, 6 * each);
    QCOMPARE(estimateMemory(shipped("t4", { "language.stand_in=qwen3-0.6b" }), machineOf(16 * kGigabyte))
                 .parts.languageWeights,
        each);
}

void TestMemoryEstimate::withoutLanguage()
{
    // Its weights need not be there for that.
    QCOMPARE(estimateMemory(shipped("t4"), machineOf(16 * kGigabyte)).parts.languageWeights,
        estimateMemory(shipped("t4", { "language.stand_in=qwen3-0.6b" }), machineOf(16 * kGigabyte))
            .parts.languageWeights);
    const MemoryEstimate estimate = estimateMemory(shipped("t4", { "language.path=" }), machineOf(16 * kGigabyte));
    QCOMPARE(estimate.parts.languageWeights, 0);
    QVERIFY(estimate.parts.modelWeights > 0);
    QCOMPARE(estimate.notes.size(), std::size_t { 1 });
    QVERIFY(estimate.notes[0].english().find("language.stand_in") != std::string::npos);
    const MemoryEstimate missing
        = estimateMemory(shipped("t4", { "language.path=/nowhere" }), machineOf(16 * kGigabyte));
    QVERIFY(missing.notes.at(1).english().find("/nowhere") != std::string::npos);
    // What validation refuses is not counted, and does not end in a division by zero.
    Config refused = shipped("quick");
    refused.set("model.n_heads", std::int64_t { 0 });
    const MemoryEstimate wrong = estimateMemory(refused, machineOf(0));
    QCOMPARE(wrong.totalBytes(), 0);
    QVERIFY(!wrong.verdict && !wrong.notes.empty());
}

void TestMemoryEstimate::capacityAndVerdict()
{
    const Config config = shipped("quick");
    const MemoryEstimate onCpu = estimateMemory(config, machineOf(0));
    QCOMPARE(onCpu.device, std::string("cpu"));
    QCOMPARE(onCpu.capacityBytes, 32 * kGigabyte);
    QVERIFY(onCpu.verdict == MemoryVerdict::Fits);
    QVERIFY(onCpu.suggestions.empty());
    const std::int64_t total = onCpu.totalBytes();
    Machine machine = machineOf(0);
    machine.memoryBytes = total * 11 / 10 + kProcessBytes;
    QVERIFY(estimateMemory(config, machine).verdict == MemoryVerdict::Tight);
    machine.memoryBytes = total + kProcessBytes - 1000000;
    QVERIFY(estimateMemory(config, machine).verdict == MemoryVerdict::TooLarge);
    const Config capped = with(config, { "hardware.max_memory_mb=1000" });
    QCOMPARE(estimateMemory(capped, machineOf(0)).capacityBytes, kGigabyte);
    const MemoryEstimate onGpu = estimateMemory(config, machineOf(16 * kGigabyte));
    QCOMPARE(onGpu.device, std::string("cuda:0"));
    QCOMPARE(onGpu.capacityBytes, 16 * kGigabyte);
    const MemoryEstimate absent = estimateMemory(with(config, { "hardware.device=cuda" }), machineOf(0));
    QCOMPARE(absent.capacityBytes, 0);
    QVERIFY(!absent.verdict && absent.totalBytes() > 0);
}

void TestMemoryEstimate::suggestionsHelp()
{
    const Config config = shipped("t4",
        { "language.stand_in=qwen3-0.6b", "training.batch_size=256", "training.use_gradient_checkpointing=false",
            "hardware.max_memory_mb=0" });
    const MemoryEstimate estimate = estimateMemory(config, machineOf(4 * kGigabyte));
    QVERIFY(estimate.verdict == MemoryVerdict::TooLarge);
    QVERIFY(estimate.suggestions.size() >= 3);
    std::set<std::string> keys;
    for (const MemorySuggestion& suggestion : estimate.suggestions) {
        QVERIFY(suggestion.totalBytes < estimate.totalBytes() * 9 / 10);
        Config changed = config;
        for (const auto& [key, value] : suggestion.set)
            changed.set(key, value);
        QCOMPARE(estimateMemory(changed, machineOf(4 * kGigabyte)).totalBytes(), suggestion.totalBytes);
        keys.insert(suggestion.set.front().first);
        if (suggestion.set.front().first == "training.batch_size")
            QCOMPARE(changed.integer("training.batch_size") * changed.integer("training.gradient_accumulation_steps"),
                std::int64_t { 256 * 16 });
    }
    QVERIFY(keys.contains("training.use_gradient_checkpointing") && keys.contains("training.batch_size"));
}

void TestMemoryEstimate::sharingIsAlwaysSaid()
{
    const MemoryEstimate estimate
        = estimateMemory(shipped("t4-per-expert", { "language.stand_in=qwen3-0.6b" }), machineOf(80 * kGigabyte));
    QCOMPARE(estimate.suggestions.size(), std::size_t { 1 });
    QCOMPARE(estimate.suggestions[0].set[0].first, std::string("language.sharing"));
}

void TestMemoryEstimate::mixedPrecisionOnAGpu()
{
    const Config on = shipped("t4", { "language.stand_in=qwen3-0.6b", "training.use_gradient_checkpointing=false" });
    const Config off = with(on, { "training.use_amp=false" });
    const MemoryEstimate low = estimateMemory(on, machineOf(16 * kGigabyte));
    const MemoryEstimate full = estimateMemory(off, machineOf(16 * kGigabyte));
    QVERIFY(low.parts.autocast > 0);
    QCOMPARE(full.parts.autocast, 0);
    QVERIFY(low.parts.activations < full.parts.activations);
    QVERIFY(low.verdict == MemoryVerdict::Fits);
}

QTEST_GUILESS_MAIN(TestMemoryEstimate)
#include "tst_memory_estimate.moc"
