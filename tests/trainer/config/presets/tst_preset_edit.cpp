// SPDX-License-Identifier: GPL-3.0-or-later
// Editing a preset in place: only the edited line changes, and the text reads back with the value.
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/shipped_presets.h"

#include <QRegularExpression>
#include <QTest>

using namespace nabiz::trainer;

namespace {

std::vector<Value> valuesFor(const Parameter& row)
{
    switch (typeOf(row.defaultValue)) {
    case ValueType::Boolean:
        return { true, false };
    case ValueType::Integer: {
        const auto low = static_cast<std::int64_t>(std::max(row.minimum, 0.0));
        return { low, low + 1, std::get<std::int64_t>(row.defaultValue) };
    }
    case ValueType::Real:
        return { 0.25, 0.125, 3e-4, std::get<double>(row.defaultValue) };
    case ValueType::Text: {
        if (row.choices.empty())
            return { std::string(), std::string("a b"), std::string("# \"x\": 'y'"), std::string("ğ\n"),
                std::string("true") };
        std::vector<Value> values;
        for (const auto choice : row.choices)
            values.emplace_back(std::string(choice));
        return values;
    }
    case ValueType::List:
        break;
    }
    return { std::vector<std::string> { "standard" }, std::vector<std::string> { "language", "causal", "logic" } };
}

std::string withCrlf(std::string_view text)
{
    std::string result = "\xEF\xBB\xBF";
    for (const char c : text)
        result += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return result;
}

QStringList lines(const std::string& text)
{
    return QString::fromStdString(text).split('\n');
}

} // namespace

class TestPresetEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyInEveryPreset_data();
    void everyKeyInEveryPreset();
    void onlyTheLineChanges();
    void edits_data();
    void edits();
    void removes_data();
    void removes();
    void sameValueKeepsTheBytes();
    void brokenTextStays();
    void expertsKeepTheirNumber();
};

void TestPresetEdit::everyKeyInEveryPreset_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const ShippedPreset& preset : shippedPresets()) {
        const QByteArray name(preset.name.data(), static_cast<int>(preset.name.size()));
        const QByteArray text(preset.text.data(), static_cast<int>(preset.text.size()));
        QTest::newRow(name.constData()) << text;
        QTest::newRow((name + ", CRLF and BOM").constData()) << QByteArray::fromStdString(withCrlf(preset.text));
    }
    QTest::newRow("extends alone") << QByteArray("extends: quick\n");
    QTest::newRow("no end of line") << QByteArray("extends: quick");
    QTest::newRow("flow sections") << QByteArray(
        "training: {seed: 1, max_steps: 5} # x\nmodel: {}\ndata: { split: block }\n");
    QTest::newRow("all flow") << QByteArray("{training: {seed: 1}, \"model\": {'d_model': 8}}\n");
    QTest::newRow("odd shapes") << QByteArray(
        "---\n\"training\" :\n    'seed' : 1 # s\n    sample_prompt: >-\n      a\n\n      b\n"
        "    # end\nmodel:\n  expert_types:\n  - standard # s\n  # more\n  - language\n  init: 'it''s'\n"
        "data: # d\n  train_path: a\n    b\n  val_path:\n...\n");
    QTest::newRow("quote and brackets that are not indented") << QByteArray(
        "training:\n  seed: 1\n  sample_prompt: 'a\n\nb: c\nd'   # e\nmodel:\n  expert_types: [\nstandard ]\n");
    QTest::newRow("indented") << QByteArray("  training:\n      seed: 1\n  data:\n      split: block\n");
}

void TestPresetEdit::everyKeyInEveryPreset()
{
    QFETCH(QByteArray, text);
    const auto document = PresetDocument::parse(text.toStdString(), "f");
    QVERIFY(document.problems().empty() || text.contains("model: {}"));
    const bool crlf = text.contains("\r\n");
    for (const Parameter& row : parameterTable()) {
        // The number of experts must match the list, which most presets set.
        if (row.derived)
            continue;
        const std::string key(row.key);
        for (const Value& value : valuesFor(row)) {
            const auto edited = document.withValue(key, value);
            const std::string context = key + ": " + toYaml(value) + '\n' + edited.text();
            QVERIFY2(edited.problems().empty(),
                (context + '\n' + (edited.problems().empty() ? "" : describe(edited.problems()[0]))).c_str());
            QVERIFY2(edited.values().at(key) == value, context.c_str());
            QVERIFY2(edited.lineOf(key) > 0, context.c_str());
            auto expected = document.values();
            expected[key] = value;
            QVERIFY2(edited.values() == expected, context.c_str());
            QCOMPARE(edited.extends(), document.extends());
            QCOMPARE(edited.text().starts_with("\xEF\xBB\xBF"), text.startsWith("\xEF\xBB\xBF"));
            if (crlf)
                QCOMPARE(lines(edited.text()).filter(QRegularExpression("[^\\r]$")).size(), 0);
            const auto removed = edited.without(key);
            expected.erase(key);
            QVERIFY2(removed.values() == expected, (context + "\nthen\n" + removed.text()).c_str());
            QVERIFY2(removed.problems().empty() || expected.empty(), (context + "\nthen\n" + removed.text()).c_str());
        }
    }
}

void TestPresetEdit::onlyTheLineChanges()
{
    for (const ShippedPreset& preset : shippedPresets()) {
        const auto document = PresetDocument::parse(std::string(preset.text), "f");
        for (const auto& [key, old] : document.values()) {
            for (const Value& value : valuesFor(*findParameter(key))) {
                if (value == old)
                    continue;
                const QStringList before = lines(document.text());
                const QStringList after = lines(document.withValue(key, value).text());
                QCOMPARE(after.size(), before.size());
                for (qsizetype i = 0; i < before.size(); ++i)
                    QCOMPARE(after[i] == before[i], i + 1 != document.lineOf(key));
                // The remark behind the value stays.
                const QString line = before[document.lineOf(key) - 1];
                const qsizetype remark = line.indexOf(" # ");
                if (remark > 0)
                    QVERIFY(after[document.lineOf(key) - 1].endsWith(line.mid(remark)));
            }
        }
    }
}

void TestPresetEdit::edits_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const char* before, const char* after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    // All of them set training.seed to 5.
    row("value", "training:\n  seed: 1\n", "training:\n  seed: 5\n");
    row("spaces and remark", "training:\n  seed:   1   # why\n", "training:\n  seed:   5   # why\n");
    row("CRLF", "training:\r\n  seed: 1\r\n", "training:\r\n  seed: 5\r\n");
    row("no end of line", "training:\n  seed: 1", "training:\n  seed: 5");
    row("no value", "training:\n  seed:\n  max_steps: 3\n", "training:\n  seed: 5\n  max_steps: 3\n");
    row("null", "training:\n  seed: ~ # n\n", "training:\n  seed: 5 # n\n");
    row("wrong value", "training:\n  seed: 'a # b' # c\n", "training:\n  seed: 5 # c\n");
    row("wrong list", "training:\n  seed: [1,\n    2] # c\n", "training:\n  seed: 5 # c\n");
    row("wrong block list", "training:\n  seed: # c\n  - 1\n  - 2\n  max_steps: 3\n",
        "training:\n  seed: 5 # c\n  max_steps: 3\n");
    row("missing line", "training:\n  max_steps: 3 # m\n\ndata:\n  split: block\n",
        "training:\n  max_steps: 3 # m\n  seed: 5\n\ndata:\n  split: block\n");
    row("missing line, own indent", "training:\n     max_steps: 3\n", "training:\n     max_steps: 3\n     seed: 5\n");
    row("missing section", "data:\n  split: block\n", "data:\n  split: block\n\ntraining:\n  seed: 5\n");
    row("empty section", "training: # t\ndata:\n  split: block\n", "training: # t\n  seed: 5\ndata:\n  split: block\n");
    row("number for a section", "training: 7 # t\n", "training: # t\n  seed: 5\n");
    row("flow section", "training: {max_steps: 3}\n", "training: {seed: 5, max_steps: 3}\n");
    row("empty flow section", "training: {}\n", "training: {seed: 5}\n");
    row("empty", "", "training:\n  seed: 5\n");
    row("remark alone", "# mine\n", "# mine\ntraining:\n  seed: 5\n");
}

void TestPresetEdit::edits()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto edited
        = PresetDocument::parse(before.toStdString(), "f").withValue("training.seed", Value(std::int64_t(5)));
    QCOMPARE(QByteArray::fromStdString(edited.text()), after);
    QVERIFY(edited.values().at("training.seed") == Value(std::int64_t(5)));
}

void TestPresetEdit::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const char* before, const char* after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    row("one of two", "training:\n  seed: 1 # s\n  max_steps: 3\n", "training:\n  max_steps: 3\n");
    row("the last of its section", "extends: t4\ntraining: # t\n  seed: 1\ndata:\n  split: block\n",
        "extends: t4\ndata:\n  split: block\n");
    row("not there", "training:\n  max_steps: 3\n", "training:\n  max_steps: 3\n");
    row("first in flow", "training: {seed: 1, max_steps: 3}\n", "training: {max_steps: 3}\n");
    row("last in flow", "training: {max_steps: 3, seed: 1}\n", "training: {max_steps: 3}\n");
    row("no end of line", "training:\n  max_steps: 3\n  seed: 1", "training:\n  max_steps: 3\n");
}

void TestPresetEdit::removes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(
        QByteArray::fromStdString(PresetDocument::parse(before.toStdString(), "f").without("training.seed").text()),
        after);
}

void TestPresetEdit::sameValueKeepsTheBytes()
{
    const std::string text = "training:\n  learning_rate: 0.00100  # kept\n";
    QCOMPARE(PresetDocument::parse(text, "f").withValue("training.learning_rate", Value(1e-3)).text(), text);
}

void TestPresetEdit::brokenTextStays()
{
    for (const char* text : { "training: [\n", "- a\n", "a\n---\nb\n", "\ttraining:\n" })
        QCOMPARE(PresetDocument::parse(text, "f").withValue("training.seed", Value(std::int64_t(5))).text(),
            std::string(text));
    QVERIFY_EXCEPTION_THROWN(PresetDocument::parse("", "f").withValue("no.key", Value(true)), std::out_of_range);
}

void TestPresetEdit::expertsKeepTheirNumber()
{
    const auto document = PresetDocument::parse("model:\n  n_experts: 1 # n\n  expert_types: [language]\n", "f");
    const auto edited
        = document.withValue("model.expert_types", Value(std::vector<std::string> { "standard", "language" }));
    QCOMPARE(edited.text(), std::string("model:\n  n_experts: 2 # n\n  expert_types: [standard, language]\n"));
    QVERIFY(edited.problems().empty());
}

QTEST_GUILESS_MAIN(TestPresetEdit)
#include "tst_preset_edit.moc"
