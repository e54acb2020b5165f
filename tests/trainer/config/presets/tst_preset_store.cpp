// SPDX-License-Identifier: GPL-3.0-or-later
// Finding, inheriting and saving presets; what every shipped preset sets.
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <string_view>
#include <sys/stat.h>

using namespace nabiz::trainer;

namespace {

// Key, then its value in quick, t4, t4-as-run and base; "." = as in quick. t4-per-expert is t4 but for one key. One
// that does not stand here is as in the table in all of them.
constexpr const char* kDefaults[][5] = {
    { "model.vocab_size", "256", ".", ".", "." },
    { "model.d_model", "128", "384", "384", "768" },
    { "model.n_layers", "4", "6", "6", "12" },
    { "model.n_heads", "4", "6", "6", "12" },
    { "model.d_ff", "512", "1536", "1536", "3072" },
    { "model.n_experts", "2", "1", "1", "4" },
    { "model.expert_types", "[standard, language]", "[language]", "[language]", "[language, logic, spatial, causal]" },
    { "model.max_seq_len", "256", "256", "256", "512" },
    { "model.memory_size", "500", ".", ".", "10000" },
    { "model.use_memory", "false", ".", ".", "true" },
    { "model.use_introspection", "false", ".", ".", "true" },
    { "model.use_linear_attention", "false", ".", ".", "false" },
    { "model.use_multimodal", "false", ".", ".", "false" },
    { "model.dropout", "0.1", ".", ".", "." },
    { "model.init", "\"\"", ".", ".", "." },
    { "model.causal", "true", "true", "false", "true" },
    { "language.path", "\"\"", "Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B" },
    { "language.stand_in", "hidden=128,layers=2", "\"\"", "\"\"", "\"\"" },
    { "language.sharing", "shared", "shared", "shared", "shared" },
    { "language.adapters", "shared", "per_expert", "shared", "per_expert" },
    { "language.train_adapters", "true", "true", "false", "true" },
    { "language.gradient_through_llm", "false", ".", ".", "." },
    { "language.dtype", "auto", "float16", "float16", "float16" },
    { "training.batch_size", "4", ".", ".", "." },
    { "training.gradient_accumulation_steps", "1", "16", "1", "4" },
    { "training.learning_rate", "1e-3", "1e-4", "1e-4", "3e-4" },
    { "training.schedule", "cosine", "constant", "constant", "cosine" },
    { "training.warmup_steps", "30", "500", "0", "500" },
    { "training.max_steps", "400", "5000", "760", "5000" },
    { "training.sample_interval", "50", "250", "50", "250" },
    { "training.sample_prompt", "\"bir \"", ".", "\"The \"", "." },
    { "training.gradient_clip", "1", ".", ".", "." },
    { "training.optimizer", "adamw", ".", ".", "." },
    { "training.adam_beta1", "0.9", ".", ".", "." },
    { "training.adam_beta2", "0.999", ".", ".", "." },
    { "training.adam_epsilon", "1e-8", ".", ".", "." },
    { "training.weight_decay", "0.01", ".", ".", "." },
    { "training.use_amp", "false", "true", "true", "true" },
    { "training.amp_dtype", "float16", ".", ".", "." },
    { "training.use_gradient_checkpointing", "false", "true", "false", "true" },
    { "training.balance_in_loss", "true", "true", "false", "true" },
    { "training.seed", "1", ".", ".", "." },
    { "training.log_interval", "10", "25", "50", "25" },
    { "training.save_interval", "100", "250", "250", "250" },
    { "training.eval_interval", "50", "100", "0", "100" },
    { "training.eval_batches", "8", "16", "0", "16" },
    { "training.keep_checkpoints", "3", "3", "1", "3" },
    { "training.keep_best", "true", ".", ".", "." },
    { "training.stop_patience", "0", ".", ".", "." },
    { "training.stop_on_nonfinite", "20", ".", ".", "." },
    { "data.train_path", "generated:turkish", "\"\"", "generated:eight-sentences", "\"\"" },
    { "data.val_path", "\"\"", ".", ".", "." },
    { "data.split", "block", "block", "sample", "block" },
    { "data.val_fraction", "0.1", ".", ".", "." },
    { "data.encoding", "utf8", "utf8", "ord_mod_256", "utf8" },
    { "data.charset", "as_is", ".", ".", "." },
    { "data.jsonl_field", "text", ".", ".", "." },
    { "data.sampling", "window", "window", "line", "window" },
    { "data.track_folder", "\"\"", ".", ".", "." },
    { "hardware.device", "auto", ".", ".", "." },
    { "hardware.threads", "0", ".", ".", "." },
    { "hardware.max_memory_mb", "0", "12000", "12000", "12000" },
    { "hardware.ranks", "1", ".", ".", "." },
    { "hardware.rank_timeout", "120", ".", ".", "." },
    { "queue.stop_worse_than_median", "0", ".", ".", "." },
    { "queue.resume", "by_hand", ".", ".", "." },
};

std::string firstProblem(const Preset& preset)
{
    return preset.problems.empty() ? std::string() : describe(preset.problems.front());
}

} // namespace

class TestPresetStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void shippedDefaults_data();
    void shippedDefaults();
    void quickEqualsTheTable();
    void perExpertDiffersByOneKey();
    void listsShippedThenOwn();
    void findsByNameAndPath();
    void inheritsInOrder();
    void inheritedExpertsKeepTheirNumber();
    void badExtends_data();
    void badExtends();
    void badFiles_data();
    void badFiles();
    void parsesWhatIsEdited();
    void savesAndReadsBack();
    void refusesToSave_data();
    void refusesToSave();
    void freeNames();
    void userFolder();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    std::string at(const std::string& name) const
    {
        return m_folder->filePath(QString::fromStdString(name)).toStdString();
    }
    void write(const std::string& name, const QByteArray& text) const
    {
        QFile file(QString::fromStdString(at(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    PresetStore store() const { return PresetStore(m_folder->path().toStdString()); }
};

void TestPresetStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestPresetStore::shippedDefaults_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("column");
    QTest::newRow("quick") << "quick" << 1;
    QTest::newRow("t4") << "t4" << 2;
    QTest::newRow("t4-as-run") << "t4-as-run" << 3;
    QTest::newRow("base") << "base" << 4;
}

void TestPresetStore::shippedDefaults()
{
    QFETCH(QString, preset);
    QFETCH(int, column);
    const Preset loaded = PresetStore("").load(preset.toStdString());
    QCOMPARE(firstProblem(loaded), std::string());
    QVERIFY(loaded.shipped && loaded.path.empty() && !loaded.summary.empty());
    for (const auto& row : kDefaults) {
        const std::string expected = row[column] == std::string(".") ? row[1] : row[column];
        QVERIFY2(toYaml(loaded.config.value(row[0])) == expected, row[0]);
    }
    for (const Parameter& parameter : parameterTable()) {
        const bool isThere = std::ranges::any_of(
            kDefaults, [&](const auto& row) { return parameter.key == std::string_view(row[0]); });
        QVERIFY2(isThere || loaded.config.value(parameter.key) == Config().value(parameter.key),
            std::string(parameter.key).c_str());
    }
}

void TestPresetStore::quickEqualsTheTable()
{
    QVERIFY(PresetStore("").load("quick").config == Config());
}

void TestPresetStore::perExpertDiffersByOneKey()
{
    const auto found = differences(PresetStore("").load("t4").config, PresetStore("").load("t4-per-expert").config);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].key, std::string("language.sharing"));
    QVERIFY(found[0].after == Value(std::string("per_expert")));
    QCOMPARE(PresetStore("").load("t4-per-expert").document.extends(), std::string("t4"));
}

void TestPresetStore::listsShippedThenOwn()
{
    write("zeta.yaml", "extends: quick\nsummary: Mine\n");
    write("alpha.yaml", "training: 5\n");
    write("notes.txt", "no preset");
    QStringList names;
    for (const Preset& preset : store().list())
        names += QString::fromStdString(preset.name);
    QCOMPARE(names, QStringList({ "quick", "t4", "t4-as-run", "t4-per-expert", "base", "alpha", "zeta" }));
    QCOMPARE(store().list()[6].summary, std::string("Mine"));
    QVERIFY(hasErrors(store().list()[5].problems));
    QCOMPARE(PresetStore("").list().size(), std::size_t(5));
    QCOMPARE(PresetStore("/nowhere/at/all").list().size(), std::size_t(5));
}

void TestPresetStore::findsByNameAndPath()
{
    write("own.yaml", "extends: t4\ntraining:\n  seed: 9\n");
    for (const std::string& name : { std::string("own"), at("own.yaml") }) {
        const Preset preset = store().load(name);
        QCOMPARE(firstProblem(preset), std::string());
        QCOMPARE(preset.name, std::string("own"));
        QCOMPARE(preset.path.string(), at("own.yaml"));
        QVERIFY(!preset.shipped);
        QCOMPARE(preset.config.integer("training.seed"), std::int64_t(9));
        QCOMPARE(preset.config.integer("model.d_model"), std::int64_t(384));
    }
    QCOMPARE(firstProblem(store().load("owm")), std::string("owm: There is no preset owm; is own meant?"));
    QVERIFY(firstProblem(store().load("entirely-else")).find("There is no preset entirely-else") != std::string::npos);
    QVERIFY(firstProblem(store().load("")).find("There is no preset") != std::string::npos);
}

void TestPresetStore::inheritsInOrder()
{
    write("a.yaml", "extends: t4\ntraining:\n  seed: 2\n  max_steps: 7\n");
    write("b.yaml", "extends: a\ntraining:\n  seed: 3\n");
    const Preset preset = store().load("b");
    QCOMPARE(firstProblem(preset), std::string());
    QCOMPARE(preset.config.integer("training.seed"), std::int64_t(3));
    QCOMPARE(preset.config.integer("training.max_steps"), std::int64_t(7));
    QCOMPARE(preset.config.real("training.learning_rate"), 1e-4);
    // Beside the file too, wherever that lies.
    const Preset beside = PresetStore("").load(at("b.yaml"));
    QCOMPARE(firstProblem(beside), std::string());
    QVERIFY(beside.config == preset.config);
    // What is wrong below is told above, with its own file.
    write("a.yaml", "extends: t4\ntraining:\n  sede: 2\n");
    const Preset broken = store().load("b");
    QCOMPARE(broken.problems.size(), std::size_t(1));
    QCOMPARE(broken.problems[0].file, at("a.yaml"));
    QCOMPARE(broken.problems[0].line, 3);
}

void TestPresetStore::inheritedExpertsKeepTheirNumber()
{
    write("a.yaml", "extends: t4\nmodel:\n  expert_types: [standard, language, standard]\n");
    QCOMPARE(store().load("a").config.integer("model.n_experts"), std::int64_t(3));
}

void TestPresetStore::badExtends_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QString>("problem"); // of a, with %1 for the folder
    QTest::newRow("itself") << QByteArray("summary: x\nextends: a\n") << QByteArray("")
                            << "%1/a.yaml:2:1: extends: a leads back";
    QTest::newRow("circle") << QByteArray("extends: b\n") << QByteArray("extends: a\n")
                            << "%1/b.yaml:1:1: extends: a leads back";
    QTest::newRow("near") << QByteArray("extends: quik\n") << QByteArray("")
                          << "%1/a.yaml:1:1: There is no preset quik to "
                             "extend; is quick meant?";
    QTest::newRow("far") << QByteArray("extends: entirely-else\n") << QByteArray("")
                         << "%1/a.yaml:1:1: There is no preset entirely-else to extend.";
    QTest::newRow("a path") << QByteArray("extends: ../a\n") << QByteArray("")
                            << "%1/a.yaml:1:1: There is no preset ../a to ";
    QTest::newRow("empty base") << QByteArray("extends: b\n") << QByteArray("")
                                << "%1/b.yaml:1:1: The preset is empty.";
}

void TestPresetStore::badExtends()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QString, problem);
    write("a.yaml", a);
    write("b.yaml", b);
    const std::string found = firstProblem(store().load("a"));
    QVERIFY2(QString::fromStdString(found).startsWith(problem.arg(m_folder->path())), found.c_str());
}

void TestPresetStore::badFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("problem");
    QTest::newRow("missing") << "none.yaml" << "There is no file";
    QTest::newRow("folder") << "folder" << "is a folder";
    QTest::newRow("named pipe") << "pipe" << "is not a plain file";
    QTest::newRow("device") << "/dev/zero" << "is not a plain file";
    QTest::newRow("link to itself") << "loop.yaml" << "cannot be read";
    QTest::newRow("too large") << "large.yaml" << "larger than 1 MB";
    QTest::newRow("below a file") << "large.yaml/x.yaml" << "cannot be read";
    QTest::newRow("no permission") << "locked.yaml" << "cannot be read";
}

void TestPresetStore::badFiles()
{
    QFETCH(QString, path);
    QFETCH(QString, problem);
    QVERIFY(QDir(m_folder->path()).mkdir("folder"));
    QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
    QVERIFY(QFile::link(m_folder->filePath("loop.yaml"), m_folder->filePath("loop.yaml")));
    write("large.yaml", QByteArray("# 12345\n").repeated(200'000));
    write("locked.yaml", "extends: quick\n");
    QVERIFY(QFile::setPermissions(m_folder->filePath("locked.yaml"), {}));
    if (path == "locked.yaml" && QFile(m_folder->filePath(path)).open(QIODevice::ReadOnly))
        QSKIP("this user may read everything");
    const std::string name = path.startsWith('/') ? path.toStdString() : at(path.toStdString());
    const Preset preset = store().load(name);
    QVERIFY2(firstProblem(preset).find(problem.toStdString()) != std::string::npos, firstProblem(preset).c_str());
    QVERIFY(firstProblem(preset).starts_with(name));
}

void TestPresetStore::parsesWhatIsEdited()
{
    write("base-of-mine.yaml", "extends: t4\n");
    const Preset preset = store().parse("extends: base-of-mine\ntraining:\n  seed: 5\n", at("new.yaml"));
    QCOMPARE(firstProblem(preset), std::string());
    QCOMPARE(preset.name, std::string("new"));
    QCOMPARE(preset.config.integer("training.seed"), std::int64_t(5));
    QCOMPARE(preset.config.integer("model.d_model"), std::int64_t(384));
}

void TestPresetStore::savesAndReadsBack()
{
    const PresetStore fresh(at("deep/er"));
    const std::string text = "\xEF\xBB\xBF# ğ\r\nextends: quick\r\n";
    const auto path = fresh.save("mine", text);
    QCOMPARE(path.string(), at("deep/er/mine.yaml"));
    const Preset read = fresh.load("mine");
    QCOMPARE(read.document.text(), text);
    QCOMPARE(firstProblem(read), std::string());
    fresh.save("mine", "extends: t4\n");
    QCOMPARE(fresh.load("mine").document.text(), std::string("extends: t4\n"));
    QCOMPARE(QDir(QString::fromStdString(at("deep/er"))).entryList(QDir::Files), QStringList("mine.yaml"));
}

void TestPresetStore::refusesToSave_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("kind");
    const int input = static_cast<int>(TrainErrorKind::BadInput);
    const int io = static_cast<int>(TrainErrorKind::Io);
    QTest::newRow("shipped") << "quick" << "own" << input;
    QTest::newRow("empty") << "" << "own" << input;
    QTest::newRow("path") << "a/b" << "own" << input;
    QTest::newRow("above") << ".." << "own" << input;
    QTest::newRow("hidden") << ".x" << "own" << input;
    QTest::newRow("no folder") << "x" << "" << io;
    QTest::newRow("folder is a file") << "x" << "file" << io;
    QTest::newRow("name too long") << QString(300, 'x') << "own" << io;
}

void TestPresetStore::refusesToSave()
{
    QFETCH(QString, name);
    QFETCH(QString, folder);
    QFETCH(int, kind);
    write("file", "x");
    const PresetStore target(folder.isEmpty() ? std::string() : at(folder.toStdString()));
    try {
        target.save(name.toStdString(), "extends: quick\n");
        QFAIL("it was saved");
    } catch (const TrainError& error) {
        QCOMPARE(static_cast<int>(error.kind()), kind);
        QVERIFY(QString(error.what()).size() > 20);
    }
    QCOMPARE(QFile(m_folder->filePath("file")).size(), qint64(1));
}

void TestPresetStore::freeNames()
{
    QCOMPARE(store().freeName("quick"), std::string("quick-2"));
    write("quick-2.yaml", "extends: quick\n");
    QCOMPARE(store().freeName("quick"), std::string("quick-3"));
    QCOMPARE(store().freeName("quick-2"), std::string("quick-3"));
    QCOMPARE(store().freeName("t4-as-run"), std::string("t4-as-run-2"));
    QCOMPARE(PresetStore("").freeName("quick"), std::string("quick-2"));
}

void TestPresetStore::userFolder()
{
    const QByteArray config = qgetenv("XDG_CONFIG_HOME");
    const QByteArray home = qgetenv("HOME");
    qputenv("XDG_CONFIG_HOME", "/x");
    QCOMPARE(PresetStore::defaultUserFolder().string(), std::string("/x/nabiz/presets"));
    qputenv("XDG_CONFIG_HOME", "relative");
    qputenv("HOME", "/h");
    QCOMPARE(PresetStore::defaultUserFolder().string(), std::string("/h/.config/nabiz/presets"));
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("HOME");
    QCOMPARE(PresetStore::defaultUserFolder().string(), std::string());
    qputenv("XDG_CONFIG_HOME", config);
    qputenv("HOME", home);
}

QTEST_GUILESS_MAIN(TestPresetStore)
#include "tst_preset_store.moc"
