// SPDX-License-Identifier: GPL-3.0-or-later
// The tables, values and their texts, configurations, messages and problems.
#include "trainer/base/problem.h"
#include "trainer/base/shell_quote.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/metric_table.h"
#include "trainer/config/presets/parameter_check.h"
#include "trainer/config/presets/preset_document.h"

#include <QProcess>
#include <QTest>

#include <charconv>
#include <clocale>
#include <cmath>
#include <limits>
#include <set>

using namespace nabiz::trainer;

class TestParameterTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsWhole();
    void twelveAreEssential();
    void findsAndMisses();
    void nearestKey_data();
    void nearestKey();
    void yamlReadsBack_data();
    void yamlReadsBack();
    void writtenAsPeopleDo_data();
    void writtenAsPeopleDo();
    void numbersReadBack();
    void decimalCommaLocaleChangesNothing();
    void messagePutsArgumentsIn_data();
    void messagePutsArgumentsIn();
    void configKeepsTypes();
    void expertsSetTheirNumber();
    void differencesInTableOrder();
    void shellReadsTheCommandBack();
    void metricsByName_data();
    void metricsByName();
    void describe_data();
    void describe();
    void remedyLineHoldsEach();
};

void TestParameterTable::everyRowIsWhole()
{
    std::set<std::string_view> keys;
    const std::set<std::string> groups { "Data", "Model", "Language", "Training", "Hardware", "Distributed", "Queue" };
    for (const Parameter& row : parameterTable()) {
        const QByteArray name(row.key.data(), static_cast<int>(row.key.size()));
        QVERIFY2(keys.insert(row.key).second, name);
        QVERIFY2(groups.contains(row.group), name);
        QVERIFY2(std::string_view(row.label).size() > 1 && std::string_view(row.help).size() > 20, name);
        QVERIFY2(rangeProblem(row, row.defaultValue).empty(), name);
        QCOMPARE(findParameter(row.key), &row);
        QCOMPARE(&parameterTable()[parameterIndex(row.key)], &row);
        if (!row.visibleWhen.empty())
            QVERIFY2(findParameter(row.visibleWhen.substr(0, row.visibleWhen.find('='))), name);
    }
    QCOMPARE(keys.size(), parameterTable().size()); // each once
}

void TestParameterTable::twelveAreEssential()
{
    std::set<std::string_view> essential;
    for (const Parameter& row : parameterTable()) {
        if (row.level == ParameterLevel::Essential)
            essential.insert(row.key);
    }
    const std::set<std::string_view> expected { "data.train_path", "model.d_model", "model.n_layers",
        "model.expert_types", "model.max_seq_len", "language.path", "training.batch_size",
        "training.gradient_accumulation_steps", "training.learning_rate", "training.max_steps", "training.seed",
        "hardware.device" };
    QVERIFY(essential == expected);
    QVERIFY(findParameter("model.n_experts")->derived);
}

void TestParameterTable::findsAndMisses()
{
    QCOMPARE(findParameter("training.nothing"), nullptr);
    QCOMPARE(findParameter(""), nullptr);
    QVERIFY_EXCEPTION_THROWN(parameterIndex("training.nothing"), std::out_of_range);
    QVERIFY_EXCEPTION_THROWN(Config().value("nothing"), std::out_of_range);
}

void TestParameterTable::nearestKey_data()
{
    QTest::addColumn<QString>("unknown");
    QTest::addColumn<QString>("key");
    QTest::newRow("swapped letters") << "training.batch_szie" << "training.batch_size";
    QTest::newRow("no section") << "learning_rate" << "training.learning_rate";
    QTest::newRow("wrong section") << "model.batch_size" << "training.batch_size";
    QTest::newRow("mistyped section") << "modle.d_model" << "model.d_model";
    QTest::newRow("hyphens") << "training.max-steps" << "training.max_steps";
    QTest::newRow("nothing near") << "training.foo" << "";
    QTest::newRow("empty") << "" << "";
    QTest::newRow("very long") << QString(10'000, 'x') << "";
}

void TestParameterTable::nearestKey()
{
    QFETCH(QString, unknown);
    QFETCH(QString, key);
    QCOMPARE(QString::fromStdString(std::string(nabiz::trainer::nearestKey(unknown.toStdString()))), key);
}

void TestParameterTable::yamlReadsBack_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<Value>("value");
    const auto texts = { "", " ", "bir ", " x", "true", "Null", "~", "12", "1e3", "0x1f", "-", "- a", "a: b", "a #b",
        "#a", "a:", "'", "\"", "\\", "a\nb", "\t", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "ğüşiöç ı",
        "\x01\x7f", "a,b", "=", "<<", "hidden=128,layers=4", "/usr/share/man/tr", "C:\\x", "12:30:45", ".", "..", "yes",
        "?", "|", ">", "a\r\nb", "---", "..." };
    int number = 0;
    for (const char* text : texts) {
        QTest::addRow("text %d", number) << "training.sample_prompt" << Value(std::string(text));
        QTest::addRow("path %d", number++) << "data.train_path" << Value(std::string(text));
    }
    for (const double real : { 1e-3, 3e-4, 1e-8, 0.5, 1.0, 123456789.0, 1e22, 1.0 / 3, 5e-324, 0.1 + 0.2 })
        QTest::addRow("real %g", real) << "training.learning_rate" << Value(real);
    for (const std::int64_t whole : { std::int64_t(0), std::int64_t(7), std::numeric_limits<std::int64_t>::max() })
        QTest::addRow("seed %lld", static_cast<long long>(whole)) << "training.seed" << Value(whole);
    QTest::newRow("on") << "model.causal" << Value(true);
    QTest::newRow("off") << "model.causal" << Value(false);
    QTest::newRow("list") << "model.expert_types"
                          << Value(std::vector<std::string> { "language", "logic", "standard" });
}

void TestParameterTable::yamlReadsBack()
{
    QFETCH(QString, key);
    QFETCH(Value, value);
    const std::string name = key.toStdString();
    const Override read = parseOverride(name + '=' + toYaml(value));
    QVERIFY2(!read.problem, read.problem ? nabiz::trainer::describe(*read.problem).c_str() : "");
    QVERIFY(read.value == value);
    const auto dot = name.find('.');
    const auto document = PresetDocument::parse(
        name.substr(0, dot) + ":\n  " + name.substr(dot + 1) + ": " + toYaml(value) + "   # a remark\n", "f");
    QVERIFY2(document.problems().empty(), toYaml(value).c_str());
    QVERIFY(document.values().at(name) == value);
}

void TestParameterTable::writtenAsPeopleDo_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<QString>("yaml");
    QTest::newRow("true") << Value(true) << "true";
    QTest::newRow("400") << Value(std::int64_t(400)) << "400";
    QTest::newRow("1e-3") << Value(0.001) << "1e-3";
    QTest::newRow("3e-4") << Value(0.0003) << "3e-4";
    QTest::newRow("0.1") << Value(0.1) << "0.1";
    QTest::newRow("0.01") << Value(0.01) << "0.01";
    QTest::newRow("0.999") << Value(0.999) << "0.999";
    QTest::newRow("1e22") << Value(1e22) << "1e22";
    QTest::newRow("one") << Value(1.0) << "1";
    QTest::newRow("nan") << Value(std::nan("")) << ".nan";
    QTest::newRow("-inf") << Value(-std::numeric_limits<double>::infinity()) << "-.inf";
    QTest::newRow("plain") << Value(std::string("generated:turkish")) << "generated:turkish";
    QTest::newRow("empty") << Value(std::string()) << "\"\"";
    QTest::newRow("list") << Value(std::vector<std::string> { "standard", "language" }) << "[standard, language]";
    QTest::newRow("empty list") << Value(std::vector<std::string> {}) << "[]";
}

void TestParameterTable::writtenAsPeopleDo()
{
    QFETCH(Value, value);
    QFETCH(QString, yaml);
    QCOMPARE(QString::fromStdString(toYaml(value)), yaml);
}

void TestParameterTable::numbersReadBack()
{
    QCOMPARE(toText(0.001), std::string("0.001"));
    QCOMPARE(toText(1e-8), std::string("1e-08"));
    QCOMPARE(toText(std::nan("")), std::string("nan"));
    QCOMPARE(toText(-std::numeric_limits<float>::infinity()), std::string("-inf"));
    QCOMPARE(toText(0.1f), std::string("0.1"));
    for (const float value : { 0.1f, 1.9352f, 3.4028235e38f, 1e-45f }) {
        const std::string text = toText(value);
        float back = 0;
        std::from_chars(text.data(), text.data() + text.size(), back);
        QCOMPARE(back, value);
    }
}

void TestParameterTable::decimalCommaLocaleChangesNothing()
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    const char* comma = nullptr;
    for (const char* name : { "tr_TR.UTF-8", "de_DE.UTF-8", "tr_TR.utf8", "de_DE.utf8" }) {
        if (!comma)
            comma = std::setlocale(LC_ALL, name);
    }
    const std::string written = toYaml(Value(0.25));
    const Override read = parseOverride("training.learning_rate=0.25");
    std::setlocale(LC_ALL, before.c_str());
    if (!comma)
        QSKIP("no locale with a decimal comma is installed");
    QCOMPARE(written, std::string("0.25"));
    QVERIFY(read.value == Value(0.25));
}

void TestParameterTable::messagePutsArgumentsIn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("english");
    QTest::newRow("in order") << "%1 and %2" << "a and %1";
    QTest::newRow("swapped") << "%2, %1" << "%1, a";
    QTest::newRow("missing") << "%3 %0 % %%1" << "%3 %0 % %a";
    QTest::newRow("none") << "100 %" << "100 %";
}

void TestParameterTable::messagePutsArgumentsIn()
{
    QFETCH(QString, text);
    QFETCH(QString, english);
    // An argument that looks like a place is not filled in again.
    const Message made = message(text.toUtf8().constData(), "a", "%1");
    QCOMPARE(QString::fromStdString(made.english()), english);
}

void TestParameterTable::configKeepsTypes()
{
    Config config;
    QCOMPARE(config.integer("training.batch_size"), std::int64_t(4));
    QCOMPARE(config.real("training.learning_rate"), 1e-3);
    QVERIFY_EXCEPTION_THROWN(config.set("training.batch_size", 4.0), std::invalid_argument);
    QVERIFY_EXCEPTION_THROWN(config.integer("training.learning_rate"), std::bad_variant_access);
    QVERIFY(config == Config());
    config.set("training.batch_size", std::int64_t(8));
    QVERIFY(!(config == Config()));
}

void TestParameterTable::expertsSetTheirNumber()
{
    Config config;
    config.set("model.expert_types", std::vector<std::string> { "standard", "standard", "language" });
    QCOMPARE(config.integer("model.n_experts"), std::int64_t(3));
}

void TestParameterTable::differencesInTableOrder()
{
    Config before;
    Config after = before;
    after.set("training.learning_rate", 3e-4);
    after.set("data.train_path", std::string("/a"));
    const auto found = differences(before, after);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].key, std::string("data.train_path"));
    QVERIFY(found[1].before == Value(1e-3) && found[1].after == Value(3e-4));
}

void TestParameterTable::shellReadsTheCommandBack()
{
    Config before;
    Config after = before;
    after.set("model.expert_types", std::vector<std::string> { "language" });
    after.set("data.train_path", std::string("/home/ağ/it's \"a\" $HOME `x` \\ *"));
    after.set("language.stand_in", std::string());
    after.set("training.sample_prompt", std::string("tab\tand\nline "));
    after.set("training.learning_rate", 3e-4);
    const std::string line = commandLine("my preset.yaml", before, after);
    QVERIFY(line.find('\n') == std::string::npos);
    QVERIFY(line.starts_with("nabiz train 'my preset.yaml' "));
    QVERIFY(line.find("n_experts") == std::string::npos);
    QProcess shell;
    shell.start("/bin/sh", { "-c", "nabiz() { shift 2; printf '%s\\n' \"$@\"; }\n" + QString::fromStdString(line) });
    QVERIFY(shell.waitForFinished());
    Config read = before;
    for (const QByteArray& word : shell.readAllStandardOutput().trimmed().split('\n')) {
        const Override setting = parseOverride(word.toStdString());
        QVERIFY2(!setting.problem, word);
        read.set(setting.key, setting.value);
    }
    QVERIFY(read == after);
    QCOMPARE(commandLine("quick", before, before), std::string("nabiz train quick"));
}

void TestParameterTable::metricsByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("unit");
    for (const auto& [name, unit] :
        std::initializer_list<std::pair<const char*, const char*>> { { "loss", "nats" }, { "val.loss", "nats" },
            { "balance_loss", "" }, { "learning_rate", "" }, { "grad_norm", "" }, { "grad_scale", "" },
            { "introspection.error", "" }, { "introspection.confidence", "" }, { "introspection.rounds", "" },
            { "batch_seconds", "s" }, { "tokens_per_second", "tokens/s" }, { "memory.allocated", "bytes" },
            { "memory.peak", "bytes" }, { "memory.reserved", "bytes" }, { "memory.device_used", "bytes" },
            { "memory.device_other", "bytes" }, { "memory.process", "bytes" }, { "memory.unaccounted", "bytes" },
            { "gpu.utilization", "%" }, { "gpu.temperature", "°C" }, { "gpu.power", "W" }, { "gpu.clock", "MHz" } })
        QTest::newRow(name) << name << unit;
}

void TestParameterTable::metricsByName()
{
    QFETCH(QString, name);
    QFETCH(QString, unit);
    const MetricRow* row = findMetric(name.toStdString());
    QVERIFY(row);
    QCOMPARE(QString::fromUtf8(row->unit.data(), static_cast<int>(row->unit.size())), unit);
    QCOMPARE(&metricRow(row->metric), row);
    QCOMPARE(metricTable().size(), static_cast<std::size_t>(Metric::Count));
    QCOMPARE(findMetric("Loss"), nullptr);
    QCOMPARE(metricNames().at(static_cast<std::size_t>(row->metric)), name.toStdString());
    QCOMPARE(metricNames().at(static_cast<std::size_t>(routerMetric(11, 3))), std::string("router.11.expert.3"));
    QVERIFY(findMetric("router.11.expert.3"));
}

void TestParameterTable::describe_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << "a.yaml" << 3 << 5 << "a.yaml:3:5: Wrong.";
    QTest::newRow("no column") << "a.yaml" << 3 << 0 << "a.yaml:3: Wrong.";
    QTest::newRow("file") << "a.yaml" << 0 << 0 << "a.yaml: Wrong.";
    QTest::newRow("line") << "" << 3 << 5 << "line 3:5: Wrong.";
    QTest::newRow("nothing") << "" << 0 << 0 << "Wrong.";
}

void TestParameterTable::describe()
{
    QFETCH(QString, file);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, text);
    const Problem problem {
        .file = file.toStdString(), .line = line, .column = column, .message = message("%1.", "Wrong")
    };
    QCOMPARE(QString::fromStdString(nabiz::trainer::describe(problem)), text);
}

void TestParameterTable::remedyLineHoldsEach()
{
    const Problem plain { .message = message("a") };
    const Problem off { .message = message("b"), .remedy = Remedy { "training.use_amp", false, {} } };
    const Problem list { .severity = Severity::Note,
        .message = message("c"),
        .remedy = Remedy { "model.expert_types", std::vector<std::string> { "standard" }, {} } };
    const Problem empty { .message = message("d"), .remedy = Remedy { "language.path", std::string(), {} } };
    QCOMPARE(remedyLine({ plain }), std::string());
    QCOMPARE(remedyLine({ plain, off, list, empty, off }),
        std::string("training.use_amp=false 'model.expert_types=[standard]' language.path="));
    QVERIFY(hasErrors({ list, plain }));
    QVERIFY(!hasErrors({ list }));
}

QTEST_GUILESS_MAIN(TestParameterTable)
#include "tst_parameter_table.moc"
