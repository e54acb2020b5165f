// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/audit/gradient_audit.h"
#include "trainer/base/train_error.h"
#include "trainer/loop/torch_trainer.h"

#include <QtTest>

#include <set>

using namespace nabiz::test;

class TestRunAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anHonestRun();
    void theRunAsReported();
    void auditBeforeTraining();
    void partsThatNeverLearn();
    void gradientsThatNeverCame();
    void aStopDuringThePreparation();
    void theRunIsTheSameWithIt();

private:
    static std::map<std::string, Finding> audited(
        const FakeSink& sink, FindingSeverity atLeast = FindingSeverity::Note);
    std::unique_ptr<Trainer> m_trainer = makeTorchTrainer();
};

namespace {

using enum FindingSeverity;

Config asReported(std::int64_t steps)
{
    Config config = smallRun(steps);
    config.set("model.causal", false);
    config.set("model.max_seq_len", std::int64_t { 64 });
    config.set("training.learning_rate", 3e-3);
    for (const auto& [key, value] : { std::pair { "data.train_path", "generated:eight-sentences" },
             { "data.split", "sample" }, { "data.sampling", "line" }, { "data.encoding", "ord_mod_256" } })
        config.set(key, std::string(value));
    return config;
}

} // namespace

// By id, the last of each; none may come twice with the same severity.
std::map<std::string, Finding> TestRunAudit::audited(const FakeSink& sink, FindingSeverity atLeast)
{
    std::map<std::string, Finding> result;
    for (const Event& event : sink.events) {
        if (event.kind != EventKind::Audit)
            continue;
        const auto finding = findingFrom(event.message.text, event.message.arguments);
        if (!finding)
            throw std::logic_error("an audit event without a finding");
        if (finding->severity >= atLeast)
            result[finding->id] = *finding;
    }
    return result;
}

void TestRunAudit::anHonestRun()
{
    FakeSink sink;
    Control control;
    Config config = smallRun(30);
    config.set("training.eval_interval", std::int64_t { 10 });
    QCOMPARE(m_trainer->train({ config, {} }, sink, control, {}).outcome, Outcome::Finished);
    QVERIFY(audited(sink).empty());
    const auto all = audited(sink, Fine);
    for (const char* const id : { "leak", "duplicates", "overlap", "not_in_effect", "dead_parameters", "floor" })
        QVERIFY2(all.contains(id), id);
    QCOMPARE(sink.count(EventKind::Audit), 6);
    QCOMPARE(sink.rows.size(), std::size_t { 30 });
}

void TestRunAudit::theRunAsReported()
{
    FakeSink sink;
    Control control;
    QCOMPARE(m_trainer->train({ asReported(210), {} }, sink, control, {}).outcome, Outcome::Finished);
    const auto found = audited(sink);
    for (const char* const id : { "leak", "duplicates", "overlap", "floor" }) {
        QVERIFY2(found.contains(id), id);
        QCOMPARE(found.at(id).severity, Warning);
    }
    QVERIFY(!found.contains("first_loss") && !found.contains("dead_parameters") && !found.contains("not_in_effect"));
    QVERIFY(found.at("floor").measured.english().starts_with("The training loss, a mean over 1"));
    int floors = 0;
    for (const Event& event : sink.events) {
        const auto finding = findingFrom(event.message.text, event.message.arguments);
        if (event.kind != EventKind::Audit || finding->id != "floor")
            continue;
        ++floors;
        QVERIFY(event.batch >= 60); // 10 000 targets of some 150 a batch
        QVERIFY(event.batch < 210);
    }
    QCOMPARE(floors, 2); // as soon as it is known, and at the end with the last figures
}

void TestRunAudit::auditBeforeTraining()
{
    const auto before = m_trainer->audit(asReported(10), {});
    QVERIFY(before);
    std::set<std::string> ids;
    for (const Finding& finding : suspicious(*before))
        ids.insert(finding.id);
    QCOMPARE(ids, (std::set<std::string> { "leak", "duplicates", "overlap" }));
    const auto honest = m_trainer->audit(smallRun(10), {});
    QVERIFY(honest && suspicious(*honest).empty() && honest->size() == 4);

    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!m_trainer->audit(smallRun(10), stop.get_token()));
    Config bad = smallRun(10);
    bad.set("data.train_path", std::string("/nowhere/text.txt"));
    QVERIFY_EXCEPTION_THROWN(m_trainer->audit(bad, {}), TrainError);
}

// The memory is written outside the graph, and what decides on another round of introspection is a comparison.
void TestRunAudit::partsThatNeverLearn()
{
    FakeSink sink;
    Control control;
    Config config = smallRun(12);
    config.set("model.use_memory", true);
    config.set("model.use_introspection", true);
    config.set("model.expert_types", std::vector<std::string> { "language" }); // and a router that has no choice
    QCOMPARE(m_trainer->train({ config, {} }, sink, control, {}).outcome, Outcome::Finished);
    const auto found = audited(sink);
    QCOMPARE(found.size(), std::size_t { 1 });
    const Finding& finding = found.at("dead_parameters");
    QCOMPARE(finding.severity, Note);
    const std::string said = finding.measured.english();
    for (const char* const part : { "memory.address", "memory.write", "memory.slot_gate",
             "blocks.1.introspection.confidence", "blocks.1.introspection.decision" })
        QVERIFY2(said.find(part) != std::string::npos, said.c_str());
    QVERIFY(said.find("router") == std::string::npos);
}

void TestRunAudit::gradientsThatNeverCame()
{
    std::vector<NamedTensor> tensors;
    for (const char* const name : { "encoder.proj.weight", "blocks.0.moe.experts.1.up.weight",
             "blocks.0.moe.experts.1.up.bias", "blocks.0.moe.router.weight" }) {
        at::Tensor tensor = at::ones({ 3 });
        tensor.set_requires_grad(true);
        tensors.push_back({ name, tensor });
    }
    AdamW optimizer(tensors, {});
    QVERIFY(auditGradients(optimizer, {}).empty()); // as long as a scaler leaves every step out
    for (int step = 0; step < 3; ++step) {
        (tensors[0].tensor.sum() * 2 + tensors[1].tensor.sum() * 0).backward(); // one gets zeros, two get nothing
        optimizer.step(1e-3);
        optimizer.clearGradients();
    }
    ModelConfig config;
    config.experts = { "standard", "standard" };
    auto found = auditGradients(optimizer, config);
    QCOMPARE(found.size(), std::size_t { 1 });
    QCOMPARE(found[0].severity, Warning);
    QCOMPARE(found[0].measured.english(),
        std::string("After 3 steps no gradient has reached blocks.0.moe.experts.1.up, blocks.0.moe.router."));
    config.experts = { "standard" };
    found = auditGradients(optimizer, config);
    QCOMPARE(found[0].measured.arguments.at(1), std::string("blocks.0.moe.experts.1.up"));
    (tensors[1].tensor.sum() + tensors[2].tensor.sum()).backward();
    optimizer.step(1e-3);
    found = auditGradients(optimizer, config);
    QCOMPARE(found.size(), std::size_t { 1 });
    QCOMPARE(found[0].severity, Fine);
}

void TestRunAudit::aStopDuringThePreparation()
{
    FakeSink sink;
    Control control;
    std::stop_source stop;
    sink.onEvent = [&](const Event& event) {
        if (event.kind == EventKind::Audit)
            stop.request_stop();
    };
    QCOMPARE(m_trainer->train({ smallRun(50), {} }, sink, control, stop.get_token()).outcome, Outcome::Stopped);
    QVERIFY(sink.rows.empty());
    QCOMPARE(sink.phases.back(), Phase::Stopping);
}

// Two runs of one seed, and what the probe draws is not drawn from them.
void TestRunAudit::theRunIsTheSameWithIt()
{
    std::vector<double> losses[2];
    for (auto& series : losses) {
        FakeSink sink;
        Control control;
        Config config = smallRun(6);
        config.set("model.use_memory", true);
        m_trainer->train({ config, {} }, sink, control, {});
        series = sink.series(Metric::Loss);
    }
    QCOMPARE(losses[0].size(), std::size_t { 6 });
    QCOMPARE(losses[0], losses[1]);
}

QTEST_GUILESS_MAIN(TestRunAudit)
#include "tst_run_audit.moc"
