// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken out of published pages, and what is left: numbers as people write them, lists, tables, CSV, settings,
// memory.
#include "app/interchange/page_number.h"
#include "app/interchange/reference_run.h"
#include "app/interchange/reported_run.h"
#include "storage/run_store.h"
#include "trainer/base/value.h"

#include <QtTest>

#include <cmath>

using namespace nabiz;
using namespace nabiz::app;

using Points = std::map<std::int64_t, double>;
Q_DECLARE_METATYPE(Points)

namespace {

Points lossOf(const PublishedPage& page)
{
    Points points;
    for (const auto& point : page.points) {
        if (point.metric == "loss")
            points[point.batch] = point.value;
    }
    return points;
}

std::map<std::string, std::string> settingsOf(const PublishedPage& page)
{
    std::map<std::string, std::string> settings;
    for (const auto& setting : page.settings)
        settings[setting.key] = setting.value;
    return settings;
}

const Points kReported { { 0, 6.3347 }, { 50, 0.2715 }, { 100, 0.0078 }, { 250, 0.0021 }, { 500, 0.0007 },
    { 750, 0.0004 } };

} // namespace

class PublishedPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ownReportReadsBack();
    void ownFoldEndsAPersonsWords();
    void ownReportOfSeveralIsNobodys();
    void settingKeepsItsCommas();
    void numbers_data();
    void numbers();
    void wholeNumbers();
    void points_data();
    void points();
    void severalMetrics();
    void leavesWhatIsNoPoint_data();
    void leavesWhatIsNoPoint();
    void saysWhyNot_data();
    void saysWhyNot();
    void settings();
    void settingsOfATable();
    void memory_data();
    void memory();
    void sections();
    void refusesWhatIsNoPage_data();
    void refusesWhatIsNoPage();
    void reportedRunIsWhole();
    void isKeptAsAReference();
    void longPage();
    void anyBytesAreReadToTheEnd();
};

void PublishedPageTest::numbers_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value"); // NaN = nothing
    const double none = std::nan("");
    const auto row = [](const char* name, const char* page, const char* text, double value) {
        QTest::newRow(name) << QByteArray(page) << QByteArray(text) << value;
    };
    row("point", "", "0.2715", 0.2715);
    row("comma", "", "0,2715", 0.2715);
    row("exponent", "", "1e-4", 1e-4);
    row("comma and exponent", "", "1,5e-4", 1.5e-4);
    row("minus sign", "",
        "\xE2\x88\x92"
        "3.5",
        -3.5);
    row("both, English", "", "1,234.5", 1234.5);
    row("both, Turkish", "", "1.234,5", 1234.5);
    row("groups", "", "12,345,678", 12345678);
    row("two decimals of zero", "", "0,271", 0.271);
    row("three digits behind a point", "", "6.335", 6.335);
    row("three digits behind a point on a Turkish page", "kayip 0,27", "6.335", 6335);
    row("three digits behind a comma", "", "6,335", none);
    row("three digits behind a comma on a Turkish page", "kayip 0,27", "6,335", 6.335);
    row("three digits behind a comma on an English page", "loss 0.27", "6,335", 6335);
    row("three digits on a page of both", "0.27 and 0,28", "6,335", none);
    row("beside a version", "0.27, version 9.8.7", "1.200", 1.2);
    row("no groups", "", "12,34,5", none);
    row("word", "", "high", none);
    row("number and word", "", "3x", none);
}

void PublishedPageTest::numbers()
{
    QFETCH(QByteArray, page);
    QFETCH(QByteArray, text);
    QFETCH(double, value);
    const auto read = PageNumbers::of(page.toStdString()).read(text.toStdString());
    QCOMPARE(read.has_value(), !std::isnan(value));
    if (read)
        QCOMPARE(*read, value);
}

void PublishedPageTest::wholeNumbers()
{
    const PageNumbers plain, turkish(PageNumbers::Style::Comma), english(PageNumbers::Style::Point);
    QCOMPARE(plain.readWhole("750"), std::optional<std::int64_t>(750));
    QCOMPARE(turkish.readWhole("1.000"), std::optional<std::int64_t>(1000));
    QCOMPARE(english.readWhole("12,000"), std::optional<std::int64_t>(12000));
    for (const char* text : { "1.000", "1,000", "-5", "1.5", "1e3", "", "x", "99999999999999999999" })
        QVERIFY2(!plain.readWhole(text), text);
}

void PublishedPageTest::points_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<Points>("points");
    const auto row = [](const char* name, const char* page, const Points& points = kReported) {
        QTest::newRow(name) << QByteArray(page) << points;
    };
    row("bold",
        "* **Batch 0:** `6.3347`\n* **Batch 50:** `0.2715`\n* **Batch 100:** `0.0078`\n* **Batch 250:** `0.0021`\n"
        "* **Batch 500:** `0.0007`\n* **Batch 750:** `0.0004`\n");
    row("in one line",
        "loss by batch:\n  0: 6.3347 · 50: 0.2715 · 100: 0.0078 · 250: 0.0021 · 500: 0.0007 · 750: 0.0004.");
    row("commas between", "Losses: 0: 6.3347, 50: 0.2715, 100: 0.0078, 250: 0.0021, 500: 0.0007, 750: 0.0004");
    row("Turkish",
        "Batch 0: kayıp 6,3347\nBatch 50: kayıp 0,2715\nBatch 100: 0,0078\n- Adım 250 → 0,0021\nadım 500 - kayıp: 0,0007\n"
        "Batch 750 = 0,0004\n");
    row("table",
        "| batch | loss |\n|---|---|\n| 0 | 6.3347 |\n| 50 | 0.2715 |\n| 100 | 0.0078 |\n| 250 | 0.0021 |\n| 500 | 0.0007 |\n"
        "| 750 | **0.0004** |\n");
    row("table, other columns",
        "Step | lr | Training loss | note\n--- | --- | --- | ---\n0 | 1e-4 | 6.3347 | first\n50 | 1e-4 | 0.2715 | \n"
        "100 | 1e-4 | 0.0078 |\n250 | 1e-4 | 0.0021 |\n500 | 1e-4 | 0.0007 |\n750|1e-4|0.0004|\n");
    row("across",
        "| batch | 0 | 50 | 100 | 250 | 500 | 750 |\n|---|---|---|---|---|---|---|\n"
        "| loss | 6.3347 | 0.2715 | 0.0078 | 0.0021 | 0.0007 | 0.0004 |\n");
    row("CSV", "step,loss\n0,6.3347\n50,0.2715\n100,0.0078\n250,0.0021\n500,0.0007\n750,0.0004\n");
    row("CSV, semicolons, Turkish",
        "adım;kayıp\n0;6,3347\n50;0,2715\n100;0,0078\n250;0,0021\n500;0,0007\n750;0,0004\n");
    row("twice the same",
        "Batch 0: 6.3347\n0: 6.3347 · 50: 0.2715 · 100: 0.0078\n250: 0.0021 · 500: 0.0007\n750: 0.0004\n");
    row("not in order",
        "Batch 750: 0.0004\nBatch 0: 6.3347\n500: 0.0007\nstep 50/750: loss=0.2715\n100: 0.0078\n250: 0.0021\n");
    row("among other figures",
        "step 0, lr 1e-4, loss 6.3347, grad 2.5\nstep: 50 loss: 0.2715 eta: 12\nIter 100: train loss 0.0078\n"
        "it 250 loss=0.0021\n500: 0.0007\n750: 0.0004\n");
    row("thousands", "Batch 1.000: 0,5\nBatch 12.500: 0,25\n", { { 1000, 0.5 }, { 12500, 0.25 } });
    row("not finite", "Batch 3: nan\nBatch 4: 2.5\n", { { 3, std::nan("") }, { 4, 2.5 } });
}

void PublishedPageTest::points()
{
    QFETCH(QByteArray, page);
    QFETCH(Points, points);
    const auto read = readPage(page.toStdString());
    QString told;
    for (const auto& line : read.lines)
        told += QStringLiteral("%1: %2 (%3)\n")
                    .arg(line.number)
                    .arg(QString::fromStdString(line.text))
                    .arg(int(line.kind));
    const auto found = lossOf(read);
    QVERIFY2(found.size() == points.size(), qPrintable(told));
    for (const auto& [batch, value] : points) {
        QVERIFY(found.contains(batch));
        QVERIFY(found.at(batch) == value || (std::isnan(value) && std::isnan(found.at(batch))));
    }
    for (const auto& line : read.lines)
        QVERIFY2(line.kind != LineKind::NotUnderstood, qPrintable(told));
    QVERIFY(std::is_sorted(
        read.points.begin(), read.points.end(), [](const auto& a, const auto& b) { return a.batch < b.batch; }));
}

void PublishedPageTest::severalMetrics()
{
    const auto page = readPage(
        "step 50: loss 0.25, validation loss 0.5\n\n| batch | loss | val.loss | time |\n|--|--|--|--|\n| 60 | 0.2 | – | 3 |\n"
        "| 70 | 0.1 | 0.4 | 4 |\n");
    std::map<std::pair<std::int64_t, std::string>, double> found;
    for (const auto& point : page.points)
        found[{ point.batch, point.metric }] = point.value;
    const decltype(found) wanted { { { 50, "loss" }, 0.25 }, { { 50, "val.loss" }, 0.5 }, { { 60, "loss" }, 0.2 },
        { { 70, "loss" }, 0.1 }, { { 70, "val.loss" }, 0.4 } };
    QVERIFY(found == wanted);
}

void PublishedPageTest::leavesWhatIsNoPoint_data()
{
    QTest::addColumn<QByteArray>("page");
    for (const char* page : { "It began at 12:30 and ended at 14:45.", "The ratio is 1:2.", "Version 2.5",
             "3 of 4 runs ended", "From batch 300 on the loss stays within 5 % of 0.5.",
             "The lowest is 0.5, at batch 748. Memory peaked at 2.5.", "Batch 300: 12 % less",
             "batches 5 to 9 took 2.5 s", "| batch | first | second |\n|--|--|--|\n| 50 | 0.5 | 0.4 |\n",
             "| batch | 0 | 50 |\n|--|--|--|\n| a | 1.5 | 2 |\n| b | 2.5 | 3 |\n" })
        QTest::newRow(page) << QByteArray(page);
}

void PublishedPageTest::leavesWhatIsNoPoint()
{
    QFETCH(QByteArray, page);
    const auto read = readPage(page.toStdString());
    QVERIFY(read.points.empty());
    QVERIFY(std::any_of(
        read.lines.begin(), read.lines.end(), [](const auto& line) { return line.kind == LineKind::NotUnderstood; }));
}

void PublishedPageTest::saysWhyNot_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("why");
    QTest::newRow("two values") << QByteArray("Batch 5: 1.5\n\nBatch 5: 2.5\n") << 3
                                << "loss at batch 5 has another value in line 1";
    QTest::newRow("two readings") << QByteArray("Batch 5: 1,234\n") << 1
                                  << "1,234 could be a fraction or thousands, and the page does not tell which";
    QTest::newRow("two settings") << QByteArray("d_model: 384\nd_model: 128\n") << 2
                                  << "model.d_model has another value in line 1";
    QTest::newRow("no value") << QByteArray("amp_dtype: toaster\nd_model: 4\n") << 1
                              << "toaster is not a value of training.amp_dtype";
    QTest::newRow("no switch") << QByteArray("use_memory: 3 slots\nd_model: 4\n") << 1
                               << "3 slots is not a value of model.use_memory";
    QTest::newRow("prose") << QByteArray("It took 3 days.\nd_model: 4\n") << 1
                           << "no batch, setting or memory known here";
}

void PublishedPageTest::saysWhyNot()
{
    QFETCH(QByteArray, page);
    QFETCH(int, line);
    QFETCH(QString, why);
    QStringList told;
    for (const auto& one : readPage(page.toStdString()).lines) {
        if (one.kind != LineKind::NotUnderstood)
            continue;
        QCOMPARE(one.number, line);
        for (const auto& said : one.said)
            told << QString::fromStdString(said.english());
    }
    QCOMPARE(told, QStringList { why });
}

void PublishedPageTest::settings()
{
    const auto page = readPage(
        "- **Configuration.** d_model 384, n_layers 6, n_heads 6, one expert (language), max_seq_len 256; batch size 4, "
        "learning rate 0.0001,\n  gradient accumulation 16, AMP float16, gradient checkpointing; device cuda.\n"
        "Dropout: 0.1\nuse_memory: off\nWarm-up: 500\n");
    const std::map<std::string, std::string> wanted { { "model.d_model", "384" }, { "model.n_layers", "6" },
        { "model.n_heads", "6" }, { "model.expert_types", "[language]" }, { "model.max_seq_len", "256" },
        { "training.batch_size", "4" }, { "training.learning_rate", trainer::toYaml(trainer::Value(1e-4)) },
        { "training.gradient_accumulation_steps", "16" }, { "training.use_amp", "true" },
        { "training.amp_dtype", "float16" }, { "training.use_gradient_checkpointing", "true" },
        { "hardware.device", "cuda" }, { "model.dropout", "0.1" }, { "model.use_memory", "false" },
        { "training.warmup_steps", "500" } };
    const auto found = settingsOf(page);
    for (const auto& [key, value] : wanted) {
        QVERIFY2(found.contains(key), key.c_str());
        QCOMPARE(found.at(key), value);
    }
    QCOMPARE(found.size(), wanted.size());
    QVERIFY(page.points.empty() && page.memory.empty());
}

void PublishedPageTest::settingsOfATable()
{
    const auto page = readPage(
        "| setting | quick | this run | applied |\n|--|--|--|--|\n| `training.learning_rate` | `1e-3` | `3e-4` | |\n"
        "| `Steps` | 5 | 750 | 750 |\n");
    const std::map<std::string, std::string> wanted {
        { "training.learning_rate", trainer::toYaml(trainer::Value(3e-4)) }, { "training.max_steps", "750" }
    };
    QVERIFY(settingsOf(page) == wanted);
}

void PublishedPageTest::memory_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("bytes"); // 0 = none
    QTest::newRow("steady") << QByteArray("GPU memory steady at about 1.20 GB once the model was loaded") << "steady"
                            << 1.2e9;
    QTest::newRow("Turkish") << QByteArray("Bellek kullanımı 1,20 GB seviyesinde") << "steady" << 1.2e9;
    QTest::newRow("peak") << QByteArray("- **Peak memory:** `512 MiB`") << "peak" << 512 * 1048576.0;
    QTest::newRow("table") << QByteArray("| figure | value |\n|--|--|\n| memory, peak | 0.607 GB |\n") << "peak"
                           << 0.607e9;
    QTest::newRow("predicted") << QByteArray("predicted memory 2 GB") << "predicted" << 2e9;
    QTest::newRow("with the whole") << QByteArray("VRAM: 1.2 of 16 GB") << "" << 0.0;
    QTest::newRow("the whole") << QByteArray("total memory 16 GB") << "" << 0.0;
    QTest::newRow("of no memory") << QByteArray("a text of 1.2 GB") << "" << 0.0;
}

void PublishedPageTest::memory()
{
    QFETCH(QByteArray, page);
    QFETCH(QString, kind);
    QFETCH(double, bytes);
    const auto read = readPage(page.toStdString());
    QCOMPARE(read.memory.size(), std::size_t(bytes > 0 ? 1 : 0));
    if (bytes > 0) {
        QCOMPARE(QString::fromStdString(read.memory[0].kind), kind);
        QCOMPARE(read.memory[0].bytes, bytes);
    }
    QVERIFY(read.points.empty());
}

void PublishedPageTest::sections()
{
    const auto page = readPage(
        "# Kalp atışı\n\n## Problem\n\nBellek 3 kez doldu.\nBatch 5: 1.5\n\nİkinci \\*paragraf\\*.\n\n## Sonuçlar\n"
        "Batch 5: 2.5\n\n## Çıkarım\nOldu.\n");
    QCOMPARE(page.title, std::string("Kalp atışı"));
    QCOMPARE(page.texts.at("problem"), std::string("Bellek 3 kez doldu.\nBatch 5: 1.5\n\nİkinci *paragraf*."));
    QCOMPARE(page.texts.at("conclusion"), std::string("Oldu."));
    QCOMPARE(lossOf(page), (Points { { 5, 2.5 } }));
    const auto bold
        = readPage("- **Problem.** Too little\n  memory.\n- **Results.** Batch 5: 2.5\n- **Conclusion.** Works.\n");
    QCOMPARE(bold.texts.at("problem"), std::string("Too little\nmemory."));
    QCOMPARE(bold.texts.at("conclusion"), std::string("Works."));
    QCOMPARE(lossOf(bold), (Points { { 5, 2.5 } }));
}

void PublishedPageTest::refusesWhatIsNoPage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("ten megabytes") << QByteArray(10'000'000, 'x');
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\0\1\2",
        7);
    QTest::newRow("a zero byte") << QByteArray("Batch 5: 1.5\0", 13);
    QTest::newRow("Latin-5") << QByteArray("kay\xfdp 5: 1.5");
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                          "B\0a\0",
        6);
    QTest::newRow("cut in a letter") << QByteArray("kay\xc4");
}

void PublishedPageTest::refusesWhatIsNoPage()
{
    QFETCH(QByteArray, bytes);
    QVERIFY_EXCEPTION_THROWN(readPage(bytes.toStdString()), PageError);
}

void PublishedPageTest::reportedRunIsWhole()
{
    const auto& page = reportedRun();
    QVERIFY(lossOf(page) == kReported);
    QCOMPARE(page.points.size(), kReported.size());
    QCOMPARE(page.memory.size(), std::size_t(1));
    QCOMPARE(page.memory[0].kind, std::string("steady"));
    QCOMPARE(page.memory[0].bytes, 1.2e9);
    const auto settings = settingsOf(page);
    QCOMPARE(settings.size(), std::size_t(27));
    QCOMPARE(settings.at("training.gradient_accumulation_steps"), std::string("16"));
    QCOMPARE(settings.at("model.expert_types"), std::string("[language]"));
    QCOMPARE(page.texts.size(), std::size_t(3));
    for (const auto& line : page.lines)
        QVERIFY2(line.kind != LineKind::NotUnderstood, line.text.c_str());
    QVERIFY(isHeldAgainstReported("t4-as-run") && isHeldAgainstReported("t4") && isHeldAgainstReported("t4-2"));
    QVERIFY(!isHeldAgainstReported("quick") && !isHeldAgainstReported("t42"));
}

void PublishedPageTest::isKeptAsAReference()
{
    const QTemporaryDir folder;
    const auto file = folder.filePath("runs.db").toStdString();
    storage::RunId id = 0;
    {
        storage::Recorder recorder(file);
        id = keepReference(recorder, reportedRun(), "reported", reportedRunPage());
    }
    const storage::RunStore store(file);
    const auto detail = store.detail(id);
    QVERIFY(detail);
    const auto& run = detail->overview.run;
    QCOMPARE(run.status, storage::RunStatus::Reference);
    QCOMPARE(run.source, std::string("page"));
    QCOMPARE(run.texts.at("page"), std::string(reportedRunPage()));
    QVERIFY(!run.texts.at("problem").empty());
    QCOMPARE(run.facts.at("reference.memory.steady"), trainer::toText(1.2e9));
    QCOMPARE(detail->series.size(), std::size_t(1));
    Points stored;
    for (std::size_t i = 0; i < detail->series[0].value.size(); ++i)
        stored[std::llround(detail->series[0].batch[i])] = detail->series[0].value[i];
    QVERIFY(stored == kReported); // and no other
    QCOMPARE(detail->overview.summary.batches, std::int64_t(6));
    QCOMPARE(detail->overview.summary.lastLoss, std::optional(0.0004));
    QCOMPARE(detail->parameters.size(), std::size_t(27));
    QVERIFY(detail->parameters[0].applied.empty());
}

// As long as a page may be: each batch once, in an order of its own.
void PublishedPageTest::longPage()
{
    std::string page = "batch,loss\n";
    std::int64_t rows = 0;
    for (std::int64_t batch = 0; page.size() < kLongestPage - 40; ++batch, ++rows)
        page += std::to_string((batch * 7919) % 1'000'003) + ",0.5\n";
    const auto read = readPage(page);
    QCOMPARE(std::int64_t(read.points.size()), rows);
    QCOMPARE(read.points.front().batch, std::int64_t(0));
}

// Lines of markup and numbers in every order: each is said something of, and nothing fails.
void PublishedPageTest::anyBytesAreReadToTheEnd()
{
    static const char* kPieces[] = { "|", "-", "--", "batch", "Batch 5", ":", " ", "0.5", "1,234", "\n", "**", "`", "#",
        "# ", "loss", "GB", "memory", "d_model", "=", "\\", "(", "[", ",", ";", "\t", "1e-", "e5", "ş", "→", "nan",
        "```\n", "## Problem\n", "> ", "1.2.3.4" };
    quint32 state = 1;
    for (int round = 0; round < 3000; ++round) {
        std::string page;
        for (int i = 0; i < 40; ++i) {
            state = state * 1664525u + 1013904223u;
            page += kPieces[(state >> 16) % std::size(kPieces)];
        }
        const auto read = readPage(page);
        for (const auto& point : read.points)
            QVERIFY(point.batch >= 0 && !point.metric.empty() && point.line > 0);
        for (const auto& line : read.lines)
            QVERIFY(!line.said.empty());
    }
}

namespace {

std::string ownPage(const char* name)
{
    QFile file(QStringLiteral(NABIZ_SOURCE_DIR "/tests/app/interchange/pages/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

// What the program has written it reads by its tables: no sentence of it is a setting or a loss.
void PublishedPageTest::ownReportReadsBack()
{
    const auto page = readPage(ownPage("own_report.md"));
    auto settings = settingsOf(page);
    QCOMPARE(settings["model.n_layers"], std::string("4"));
    QCOMPARE(settings["language.stand_in"], std::string("hidden=128,layers=2"));
    QCOMPARE(settings["training.max_steps"], std::string("40"));
    QCOMPARE(settings["hardware.device"], std::string("auto"));
    QCOMPARE(settings.size(), std::size_t(57));
    Points validation;
    for (const auto& point : page.points) {
        if (point.metric == "val.loss")
            validation[point.batch] = point.value;
    }
    QCOMPARE(validation, (Points { { 39, 1.9735308 } }));
    QCOMPARE(lossOf(page),
        (Points { { 0, 6.0343375 }, { 5, 5.419378 }, { 10, 4.4712887 }, { 25, 2.6767113 }, { 39, 2.0070276 } }));
    QCOMPARE(
        std::count_if(page.memory.begin(), page.memory.end(), [](const auto& memory) { return memory.kind == "peak"; }),
        1);
    QCOMPARE(page.memory.size(), std::size_t(2));
    for (const auto& line : page.lines)
        QVERIFY2(line.kind != LineKind::NotUnderstood, line.text.c_str());
}

// A long report folds its configuration away: what is in it are settings, no words of the section above.
void PublishedPageTest::ownFoldEndsAPersonsWords()
{
    const auto page
        = readPage("# a\n\n## Applied solution\n\nLess of \\<details\\>:\n\n````\n```\n<details>\n````\n\nIt fits.\n\n"
                   "<details><summary>Configuration</summary>\n\n| setting | this run |\n| --- | --- |\n"
                   "| `model.n_layers` | `4` |\n\n</details>\n\n## Conclusion\n\nGood.\n\n---\n\n"
                   "Written by Nabız 0.1.0 from run 2 of the database `~/nabiz.db`.\n");
    QCOMPARE(settingsOf(page).size(), std::size_t(1));
    QCOMPARE(settingsOf(page)["model.n_layers"], std::string("4"));
    QVERIFY2(page.texts.at("solution").ends_with("It fits."), page.texts.at("solution").c_str());
    QCOMPARE(page.texts.at("conclusion"), std::string("Good."));
}

void PublishedPageTest::ownReportOfSeveralIsNobodys()
{
    const auto page = readPage(ownPage("own_comparison.md"));
    QVERIFY(page.points.empty() && page.settings.empty() && page.memory.empty());
    bool said = false;
    for (const auto& line : page.lines)
        said = said || (line.text.find("2.0070276") != std::string::npos && line.kind == LineKind::NotUnderstood);
    QVERIFY(said);
}

void PublishedPageTest::settingKeepsItsCommas()
{
    auto settings
        = settingsOf(readPage("| setting | value |\n| --- | --- |\n| language.stand_in | hidden=128,layers=2 |\n"
                              "| `model.n_layers` | 4 |\n"));
    QCOMPARE(settings["language.stand_in"], std::string("hidden=128,layers=2"));
    QCOMPARE(settings["model.n_layers"], std::string("4"));
}

QTEST_GUILESS_MAIN(PublishedPageTest)
#include "tst_published_page.moc"
