// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped example is the program's own output: its run is recorded again from what is kept of it, and the report
// made of it is the same byte for byte. Both Qt and cmark-gfm take it as it is meant: no broken link, no HTML but a
// fold. NABIZ_WRITE_EXAMPLE=1 writes the example anew, after a change that is meant.
#include "app/interchange/published_page.h"
#include "app/report/markdown.h"
#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/run/run_controller.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QtTest>

#include <cmath>
#include <ctime>

using namespace nabiz;

namespace {

const QString kSource = QStringLiteral(NABIZ_SOURCE_DIR);
const QString kExample = kSource + QStringLiteral("/resources/reports/example");

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string text(const QJsonValue& value)
{
    return value.toString().toStdString();
}

} // namespace

class ReportExampleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isTheProgramsOwnOutput();
    void holdsAllOfTheReportedRun();
    void tableReadsBack();
    void rendersWithQt();
    void rendersWithCmark();
    void linksLead();

private:
    storage::RunId record();
    app::Report report(const char* language) const;

    QTemporaryDir m_folder;
    std::string m_file;
    const trainer::PresetStore m_presets { {} };
    app::Report m_english;
};

// Its points are those of the example's own CSV: shortest digits, which give back every value exactly.
storage::RunId ReportExampleTest::record()
{
    const QJsonObject kept = QJsonDocument::fromJson(bytesOf(kSource + "/tests/golden/t4-as-run.json")).object();
    const QJsonObject record = kept["run"].toObject();
    storage::Run run { .name = text(record["name"]),
        .status = storage::RunStatus::Finished,
        .preset = text(record["preset"]),
        .presetText = text(record["preset_text"]),
        .command = text(record["command"]),
        .created = record["created"].toInteger(),
        .started = record["started"].toInteger(),
        .ended = record["ended"].toInteger(),
        .plannedBatches = record["planned_batches"].toInteger(),
        .seed = record["seed"].toInteger() };
    const QJsonObject facts = kept["facts"].toObject(), texts = kept["texts"].toObject();
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        run.facts[fact.key().toStdString()] = text(fact.value());
    for (auto words = texts.begin(); words != texts.end(); ++words)
        run.texts[words.key().toStdString()] = text(words.value());
    std::vector<storage::Parameter> parameters;
    for (const auto& row : kept["parameters"].toArray())
        parameters.push_back({ text(row[0]), text(row[1]), text(row[2]) });
    storage::Recorder recorder(m_file);
    const auto id = recorder.addRun(run, parameters);

    std::map<QString, QString> units;
    for (const auto& row : kept["metrics"].toArray())
        units[row[0].toString()] = row[1].toString();
    auto lines = QString::fromUtf8(bytesOf(kExample + "/data/points.csv")).split(u'\n', Qt::SkipEmptyParts);
    const QStringList head = lines.takeFirst().split(u',');
    std::vector<storage::Metric> metrics;
    std::vector<std::uint16_t> numbers;
    for (qsizetype i = 2; i < head.size(); ++i) {
        metrics.push_back({ 0, head[i].toStdString(), units[head[i]].toStdString() });
        numbers.push_back(std::uint16_t(i - 2));
    }
    const auto stream = recorder.openStream(id, metrics);
    for (const QString& line : lines) {
        const QStringList cells = line.split(u',');
        std::vector<double> values;
        for (qsizetype i = 2; i < cells.size(); ++i) { // the training loss was recorded as a float32
            const auto* row = trainer::findMetric(metrics[i - 2].name);
            values.push_back(row && row->singlePrecision ? double(cells[i].toFloat()) : cells[i].toDouble());
        }
        stream->append(cells[0].toLongLong(), cells[1].toDouble(), numbers, values);
    }
    recorder.closeStream(id);
    for (const auto& entry : kept["events"].toArray()) {
        const QJsonObject event = entry.toObject();
        storage::Event stored { .kind = text(event["kind"]),
            .batch = event["batch"].toInteger(),
            .time = event["time"].toInteger(),
            .text = text(event["text"]),
            .message = text(event["message"]) };
        for (const auto& argument : event["arguments"].toArray())
            stored.arguments.push_back(text(argument));
        recorder.addEvent(id, stored);
    }
    recorder.flush();
    return id;
}

app::Report ReportExampleTest::report(const char* language) const
{
    const storage::RunStore store(m_file);
    const auto version = store.run(1)->run.facts.at("nabiz"); // of the program that trained it
    return app::makeReport(app::readRuns(store, m_presets, { 1 }), app::ReportText(language),
        { .database = "~/.local/share/nabiz/nabiz.db", .version = version });
}

void ReportExampleTest::initTestCase()
{
    qputenv("TZ", "UTC"); // times are told by the clock on the wall
    tzset();
    m_file = m_folder.filePath("runs.db").toStdString();
    QCOMPARE(record(), storage::RunId(1));
    m_english = report("en");
    if (qEnvironmentVariableIsEmpty("NABIZ_WRITE_EXAMPLE"))
        return;
    std::map<std::string, std::string> pictures;
    for (const auto& chart : m_english.charts)
        pictures.merge(app::drawChart(chart));
    const storage::RunStore store(m_file);
    const auto written = app::writeReport(m_english, pictures, store, m_folder.path().toStdString());
    QVERIFY(QDir(kExample).removeRecursively());
    QVERIFY(QProcess::execute("cp", { "-r", QString::fromStdString(written.string()), kExample }) == 0);
}

void ReportExampleTest::isTheProgramsOwnOutput()
{
    QCOMPARE(QString::fromStdString(m_english.markdown), QString::fromUtf8(bytesOf(kExample + "/report.md")));
    std::ostringstream points;
    app::writePoints([&points](std::string_view text) { points << text; }, storage::RunStore(m_file), 1);
    QVERIFY(QByteArray::fromStdString(points.str()) == bytesOf(kExample + "/data/points.csv"));
    QCOMPARE(QByteArray::fromStdString(m_english.texts.at(0).second), bytesOf(kExample + "/preset.yaml"));
    for (const auto& chart : m_english.charts) { // pictures differ with a machine's fonts
        const auto path = kExample + "/" + QString::fromStdString(chart.path);
        QVERIFY(bytesOf(path + ".svg").contains("<svg"));
        QVERIFY(QImage(path + ".png").width() >= 960);
    }
}

// All of its sections, all six batches, the memory, the configuration.
void ReportExampleTest::holdsAllOfTheReportedRun()
{
    const auto page = QString::fromStdString(m_english.markdown);
    qsizetype at = 0;
    for (const char* title : { "## Problem", "## Applied solution", "Configuration", "## Results",
             "<summary>Beside the reported run", "](charts/loss.png)", "](charts/memory.png)", "Observations", "Audit",
             "## Conclusion", "<summary>Environment", "<summary>Reproduce" }) {
        const auto next = page.indexOf(QLatin1String(title), at);
        QVERIFY2(next >= at, title);
        at = next;
    }
    for (const char* reported : { "6.3347", "0.2715", "0.0078", "0.0021", "0.0007", "0.0004", "1.200 GB" })
        QVERIFY2(page.contains(QLatin1String(reported)), reported);
    for (const char* key :
        { "model.d_model", "model.n_layers", "model.n_heads", "model.max_seq_len", "training.batch_size",
            "training.learning_rate", "training.gradient_accumulation_steps", "training.use_amp", "hardware.device" })
        QVERIFY2(page.contains(QLatin1String(key)), key);
    QVERIFY(page.contains("**Warning: Sees what follows.**") && page.contains("**Warning: Repeated text.**"));
    const auto turkish = QString::fromStdString(report("tr").markdown);
    at = 0;
    for (const char* title : { "## Problem", "## Uygulanan çözüm", "Yapılandırma", "## Sonuçlar", "Gözlemler",
             "Denetim", "## Çıkarım", "<summary>Ortam", "<summary>Yeniden üretim" }) {
        const auto next = turkish.indexOf(QString::fromUtf8(title), at);
        QVERIFY2(next >= at, title);
        at = next;
    }
}

void ReportExampleTest::tableReadsBack()
{
    for (const char* language : { "en", "tr" }) {
        const auto page = app::readPage(report(language).markdown);
        std::map<std::int64_t, float> read;
        for (const auto& point : page.points)
            read[point.batch] = float(point.value);
        const storage::RunStore store(m_file);
        const auto loss = store.packed(1, "loss");
        std::map<std::int64_t, float> wanted;
        for (const std::int64_t batch : { 0, 50, 100, 250, 500, 750, 759 })
            wanted[batch] = float(loss->values[std::size_t(batch)]);
        QCOMPARE(read.size() >= wanted.size(), true);
        for (const auto& [batch, value] : wanted) // to the four digits of the page
            QVERIFY2(std::abs(read[batch] - value) <= 0.0005F * value, language);
        QCOMPARE(page.settings.size(), std::size_t(57));
        const auto stored = store.run(1)->run.texts;
        for (const char* section : { "problem", "solution", "conclusion" }) // and nothing of what follows them
            QCOMPARE(page.texts.at(section), stored.at(section));
    }
}

void ReportExampleTest::rendersWithQt()
{
    QTextDocument document;
    document.setMarkdown(QString::fromStdString(m_english.markdown));
    const QString plain = document.toPlainText();
    QVERIFY(plain.startsWith(QStringLiteral("t4-as-run: ")));
    QVERIFY(plain.contains(QStringLiteral("generated:eight-sentences")));
    QVERIFY(!plain.contains(QStringLiteral("**")) && !plain.contains(QStringLiteral("](")));
}

void ReportExampleTest::rendersWithCmark()
{
    QProcess cmark;
    cmark.start("cmark-gfm", { "-e", "table", "-t", "xml" });
    QVERIFY2(cmark.waitForStarted(), "cmark-gfm is missing: install the package of that name");
    cmark.write(QByteArray::fromStdString(m_english.markdown));
    cmark.closeWriteChannel();
    QVERIFY(cmark.waitForFinished());
    QCOMPARE(cmark.exitCode(), 0);
    const auto xml = QString::fromUtf8(cmark.readAllStandardOutput());
    static const QRegularExpression html("<html_(?:block|inline)[^>]*>([^<]*)<");
    static const QRegularExpression fold(
        "^(?:&lt;details&gt;&lt;summary&gt;[^<&]*&lt;/summary&gt;|&lt;/details&gt;)\\n?$");
    int folds = 0;
    for (auto it = html.globalMatch(xml); it.hasNext(); ++folds) {
        const auto raw = it.next().captured(1);
        QVERIFY2(fold.match(raw).hasMatch(), qPrintable(raw));
    }
    QVERIFY2(folds >= 10, qPrintable(QString::number(folds)));
    QVERIFY(app::markdown::visibleLines(m_english.markdown) <= 60);
    QCOMPARE(xml.count(QStringLiteral("<heading level=\"1\"")), 1);
    QVERIFY(xml.count(QStringLiteral("<table>")) >= 6 || xml.count(QStringLiteral("<table ")) >= 6);
    QCOMPARE(xml.count(QStringLiteral("<image ")), 2);
}

void ReportExampleTest::linksLead()
{
    const auto page = QString::fromUtf8(bytesOf(kExample + "/report.md"));
    static const QRegularExpression link("\\]\\(([^)]+)\\)");
    int links = 0;
    for (auto it = link.globalMatch(page); it.hasNext(); ++links) {
        const auto target = it.next().captured(1);
        QVERIFY2(QFileInfo::exists(kExample + "/" + target), qPrintable(target));
    }
    QCOMPARE(links, 6); // two pictures, their drawings, the figures and the points
}

QTEST_MAIN(ReportExampleTest)
#include "tst_report_example.moc"
