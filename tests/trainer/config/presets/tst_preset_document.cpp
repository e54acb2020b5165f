// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a preset's text: what it sets, and every kind of bad input with its place.
#include "trainer/config/presets/preset_document.h"

#include <QElapsedTimer>
#include <QTest>

using namespace nabiz::trainer;

namespace {

// "LINE:COLUMN KEY: sentence" of each problem.
QStringList told(const PresetDocument& document)
{
    QStringList lines;
    for (const Problem& problem : document.problems()) {
        lines += QString("%1:%2 %3: %4")
                     .arg(problem.line)
                     .arg(problem.column)
                     .arg(QString::fromStdString(problem.key), QString::fromStdString(problem.message.english()));
    }
    return lines;
}

} // namespace

class TestPresetDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsValues();
    void unseenCharactersMayBeMeant();
    void readsEveryWayToWriteAValue_data();
    void readsEveryWayToWriteAValue();
    void badInput_data();
    void badInput();
    void hostileInputIsFast_data();
    void hostileInputIsFast();
    void countMustMatchTheList();
    void overrides_data();
    void overrides();
    void badOverrides_data();
    void badOverrides();
    void everyPrefixOfAPresetIsSafe();
};

void TestPresetDocument::readsValues()
{
    const auto document = PresetDocument::parse("summary: Mine\nextends: quick\n\ntraining: # of it\n  seed: 7\n"
                                                "  learning_rate: 3e-4\nmodel:\n  expert_types:\n  - standard\n",
        "f.yaml");
    QCOMPARE(told(document), QStringList());
    QCOMPARE(document.summary(), std::string("Mine"));
    QCOMPARE(document.extends(), std::string("quick"));
    QCOMPARE(document.values().size(), std::size_t(3));
    QVERIFY(document.values().at("training.seed") == Value(std::int64_t(7)));
    QVERIFY(document.values().at("training.learning_rate") == Value(3e-4));
    QVERIFY(document.values().at("model.expert_types") == Value(std::vector<std::string> { "standard" }));
    QCOMPARE(document.lineOf("training.seed"), 5);
    QCOMPARE(document.lineOf("training.max_steps"), 0);
}

// Where it is a person's text, or a comment's.
void TestPresetDocument::unseenCharactersMayBeMeant()
{
    const auto document = PresetDocument::parse(
        "\uFEFFsummary: Bir\u00A0deneme # \u200B\n# a\u00A0comment\ntraining:\n  sample_prompt: \"a\u200Db \u00A0\"\n",
        "f.yaml");
    QCOMPARE(told(document), QStringList());
}

void TestPresetDocument::readsEveryWayToWriteAValue_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("yaml");
    const auto row = [](const char* name, const QByteArray& text, const char* key, const char* yaml) {
        QTest::newRow(name) << text << QString(key) << QString(yaml);
    };
    row("byte-order mark", "\xEF\xBB\xBFtraining:\n  seed: 3\n", "training.seed", "3");
    row("CRLF", "training:\r\n  seed: 3\r\n", "training.seed", "3");
    row("flow", "{training: {seed: 3}}", "training.seed", "3");
    row("plus sign", "training:\n  seed: +3\n", "training.seed", "3");
    row("document mark", "---\ntraining:\n  seed: 3\n...\n", "training.seed", "3");
    row("quoted key", "\"training\":\n  'seed': 3\n", "training.seed", "3");
    row("True", "model:\n  causal: True\n", "model.causal", "true");
    row("off", "model:\n  causal: off\n", "model.causal", "false");
    row("whole number for a real", "training:\n  gradient_clip: 2\n", "training.gradient_clip", "2");
    row("no leading zero", "training:\n  gradient_clip: .5\n", "training.gradient_clip", "0.5");
    row("nothing for a text", "language:\n  path:\n", "language.path", "\"\"");
    row("block text", "training:\n  sample_prompt: |\n    bir\n", "training.sample_prompt", "\"bir\\n\"");
    row("a text that looks like a number", "training:\n  sample_prompt: 12\n", "training.sample_prompt", "\"12\"");
    row("list over lines", "model:\n  expert_types: [\n    standard, # one\n    language]\n", "model.expert_types",
        "[standard, language]");
    row("largest seed", "training:\n  seed: 9223372036854775807\n", "training.seed", "9223372036854775807");
}

void TestPresetDocument::readsEveryWayToWriteAValue()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, key);
    QFETCH(QString, yaml);
    const auto document = PresetDocument::parse(text.toStdString(), "f.yaml");
    QCOMPARE(told(document), QStringList());
    QCOMPARE(QString::fromStdString(toYaml(document.values().at(key.toStdString()))), yaml);
}

void TestPresetDocument::badInput_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected"); // beginnings
    const auto row = [](const char* name, const QByteArray& text, const QStringList& expected) {
        QTest::newRow(name) << text << expected;
    };
    row("quoted numbers", "training:\n  seed: \"42\"\n  learning_rate: '1e-3'\n  use_amp: \"true\"\n",
        { "2:9 training.seed: training.seed takes a whole number such as 1, and is '42'; its quotes make it a text",
            "3:18 training.learning_rate: training.learning_rate takes a number such as 1e-3, and is '1e-3'; its quotes",
            "4:12 training.use_amp: training.use_amp takes true or false, and is 'true'; its quotes" });
    row("no-break space before a key", "training:\n \u00A0 batch_size: 2\n",
        { "2:2 : A character that is not seen stands here: U+00A0 (no-break space)." });
    row("no-break space behind a colon", "training:\n  batch_size:\u00A0 2\n",
        { "2:14 : A character that is not seen stands here: U+00A0 (no-break space)." });
    row("unseen in a key, behind a value, and between",
        "training:\n  batch\u00ADsize: 2\n  seed: 3\u200B\n\u202F\n  max_steps: \uFEFF4\n",
        { "2:8 : A character that is not seen stands here: U+00AD (soft hyphen).",
            "3:10 : A character that is not seen stands here: U+200B (zero-width space).",
            "4:1 : A character that is not seen stands here: U+202F (narrow no-break space).",
            "5:14 : A character that is not seen stands here: U+FEFF (byte-order mark)." });
    row("mark of direction within a number", "training:\n  seed: 1\u200E2\n",
        { "2:9 training.seed: training.seed takes a whole number such as 1, and is '1\u200E2'; it holds U+200E (mark of direction) as "
          "its character 2." });
    row("backslash in double quotes", "data:\n  train_path: \"C:\\Users\\me\\t.txt\"\n",
        { "2:28 : In double quotes \\ begins an escape" });
    row("unknown escape", "data:\n  train_path: \"C:\\mine\"\n", { "2:20 : In double quotes \\ begins an escape" });
    row("empty", "", { "1:1 : The preset is empty." });
    row("comment alone", "# nothing\n", { "1:1 : The preset is empty." });
    row("list", "- a\n", { "1:1 : The preset is a list" });
    row("scalar", "hello\n", { "1:1 : The preset is not a set of sections" });
    row("two documents", "training:\n  seed: 1\n---\ntraining:\n  seed: 2\n", { "3:1 : A second document" });
    row("section null", "training:\nmodel:\n  d_ff: 3\n", { "1:1 : The section training must hold keys" });
    row("section number", "training: 5\n", { "1:1 : The section training must hold keys" });
    row("section list", "training: [a]\n", { "1:1 : The section training must hold keys" });
    row("unknown key", "training:\n  batch_szie: 4\n",
        { "2:3 training.batch_szie: There is no key training.batch_szie; is training.batch_size meant?" });
    row("unknown key, nothing near", "training:\n  zzzzzz: 4\n",
        { "2:3 training.zzzzzz: There is no key training.zzzzzz. Rem" });
    row("unknown section", "trainig:\n  seed: 4\n", { "1:1 trainig: There is no section trainig; is training meant?" });
    row("key without section", "batch_size: 4\n",
        { "1:1 batch_size: There is no section batch_size; write batch_size below the line training:" });
    row("published key", "training:\n  num_workers: 4\n  lr: 1e-3\n",
        { "2:3 training.num_workers: num_workers has no key here",
            "3:3 training.lr: lr is called training.learning_rate here." });
    row("published keys in a section of theirs",
        "optimization:\n  pin_memory: true\n  allow_tf32: true\n"
        "  use_attention_slicing: true\n",
        { "1:1 optimization: There is no section optimization",
            "2:3 optimization.pin_memory: pin_memory has no key here",
            "3:3 optimization.allow_tf32: allow_tf32 has no key here",
            "4:3 optimization.use_attention_slicing: use_attention_slicing has no key here" });
    row("wrong types",
        "training:\n  batch_size: four\n  use_amp: maybe\n  sample_prompt: {a: 1}\n  learning_rate: [1]\n"
        "  use_gradient_checkpointing: 1\nmodel:\n  expert_types: language\n  d_model: '8'\n  n_layers: true\n  causal: \"true\"\n",
        { "2:15 training.batch_size: training.batch_size takes a whole number such as 4, and is 'four'.",
            "3:12 training.use_amp: training.use_amp takes true or false, and is 'maybe'.",
            "4:18 training.sample_prompt: training.sample_prompt takes a text, and is a section.",
            "5:18 training.learning_rate: training.learning_rate takes a number such as 1e-3, and is a list.",
            "6:31 training.use_gradient_checkpointing: training.use_gradient_checkpointing takes true or false, and is '1'.",
            "8:17 model.expert_types: model.expert_types takes a list such as [standard, language], and is 'language'.",
            "9:12 model.d_model: model.d_model takes a whole number such as 128, and is '8'; its quotes make it a text: write it without them.",
            "10:13 model.n_layers: model.n_layers takes a whole number",
            "11:11 model.causal: model.causal takes true or false" });
    row("value missing", "training:\n  seed:\n  max_steps: ~\n",
        { "2:3 training.seed: training.seed takes a whole number",
            "3:3 training.max_steps: training.max_steps takes a whole number such as 400, and is empty." });
    row("fraction", "training:\n  max_steps: 1.5\n",
        { "2:14 training.max_steps: training.max_steps takes a whole number" });
    row("exponent for a whole number", "training:\n  max_steps: 1e3\n", { "2:14 training.max_steps: " });
    row("10^20", "training:\n  seed: 100000000000000000000\n",
        { "2:9 training.seed: 100000000000000000000 is too large" });
    row("NaN and Inf", "training:\n  learning_rate: .nan\n  weight_decay: -.inf\n  gradient_clip: nan\n",
        { "2:18 training.learning_rate: training.learning_rate must be a finite number, not .nan.",
            "3:17 training.weight_decay: training.weight_decay must be a finite number",
            "4:18 training.gradient_clip: " });
    row("1e999", "training:\n  learning_rate: 1e999\n", { "2:18 training.learning_rate: 1e999 is outside" });
    row("decimal comma", "training:\n  weight_decay: 0,5\n",
        { "2:17 training.weight_decay: training.weight_decay takes a decimal point, not a comma: write 0.5." });
    row("out of range",
        "model:\n  d_model: -5\n  dropout: 1\n  vocab_size: 257\ntraining:\n  learning_rate: 0\n  batch_size: 0\n",
        { "2:12 model.d_model: model.d_model must be from 1 to 65536, and is -5.",
            "3:12 model.dropout: model.dropout must be at least 0 and below 1, and is 1.",
            "4:15 model.vocab_size: model.vocab_size must be from 2 to 256, and is 257.",
            "6:18 training.learning_rate: training.learning_rate must be greater than 0, and is 0.",
            "7:15 training.batch_size: training.batch_size must be from 1 to 1000000, and is 0." });
    row("choice", "training:\n  schedule: cosin\nmodel:\n  expert_types: [standrad]\n",
        { "2:13 training.schedule: training.schedule cannot be 'cosin'; is 'cosine' meant?",
            "4:17 model.expert_types: model.expert_types cannot be 'standrad'; is 'standard' meant?" });
    row("list too long or empty", "model:\n  expert_types: []\n",
        { "2:17 model.expert_types: model.expert_types must have from 1 to 8 elements, and has 0." });
    row("duplicate key", "training:\n  seed: 1\n  seed: 2\n", { "3:3 : seed is set twice, first in line 2." });
    row("duplicate section", "training:\n  seed: 1\ntraining:\n  seed: 2\n",
        { "3:1 : training is set twice, first in line 1." });
    row("tab", "training:\n\tseed: 1\n  \tmax_steps: 3\n",
        { "2:1 : The line is indented with a tab", "3:3 : The line is ind" });
    row("alias", "training: &x\n  seed: 1\nmodel: *x\n", { "1:11 : Anchors", "3:8 : Anchors" });
    row("anchor at itself", "&a [*a]\n", { "1:1 : The preset is a list" });
    row("section at itself", "training: &t\n  seed: *t\n",
        { "1:11 : Anchors", "2:9 training.seed: training.seed: anchors" });
    row("value anchored", "training:\n  seed: &s 1\n", { "2:9 training.seed: training.seed: anchors" });
    row("unknown alias", "training:\n  seed: *s\n", { "2:9 : The text is not YAML from here on" });
    row("tag", "training:\n  seed: !!int 1\n", { "2:9 training.seed: training.seed: anchors, aliases and tags" });
    row("zero byte in a text", "training:\n  sample_prompt: \"a\\0b\"\n", { "2:18 training.sample_prompt: " });
    row("odd keys", "training:\n  ~: 1\n  [a]: 2\n", { "2:3 : A key must be a plain name.", "3:3 : A key must be" });
    row("heading that is a list", "extends: [quick]\n", { "1:1 extends: extends takes a text" });
    row("open quote", "training:\n  sample_prompt: 'it''s\nextends: quick\n",
        { "2:18 : The text is not YAML from here on: the quote is not closed" });
    row("open quotes", "summary: \"a\\\"\n\n", { "1:10 : The text is not YAML from here on: the quote is not closed" });
    row("heading below its key", "extends:\nquick\n# more\n",
        { "2:1 : The text is not YAML from here on: a value must stand" });
    row("brackets below their key", "model:\n  expert_types:\n  [standard]\n",
        { "3:3 : The text is not YAML from here on: a value" });
    row("not YAML", "training:\n  seed: 1\n   b: c: d\n", { "3:5 : The text is not YAML from here on: " });
    row("open bracket", "training: [1\nmodel: 2\n", { "2:" });
    row("CRLF keeps its place", "training:\r\n  seed: 1\r\n  zzzzzz: 2\r\n", { "3:3 training.zzzzzz: " });
    row("BOM keeps its place", "\xEF\xBB\xBFzzzzzz: 2\n", { "1:1 zzzzzz: " });
    row("columns count characters", "training: {\"ğüş\": 1, zzzzzz: 2}\n",
        { "1:12 training.ğüş: ", "1:22 training.zzzzzz: " });
    row("not UTF-8", "# caf\xE9\n", { "1:6 : The bytes here are not UTF-8." });
    row("overlong UTF-8", "# \xC0\xAF\n", { "1:3 : The bytes here are not UTF-8." });
    row("binary", QByteArray("PK\x03\x04\0\0", 6), { "1:3 : A control character" });
    row("carriage returns alone", "training:\r  seed: 1\r", { "1:10 : A carriage return stands alone" });
}

void TestPresetDocument::badInput()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto document = PresetDocument::parse(text.toStdString(), "f.yaml");
    const QStringList found = told(document);
    QVERIFY2(found.size() == expected.size(), qPrintable(found.join('\n')));
    for (qsizetype i = 0; i < found.size(); ++i) {
        QVERIFY2(found[i].startsWith(expected[i]), qPrintable(found[i]));
        QCOMPARE(document.problems()[static_cast<std::size_t>(i)].file, std::string("f.yaml"));
        // What is wrong is not among the values.
        QVERIFY(!document.values().contains(document.problems()[static_cast<std::size_t>(i)].key));
    }
    QCOMPARE(document.text(), text.toStdString());
}

void TestPresetDocument::hostileInputIsFast_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray megabyte(1024 * 1024 - 16, ' ');
    const auto repeat = [](const char* piece, int count) { return QByteArray(piece).repeated(count); };
    QTest::newRow("brackets") << repeat("[", 1'000'000);
    QTest::newRow("braces") << repeat("{a: ", 250'000);
    QTest::newRow("dashes") << repeat("- ", 500'000);
    QTest::newRow("question marks") << repeat("? ", 500'000);
    QTest::newRow("colons") << repeat(": ", 500'000);
    QTest::newRow("anchors") << repeat("&a ", 300'000);
    QTest::newRow("tags") << repeat("!a ", 300'000);
    QTest::newRow("bars") << repeat("|\n", 500'000);
    QTest::newRow("open quote") << QByteArray("a: \"") + repeat("x", 1'000'000);
    QTest::newRow("blanks") << megabyte;
    QTest::newRow("too large") << repeat("# x\n", 300'000);
    QTest::newRow("commas") << QByteArray("a: [") + repeat("a,", 500'000);
    QByteArray stairs;
    for (int i = 0; i < 1400; ++i)
        stairs += QByteArray(i, ' ') + "a:\n";
    QTest::newRow("stairs") << stairs;
}

void TestPresetDocument::hostileInputIsFast()
{
    QFETCH(QByteArray, text);
    QElapsedTimer timer;
    timer.start();
    const auto document = PresetDocument::parse(text.toStdString(), "f.yaml");
    QVERIFY(hasErrors(document.problems()));
    // Seconds would mean a square or worse; a sanitized build stays far below.
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TestPresetDocument::countMustMatchTheList()
{
    const auto right = PresetDocument::parse("model:\n  n_experts: 1\n  expert_types: [language]\n", "f");
    QCOMPARE(told(right), QStringList());
    const auto wrong = PresetDocument::parse("model:\n  n_experts: 2\n  expert_types: [language]\n", "f");
    QCOMPARE(told(wrong).size(), 1);
    QVERIFY(told(wrong)[0].startsWith("2:14 model.n_experts: model.n_experts is 2, but model.expert_types names 1."));
}

void TestPresetDocument::overrides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("yaml");
    const auto row
        = [](const char* text, const char* key, const char* yaml) { QTest::newRow(text) << text << key << yaml; };
    row("training.batch_size=8", "training.batch_size", "8");
    row("training.learning_rate=3e-4", "training.learning_rate", "3e-4");
    row("training.learning_rate=1", "training.learning_rate", "1");
    row("training.use_amp=false", "training.use_amp", "false");
    row("model.expert_types=[language]", "model.expert_types", "[language]");
    row("model.expert_types=[standard,language]", "model.expert_types", "[standard, language]");
    row("language.stand_in=hidden=128,layers=4", "language.stand_in", "hidden=128,layers=4");
    row("language.path=", "language.path", "\"\"");
    row("language.path=\"\"", "language.path", "\"\"");
    row("data.train_path=/a b #c: d", "data.train_path", "\"/a b #c: d\"");
    row("training.sample_prompt=bir ", "training.sample_prompt", "\"bir \"");
    row("training.sample_prompt=\"a\\nb\"", "training.sample_prompt", "\"a\\nb\"");
}

void TestPresetDocument::overrides()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    QFETCH(QString, yaml);
    const Override result = parseOverride(text.toStdString());
    QVERIFY2(!result.problem, result.problem ? result.problem->message.english().c_str() : "");
    QCOMPARE(QString::fromStdString(result.key), key);
    QCOMPARE(QString::fromStdString(toYaml(result.value)), yaml);
}

void TestPresetDocument::badOverrides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) { QTest::newRow(text) << text << message; };
    row("training.batch_size", "A setting is written key=value");
    row("", "A setting is written key=value");
    row("training.batchsize=4", "There is no key training.batchsize; is training.batch_size meant?");
    row("num_workers=4", "num_workers has no key here");
    row("=4", "There is no key ");
    row("training.batch_size=", "training.batch_size takes a whole number such as 4, and is empty.");
    row("training.batch_size=1e3", "training.batch_size takes a whole number");
    row("training.batch_size=1.0", "training.batch_size takes a whole number");
    row("training.batch_size=0", "training.batch_size must be from 1");
    row("training.seed=99999999999999999999", "99999999999999999999 is too large");
    row("training.learning_rate=nan", "training.learning_rate must be a finite number");
    row("model.expert_types=language",
        "model.expert_types takes a list such as [standard, language], and is 'language'.");
    row("model.expert_types=[a", "The text is not YAML from here on");
    row("training.sample_prompt=*a", "The text is not YAML from here on");
    row("training.sample_prompt=[a]", "training.sample_prompt takes a text, and is a list.");
}

void TestPresetDocument::badOverrides()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const Override result = parseOverride(text.toStdString());
    QVERIFY(result.problem);
    QCOMPARE(QString::fromStdString(result.problem->file), text);
    QVERIFY2(QString::fromStdString(result.problem->message.english()).startsWith(message),
        result.problem->message.english().c_str());
}

void TestPresetDocument::everyPrefixOfAPresetIsSafe()
{
    const std::string text
        = "# ğ\nextends: quick\ntraining: {seed: 1, 'sample_prompt': \"a\\x41\"}\nmodel:\n  expert_types:\n"
          "  - standard\n  init: |\n   a\n";
    QCOMPARE(told(PresetDocument::parse(text, "f")), QStringList());
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto cut = PresetDocument::parse(text.substr(0, length), "f");
        for (const Problem& problem : cut.problems())
            QVERIFY(problem.line >= 1 && problem.column >= 1 && !problem.message.empty());
        // Editing whatever is left must not fail either.
        const auto edited = cut.withValue("training.seed", Value(std::int64_t(5))).without("training.seed");
        QVERIFY(!edited.values().contains("training.seed"));
    }
}

QTEST_GUILESS_MAIN(TestPresetDocument)
#include "tst_preset_document.moc"
