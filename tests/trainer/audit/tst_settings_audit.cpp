// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/settings_audit.h"
#include "trainer/config/presets/preset_store.h"

#include <QtTest>

using namespace nabiz::trainer;

class TestSettingsAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedPresetsAreInEffect_data();
    void shippedPresetsAreInEffect();
    void withoutEffect_data();
    void withoutEffect();
    void whatIsAppliedOtherwise();
};

namespace {

Config with(std::initializer_list<std::pair<const char*, Value>> settings)
{
    Config config;
    for (const auto& [key, value] : settings)
        config.set(key, value);
    return config;
}

Value text(const char* value)
{
    return std::string(value);
}
Value number(std::int64_t value)
{
    return value;
}

} // namespace

void TestSettingsAudit::shippedPresetsAreInEffect_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* const name : { "quick", "t4", "t4-as-run", "t4-per-expert", "base" })
        QTest::newRow(name) << name;
}

void TestSettingsAudit::shippedPresetsAreInEffect()
{
    QFETCH(QString, preset);
    const Config declared = PresetStore({}).load(preset.toStdString()).config;
    Config applied = declared;
    applied.set("hardware.device", text("cuda:0"));
    applied.set("hardware.threads", number(3));
    applied.set("language.dtype", text("float16"));
    const auto found = auditSettings(declared, applied, true);
    QCOMPARE(found.size(), std::size_t { 1 });
    QCOMPARE(found[0].id, std::string("not_in_effect"));
    QCOMPARE(found[0].severity, FindingSeverity::Fine);
}

void TestSettingsAudit::withoutEffect_data()
{
    using Settings = Config;
    QTest::addColumn<Settings>("config");
    QTest::addColumn<bool>("validates");
    QTest::addColumn<QString>("said"); // empty = nothing
    QTest::newRow("defaults without validation") << Config() << false << "";
    QTest::newRow("memory slots without memory") << with({ { "model.memory_size", number(10000) } }) << true
                                                 << "model.memory_size is 10000, but model.use_memory is false.";
    QTest::newRow("memory slots with memory")
        << with({ { "model.memory_size", number(10000) }, { "model.use_memory", true } }) << true << "";
    QTest::newRow("a type without mixed precision") << with({ { "training.amp_dtype", text("bfloat16") } }) << true
                                                    << "training.amp_dtype is bfloat16, but training.use_amp is false.";
    QTest::newRow("a prompt for no sample")
        << with({ { "training.sample_prompt", text("The ") }, { "training.sample_interval", number(0) } }) << true
        << "training.sample_prompt is \"The \", but training.sample_interval is 0.";
    QTest::newRow("language settings without its expert")
        << with({ { "model.expert_types", std::vector<std::string> { "standard" } },
               { "language.adapters", text("per_expert") }, { "language.train_adapters", false } })
        << true << "language.adapters, language.train_adapters";
    QTest::newRow("the default stand-in without its expert")
        << with({ { "model.expert_types", std::vector<std::string> { "standard" } } }) << true << "";
    QTest::newRow("weights and a stand-in")
        << with({ { "language.path", text("/weights") }, { "language.stand_in", text("qwen3-0.6b") } }) << true
        << "language.path and language.stand_in are both given.";
    QTest::newRow("weights and the default's stand-in")
        << with({ { "language.path", text("/weights") } }) << true << "";
    QTest::newRow("evaluation of nothing")
        << with({ { "training.eval_interval", number(100) } }) << false << "training.eval_interval is 100";
    QTest::newRow("a validation text for no evaluation")
        << with({ { "data.val_path", text("b.txt") }, { "training.eval_interval", number(0) } }) << true
        << "data.val_path is b.txt, but training.eval_interval is 0.";
    QTest::newRow("a part held back beside a validation text")
        << with({ { "data.val_path", text("b.txt") }, { "data.val_fraction", 0.2 } }) << true
        << "data.val_fraction is 0.2, but the validation text comes from data.val_path.";
    QTest::newRow("a warm-up that never ends")
        << with({ { "training.warmup_steps", number(500) }, { "training.max_steps", number(400) } }) << true
        << "The warm-up takes 500 steps, the whole run 400.";
    QTest::newRow("a warm-up to the last step")
        << with({ { "training.warmup_steps", number(400) }, { "training.max_steps", number(400) } }) << true << "";
}

void TestSettingsAudit::withoutEffect()
{
    QFETCH(nabiz::trainer::Config, config);
    QFETCH(bool, validates);
    QFETCH(QString, said);
    const auto found = suspicious(auditSettings(config, config, validates));
    QCOMPARE(found.size(), said.isEmpty() ? std::size_t { 0 } : std::size_t { 1 });
    if (!said.isEmpty()) {
        const QString measured = QString::fromStdString(found[0].measured.english());
        QVERIFY2(measured.contains(said), qPrintable(measured));
        QCOMPARE(found[0].severity, FindingSeverity::Note);
        QVERIFY(!found[0].message.empty());
    }
}

void TestSettingsAudit::whatIsAppliedOtherwise()
{
    const Config declared
        = with({ { "training.gradient_accumulation_steps", number(16) }, { "hardware.device", text("cuda") } });
    Config applied = declared;
    applied.set("hardware.device", text("cuda:0")); // the one that was meant
    QVERIFY(suspicious(auditSettings(declared, applied, true)).empty());
    applied.set("training.gradient_accumulation_steps", number(1));
    const auto found = suspicious(auditSettings(declared, applied, true));
    QCOMPARE(found.size(), std::size_t { 1 });
    QCOMPARE(found[0].severity, FindingSeverity::Warning);
    QCOMPARE(found[0].measured.english(),
        std::string("training.gradient_accumulation_steps is declared as 16; 1 is applied."));
}

QTEST_GUILESS_MAIN(TestSettingsAudit)
#include "tst_settings_audit.moc"
