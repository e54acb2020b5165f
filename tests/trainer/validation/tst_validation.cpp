// SPDX-License-Identifier: GPL-3.0-or-later
// Why a configuration cannot start, and what mends it: on a machine without a GPU, with a T4, with an H100.
#include "trainer/config/parameters/stand_in.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/memory/hardware.h"
#include "trainer/memory/visible_devices.h"
#include "trainer/validation/validation.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>
#include <sys/stat.h>

using namespace nabiz::trainer;

namespace {

const Machine kCpu { .cudaDevices = 0, .computeCapability = 0, .cores = 2 };
const Machine kT4 { .cudaDevices = 1, .computeCapability = 75, .cores = 8 };
const Machine kH100 { .cudaDevices = 2, .computeCapability = 90, .cores = 16 };

Machine machineOf(const QString& name)
{
    return name == "T4" ? kT4 : name == "H100" ? kH100 : kCpu;
}

void apply(Config& config, const QString& overrides)
{
    for (const QString& text : overrides.split(' ', Qt::SkipEmptyParts)) {
        const Override setting = parseOverride(text.toStdString());
        QVERIFY2(!setting.problem, qPrintable(text));
        config.set(setting.key, setting.value);
    }
}

QString errorsOf(const std::vector<Problem>& problems)
{
    QStringList lines;
    for (const Problem& problem : problems)
        lines += QString(problem.severity == Severity::Error ? "error " : "note ")
            + QString::fromStdString(problem.key + ": " + describe(problem));
    return lines.join('\n');
}

} // namespace

class TestValidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quickStartsEverywhere();
    void remediesMendEveryPreset_data();
    void remediesMendEveryPreset();
    void supported_data();
    void supported();
    void refused_data();
    void refused();
    void notes_data();
    void notes();
    void eachRowsRange();
    void standIns_data();
    void standIns();
    void badStandIns_data();
    void badStandIns();
    void data_data();
    void data();
    void initialWeights_data();
    void initialWeights();
    void visibleDevices_data();
    void visibleDevices();
    void probesThisMachine();
};

void TestValidation::quickStartsEverywhere()
{
    for (const Machine& machine : { kCpu, kT4, kH100, Machine {} })
        QCOMPARE(errorsOf(validate(Config(), machine)), QString());
    QCOMPARE(errorsOf(validateData(Config())), QString());
}

void TestValidation::remediesMendEveryPreset_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("machine");
    for (const char* preset : { "quick", "t4", "t4-as-run", "t4-per-expert", "base" }) {
        for (const char* machine : { "CPU", "T4", "H100" })
            QTest::addRow("%s on %s", preset, machine) << preset << machine;
    }
}

void TestValidation::remediesMendEveryPreset()
{
    QFETCH(QString, preset);
    QFETCH(QString, machine);
    const Config before = PresetStore("").load(preset.toStdString()).config;
    std::vector<Problem> problems = validate(before, machineOf(machine));
    for (Problem& problem : validateData(before))
        problems.push_back(std::move(problem));
    QCOMPARE(hasErrors(problems), preset != "quick");
    Config byButtons = before;
    for (const Problem& problem : problems) {
        QVERIFY2(problem.severity == Severity::Note || problem.remedy, describe(problem).c_str());
        if (problem.remedy) {
            QVERIFY(!problem.remedy->label.empty());
            byButtons.set(problem.remedy->key, problem.remedy->value);
        }
    }
    QVERIFY2(!hasErrors(validate(byButtons, machineOf(machine))),
        qPrintable(errorsOf(validate(byButtons, machineOf(machine)))));
    QVERIFY(!hasErrors(validateData(byButtons)));
    // The same by the one line; none of these words holds a blank, so quotes can be taken away.
    Config byLine = before;
    apply(byLine, QString::fromStdString(remedyLine(problems)).remove('\''));
    QVERIFY(byLine == byButtons);
}

void TestValidation::supported_data()
{
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<QString>("machine");
    for (const char* text :
        { "language.gradient_through_llm=true", "language.sharing=per_expert", "language.adapters=per_expert",
            "language.train_adapters=false", "model.causal=false", "model.expert_types=[standard]",
            "model.expert_types=[standard] language.stand_in=", "data.split=sample", "data.encoding=ord_mod_256",
            "data.sampling=line", "language.dtype=float32", "hardware.device=cpu", "language.stand_in=qwen3-0.6b",
            "data.val_fraction=0 training.eval_interval=0", "data.val_fraction=0 data.val_path=generated:turkish",
            "training.balance_in_loss=false", "model.max_seq_len=8192", "language.dtype=float16",
            "language.dtype=bfloat16", "language.dtype=int8", "language.path=/weights language.stand_in=" })
        QTest::newRow(text) << text << "CPU";
    QTest::newRow("cuda") << "hardware.device=cuda" << "T4";
    QTest::newRow("cuda:1") << "hardware.device=cuda:1" << "H100";
    QTest::newRow("float16 weights") << "language.dtype=float16" << "T4";
    QTest::newRow("bfloat16 weights") << "language.dtype=bfloat16" << "H100";
}

void TestValidation::supported()
{
    QFETCH(QString, overrides);
    QFETCH(QString, machine);
    Config config;
    apply(config, overrides);
    QCOMPARE(errorsOf(validate(config, machineOf(machine))), QString());
}

void TestValidation::refused_data()
{
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<QString>("machine");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("remedy");
    const auto row
        = [](const char* overrides, const char* machine, const char* key, const char* sentence, const char* remedy) {
              QTest::addRow("%s on %s", overrides, machine) << overrides << machine << key << sentence << remedy;
          };
    row("model.n_heads=3", "CPU", "model.n_heads", "must divide", "model.n_heads=2");
    row("model.n_heads=1000", "CPU", "model.n_heads", "must divide", "model.n_heads=128");
    row("model.n_experts=3", "CPU", "model.n_experts", "names 2", "model.n_experts=2");
    row("hardware.device=gpu", "CPU", "hardware.device", "takes auto, cpu, cuda", "hardware.device=auto");
    row("hardware.device=cuda:x", "T4", "hardware.device", "takes auto, cpu, cuda", "hardware.device=auto");
    row("hardware.device=cuda", "CPU", "hardware.device", "no CUDA device", "hardware.device=cpu");
    row("hardware.device=cuda:1", "T4", "hardware.device", "last CUDA device is cuda:0", "hardware.device=cuda");
    row("language.stand_in=", "CPU", "language.path", "no language weights", "language.stand_in=hidden=128,layers=2");
    row("language.stand_in=qwen", "CPU", "language.stand_in", "neither", "language.stand_in=hidden=128,layers=2");
    row("language.dtype=bfloat16", "T4", "language.dtype", "8.0 or later; this one has 7.5", "language.dtype=float16");
    row("training.use_amp=true", "CPU", "training.use_amp", "needs CUDA", "training.use_amp=false");
    row("training.use_amp=true hardware.device=cpu", "T4", "training.use_amp", "needs CUDA", "training.use_amp=false");
    row("model.use_multimodal=true", "CPU", "model.use_multimodal", "text alone", "model.use_multimodal=false");
    row("data.train_path=", "CPU", "data.train_path", "no text to train on", "data.train_path=generated:turkish");
    row("data.val_fraction=0", "CPU", "training.eval_interval", "nothing to evaluate on", "training.eval_interval=0");
}

void TestValidation::refused()
{
    QFETCH(QString, overrides);
    QFETCH(QString, machine);
    QFETCH(QString, key);
    QFETCH(QString, sentence);
    QFETCH(QString, remedy);
    Config config;
    apply(config, overrides);
    const auto problems = validate(config, machineOf(machine));
    QVERIFY2(problems.size() == 1, qPrintable(errorsOf(problems)));
    QCOMPARE(QString::fromStdString(problems[0].key), key);
    QVERIFY2(QString::fromStdString(problems[0].message.english()).contains(sentence),
        problems[0].message.english().c_str());
    QCOMPARE(QString::fromStdString(remedyLine(problems)), remedy);
    config.set(problems[0].remedy->key, problems[0].remedy->value);
    QCOMPARE(errorsOf(validate(config, machineOf(machine))), QString());
}

void TestValidation::notes_data()
{
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<QString>("key");
    QTest::newRow("warm-up") << "training.warmup_steps=400" << "training.warmup_steps";
    QTest::newRow("threads") << "hardware.threads=3" << "hardware.threads";
}

void TestValidation::notes()
{
    QFETCH(QString, overrides);
    QFETCH(QString, key);
    Config config;
    apply(config, overrides);
    const auto problems = validate(config, kCpu);
    QVERIFY2(problems.size() == 1, qPrintable(errorsOf(problems)));
    QVERIFY(problems[0].severity == Severity::Note && !problems[0].remedy);
    QCOMPARE(QString::fromStdString(problems[0].key), key);
    // Two hundred steps of warm-up in four hundred are a choice, and one of none is no warm-up.
    Config fine;
    apply(fine, "training.warmup_steps=399 hardware.threads=2");
    QCOMPARE(errorsOf(validate(fine, kCpu)), QString());
}

void TestValidation::eachRowsRange()
{
    for (const Parameter& row : parameterTable()) {
        std::vector<Value> wrong;
        const bool whole = typeOf(row.defaultValue) == ValueType::Integer;
        const bool real = typeOf(row.defaultValue) == ValueType::Real;
        if (whole || real) {
            const auto number
                = [&](double value) { return whole ? Value(static_cast<std::int64_t>(value)) : Value(value); };
            if (std::isfinite(row.minimum))
                wrong.push_back(number(row.minimumExcluded ? row.minimum : row.minimum - 1));
            if (std::isfinite(row.maximum))
                wrong.push_back(number(row.maximumExcluded ? row.maximum : row.maximum + 1));
            if (real)
                wrong.emplace_back(std::nan(""));
            if (real)
                wrong.emplace_back(std::numeric_limits<double>::infinity());
        } else if (!row.choices.empty() && typeOf(row.defaultValue) == ValueType::Text) {
            wrong.emplace_back(std::string("else"));
        } else if (typeOf(row.defaultValue) == ValueType::List) {
            wrong.emplace_back(std::vector<std::string> {});
            wrong.emplace_back(std::vector<std::string>(9, "standard"));
            wrong.emplace_back(std::vector<std::string> { "else" });
        }
        for (const Value& value : wrong) {
            Config config;
            config.set(row.key, value);
            const auto problems = validate(config, kCpu);
            const auto told = std::find_if(problems.begin(), problems.end(), [&](const Problem& problem) {
                return problem.severity == Severity::Error && problem.key == row.key && problem.remedy;
            });
            QVERIFY2(told != problems.end(), (std::string(row.key) + ' ' + toYaml(value)).c_str());
        }
    }
}

void TestValidation::standIns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("shape"); // hidden, layers, heads, kv_heads, head_dim, intermediate
    QTest::newRow("qwen") << "qwen3-0.6b" << QList<int> { 1024, 28, 16, 8, 128, 3072 };
    QTest::newRow("quick") << "hidden=128,layers=2" << QList<int> { 128, 2, 2, 1, 64, 384 };
    QTest::newRow("at least two heads") << "hidden=32,layers=1" << QList<int> { 32, 1, 2, 1, 64, 96 };
    QTest::newRow("hidden/64 heads") << "hidden=512,layers=4" << QList<int> { 512, 4, 8, 4, 64, 1536 };
    QTest::newRow("odd number of heads") << "hidden=320,layers=4" << QList<int> { 320, 4, 5, 1, 64, 960 };
    QTest::newRow("blanks") << " layers = 4 , hidden = 64 " << QList<int> { 64, 4, 2, 1, 64, 192 };
    QTest::newRow("all") << "hidden=64,layers=3,heads=6,kv_heads=3,head_dim=16,intermediate=100"
                         << QList<int> { 64, 3, 6, 3, 16, 100 };
}

void TestValidation::standIns()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, shape);
    const auto parsed = parseStandIn(text.toStdString());
    QVERIFY(std::holds_alternative<StandIn>(parsed));
    const StandIn& found = std::get<StandIn>(parsed);
    const QList<int> numbers { int(found.hidden), int(found.layers), int(found.heads), int(found.kvHeads),
        int(found.headDim), int(found.intermediate) };
    QCOMPARE(numbers, shape);
}

void TestValidation::badStandIns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* text, const char* why) { QTest::newRow(text) << text << why; };
    row("", "neither qwen3-0.6b nor sizes");
    row("qwen", "neither qwen3-0.6b nor sizes");
    row("hidden=128", "needs hidden and layers");
    row("hidden=128,layers=2,", "neither");
    row("hidden=128,layer=2", "is layers meant?");
    row("hidden=128,layers=2,layers=3", "given twice");
    row("hidden=128,layers=0", "from 1 to");
    row("hidden=-1,layers=2", "from 1 to");
    row("hidden=1e3,layers=2", "from 1 to");
    row("hidden=99999999999999999999,layers=2", "from 1 to");
    row("hidden=128,layers=2,heads=4,kv_heads=3", "must divide its heads (4)");
    row("hidden=128,layers=2,head_dim=7", "must be even");
    row("hidden=128,layers=2000", "at most 1000");
    row("hidden,layers=2", "from 1 to");
}

void TestValidation::badStandIns()
{
    QFETCH(QString, text);
    QFETCH(QString, why);
    const auto parsed = parseStandIn(text.toStdString());
    QVERIFY(std::holds_alternative<Message>(parsed));
    QVERIFY2(QString::fromStdString(std::get<Message>(parsed).english()).contains(why),
        std::get<Message>(parsed).english().c_str());
}

void TestValidation::data_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("why"); // empty = fine
    QTest::newRow("generated") << "generated:eight-sentences" << "";
    QTest::newRow("generated, unknown") << "generated:turkisch" << "not known: 'generated:turkisch'";
    QTest::newRow("missing") << "none" << "there is no file or folder";
    QTest::newRow("empty file") << "empty.txt" << "is empty";
    QTest::newRow("too small") << "small.txt" << "has 255 bytes, fewer than one sample of 256";
    QTest::newRow("just enough") << "enough.txt" << "";
    QTest::newRow("any name") << "text.dat" << "";
    QTest::newRow("packed manual page") << "manual" << "";
    QTest::newRow("damaged gzip") << "damaged.gz" << "damaged";
    QTest::newRow("folder without text") << "notext" << "holds no .txt, .gz, .jsonl or .md file";
    QTest::newRow("folder that holds itself") << "circle" << "";
    QTest::newRow("folder of many small files") << "many" << "";
    QTest::newRow("link to itself") << "loop" << "cannot be read";
    QTest::newRow("below a file") << "small.txt/a" << "data.train_path";
    QTest::newRow("device") << "/dev/zero" << "neither a file nor a folder";
    QTest::newRow("pipe") << "pipe" << "neither a file nor a folder";
    QTest::newRow("no permission") << "locked.txt" << "cannot be read";
}

void TestValidation::data()
{
    QFETCH(QString, path);
    QFETCH(QString, why);
    QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& text) {
        QVERIFY(QDir(folder.path()).mkpath(QFileInfo(name).path()));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    write("empty.txt", "");
    write("small.txt", QByteArray(255, 'a'));
    write("enough.txt", QByteArray(256, 'a'));
    write("text.dat", QByteArray(300, '\xff'));
    write("notext/a.pdf", QByteArray(300, 'a'));
    write("circle/a.txt", QByteArray(300, 'a'));
    QVERIFY(QFile::link(folder.filePath("circle"), folder.filePath("circle/again")));
    for (int i = 0; i < 30; ++i)
        write(QString("many/%1/a.txt").arg(i), QByteArray(10, 'a'));
    // 2000 letters a, packed.
    write("manual/man1/x.1.gz", QByteArray::fromBase64("H4sIAAAAAAACA0tMHAWjYBSMglEwCkbBUAcAOT4TqNAHAAA="));
    write("damaged.gz", QByteArray::fromHex("1f8b0800000000000203") + "xxxxxxxx");
    QVERIFY(QFile::link(folder.filePath("loop"), folder.filePath("loop")));
    QCOMPARE(::mkfifo(folder.filePath("pipe").toStdString().c_str(), 0600), 0);
    write("locked.txt", QByteArray(300, 'a'));
    QVERIFY(QFile::setPermissions(folder.filePath("locked.txt"), {}));
    if (path == "locked.txt" && QFile(folder.filePath(path)).open(QIODevice::ReadOnly))
        QSKIP("this user may read everything");

    const bool elsewhere = path.startsWith('/') || path.startsWith("generated:");
    const std::string full = (elsewhere ? path : folder.filePath(path)).toStdString();
    for (const char* key : { "data.train_path", "data.val_path" }) {
        Config config;
        config.set(key, full);
        const auto problems = validateData(config);
        QVERIFY2(problems.size() == (why.isEmpty() ? 0U : 1U), qPrintable(errorsOf(problems)));
        if (why.isEmpty())
            continue;
        const QString sentence = QString::fromStdString(problems[0].message.english());
        QVERIFY2(sentence.contains(key == std::string("data.val_path") ? QString(why).replace("train", "val") : why),
            qPrintable(sentence));
        QCOMPARE(problems[0].key, std::string(key));
        QVERIFY(problems[0].severity == Severity::Error && problems[0].remedy);
        config.set(key, problems[0].remedy->value);
        QCOMPARE(errorsOf(validateData(config)), QString());
    }
}

void TestValidation::initialWeights_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("why"); // empty = fine
    QTest::newRow("none given") << "" << "";
    QTest::newRow("whole") << "whole" << "";
    QTest::newRow("missing") << "none" << "none cannot be read: No such file";
    QTest::newRow("folder") << "." << "it is no regular file";
    QTest::newRow("pipe") << "pipe" << "it is no regular file";
    QTest::newRow("empty file") << "empty" << "empty is no safetensors file: it has 0 bytes";
    QTest::newRow("text") << "text" << "text is no safetensors file";
    QTest::newRow("cut short") << "cut" << "cut: the tensor a";
    QTest::newRow("no permission") << "locked" << "locked cannot be read: Permission denied";
}

void TestValidation::initialWeights()
{
    QFETCH(QString, path);
    QFETCH(QString, why);
    QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    const QByteArray header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
    const QByteArray length = QByteArray(1, static_cast<char>(header.size())) + QByteArray(7, '\0');
    const QByteArray whole = length + header + QByteArray(8, '\1');
    write("whole", whole);
    write("cut", whole.chopped(1));
    write("empty", "");
    write("text", "Here are no weights, but a text.");
    write("locked", whole);
    QCOMPARE(::mkfifo(folder.filePath("pipe").toStdString().c_str(), 0600), 0);
    QVERIFY(QFile::setPermissions(folder.filePath("locked"), {}));
    if (path == "locked" && QFile(folder.filePath(path)).open(QIODevice::ReadOnly))
        QSKIP("this user may read everything");

    Config config;
    config.set("model.init", path.isEmpty() ? std::string() : folder.filePath(path).toStdString());
    const auto problems = validateData(config);
    QVERIFY2(problems.size() == (why.isEmpty() ? 0U : 1U), qPrintable(errorsOf(problems)));
    if (why.isEmpty())
        return;
    QVERIFY2(
        QString::fromStdString(problems[0].message.english()).contains(why), problems[0].message.english().c_str());
    QCOMPARE(problems[0].key, std::string("model.init"));
    QVERIFY(problems[0].severity == Severity::Error && problems[0].remedy);
    QCOMPARE(problems[0].remedy->key, std::string("model.init"));
    config.set("model.init", problems[0].remedy->value);
    QCOMPARE(errorsOf(validateData(config)), QString());
}

void TestValidation::visibleDevices_data()
{
    QTest::addColumn<QString>("variable"); // "-" = not set
    QTest::addColumn<QList<int>>("visible");
    const QList<int> none;
    QTest::newRow("not set") << "-" << QList<int> { 0, 1, 2 };
    QTest::newRow("empty") << "" << none;
    QTest::newRow("none") << "-1" << none;
    QTest::newRow("one") << "1" << QList<int> { 1 };
    QTest::newRow("order") << "2, 0" << QList<int> { 2, 0 };
    QTest::newRow("unknown hides the rest") << "1,7,0" << QList<int> { 1 };
    QTest::newRow("by name") << "GPU-bb" << QList<int> { 1 };
    QTest::newRow("word") << "NoDevFiles" << none;
}

void TestValidation::visibleDevices()
{
    QFETCH(QString, variable);
    QFETCH(QList<int>, visible);
    const QByteArray text = variable.toUtf8();
    const auto found = nabiz::trainer::visibleDevices(
        variable == "-" ? nullptr : text.constData(), { "GPU-aa", "GPU-bb", "GPU-cc" });
    QList<int> indices;
    for (const std::size_t index : found)
        indices += static_cast<int>(index);
    QCOMPARE(indices, visible);
}

void TestValidation::probesThisMachine()
{
    const Machine machine = probeMachine();
    QVERIFY(machine.cores >= 1);
    QCOMPARE(machine.cudaDevices, static_cast<int>(visibleGpus().size()));
    const ProcessMemory memory;
    const std::int64_t before = memory.residentBytes();
    QVERIFY(before > 1'000'000);
    constexpr std::size_t size = 64 * 1024 * 1024;
    std::vector<char> block(size, 'x');
    QVERIFY(memory.residentBytes() >= before + static_cast<std::int64_t>(size) / 2);
    QCOMPARE(block.back(), 'x');
    QVERIFY(availableMemory() > 0 && availableMemory() <= totalMemory());
    const GpuMonitor none(1000);
    QVERIFY(!none.available());
    QVERIFY(!none.read().utilization && !none.read().usedBytes && none.read().throttle.empty());
    if (machine.cudaDevices == 0)
        QSKIP("no GPU: its state cannot be read");
    const GpuState state = GpuMonitor(0).read();
    QVERIFY(state.usedBytes && *state.usedBytes > 0 && *state.usedBytes <= *state.totalBytes);
    QVERIFY(machine.computeCapability >= 30);
    QVERIFY(state.temperature && *state.temperature > 0 && *state.temperature < 120);
}

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
