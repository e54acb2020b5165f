// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of runs that were really recorded: what stands in the page and the CSV is looked up in what was recorded.
#include "app/report/markdown.h"
#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_error.h"
#include "app/import/reference_run.h"
#include "app/import/reported_run.h"
#include "app/report/report_folder.h"
#include "app/run/run_controller.h"
#include "trainer/config/finding.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QtTest>
#include <cmath>
#include <csignal>
#include <fstream>
#include <set>

#include <sys/resource.h>

using namespace nabiz;

class TestReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyFigureIsStored();
    void everyPointIsInTheCsv();
    void folderIsWhole();
    void olderReportIsKept();
    void sameRunsSameBytes();
    void saysWhatTheAuditFound();
    void comparison();
    void severalSeeds();
    void wordsAreKeptAsText();
    void sectionsAreChosen();
    void referenceIsTold();
    void besideTheReportedRun();
    void reportsAreListed();
    void hostileNames();
    void runsWithoutPoints_data();
    void runsWithoutPoints();
    void turkish();
    void whileItRuns();
    void failureLeavesNothing();
    void fullDiskLeavesNothing();

private:
    storage::RunId record(const std::string& name, int batches, const std::function<void(storage::Run&, trainer::Config&)>& edit = {});
    app::Report report(const std::vector<storage::RunId>& runs, const char* language = "en",
        const app::ReportChoice& choice = { .database = "~/runs.db", .version = "9.8.7" });
    QString write(const app::Report& report, const QString& parent);

    double m_shift = 0; // of the losses that are recorded
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::Recorder> m_recorder;
    const trainer::PresetStore m_presets { {} };
};

namespace {

double lossOf(std::int64_t batch) { return static_cast<float>(5.6 * std::exp(-double(batch) / 60) + 0.9 + 0.01 * std::sin(batch * 1.7)); }
double valLossOf(std::int64_t batch) { return static_cast<float>(lossOf(batch) + 0.125); }
double memoryOf(std::int64_t batch) { return 900e6 + 1e6 * double(std::min<std::int64_t>(batch, 30)); }
double timeOf(std::int64_t batch) { return double(batch + 1) / 32; }

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList filesUnder(const QString& folder)
{
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        files << QDir(folder).relativeFilePath(it.next());
    files.sort();
    return files;
}

// Rows of the table whose header's first cell is `header`, cells trimmed.
QList<QStringList> tableOf(const QString& page, const QString& header)
{
    QList<QStringList> rows;
    bool inside = false;
    for (const auto& line : page.split(u'\n')) {
        QStringList cells;
        for (const auto& cell : line.split(u'|').mid(1))
            cells << cell.trimmed();
        if (!line.startsWith(u'|'))
            inside = false;
        else if (cells.first() == header)
            inside = true;
        else if (inside && !cells.first().startsWith(u'-'))
            rows << cells;
    }
    return rows;
}

} // namespace

void TestReport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_recorder = std::make_unique<storage::Recorder>(m_folder->filePath("runs.db").toStdString());
}

void TestReport::cleanup()
{
    m_recorder.reset();
    m_folder.reset();
}

storage::RunId TestReport::record(const std::string& name, int batches, const std::function<void(storage::Run&, trainer::Config&)>& edit)
{
    storage::Run run { .name = name, .preset = "quick", .presetText = "training:\n  learning_rate: 3e-4\n",
        .command = "nabiz train quick training.learning_rate=3e-4", .seed = 1 };
    auto config = m_presets.load("quick").config;
    config.set("training.learning_rate", trainer::Value(3e-4));
    if (edit)
        edit(run, config);
    std::vector<storage::Parameter> parameters;
    for (const auto& row : trainer::parameterTable())
        parameters.push_back({ std::string(row.key), trainer::toYaml(config.value(row.key)), {} });
    const auto id = m_recorder->addRun(run, parameters);
    m_recorder->setStatus(id, storage::RunStatus::Preparing);
    for (auto& parameter : parameters)
        parameter.applied = parameter.key == "hardware.device" ? "cpu" : parameter.declared;
    m_recorder->setPrepared(id, parameters, { { "cpu", "A *fast* one" }, { "data.entropy", "0.66" }, { "data.hash", "abc123" } }, batches);
    m_recorder->setStatus(id, storage::RunStatus::Running);
    const auto stream = m_recorder->openStream(id, app::recordedMetrics(config));
    using M = trainer::Metric;
    for (std::int64_t batch = 0; batch < batches; ++batch) {
        std::vector<std::uint16_t> metrics { std::uint16_t(M::Loss), std::uint16_t(M::MemoryProcess) };
        std::vector<double> values { m_shift == 0 ? lossOf(batch) : float(lossOf(batch) + m_shift), memoryOf(batch) };
        if (batch % 50 == 49) {
            metrics.push_back(std::uint16_t(M::ValLoss));
            values.push_back(m_shift == 0 ? valLossOf(batch) : float(valLossOf(batch) + m_shift));
            m_recorder->addEvent(id, { .kind = "sample", .batch = batch, .text = "bir ev", .message = "%1",
                .arguments = { "bir ev ``` | <b>" + std::to_string(batch) } });
        }
        stream->append(batch, timeOf(batch), metrics, values);
    }
    m_recorder->closeStream(id);
    m_recorder->setStatus(id, storage::RunStatus::Finished);
    m_recorder->flush();
    return id;
}

app::Report TestReport::report(const std::vector<storage::RunId>& runs, const char* language, const app::ReportChoice& choice)
{
    const storage::RunStore store(m_recorder->file());
    return app::makeReport(app::readRuns(store, m_presets, runs), app::ReportText(language), choice);
}

QString TestReport::write(const app::Report& report, const QString& parent)
{
    std::map<std::string, std::string> pictures;
    for (const auto& chart : report.charts)
        pictures.merge(app::drawChart(chart));
    const storage::RunStore store(m_recorder->file());
    return QString::fromStdString(app::writeReport(report, pictures, store, parent.toStdString()).string());
}

void TestReport::everyFigureIsStored()
{
    const auto page = QString::fromStdString(report({ record("quick-2", 760) }).markdown);
    const auto losses = tableOf(page, "batch");
    QStringList batches;
    for (const auto& row : losses) {
        batches << row[0];
        QCOMPARE(row[1].toFloat(), float(lossOf(row[0].toLongLong())));
    }
    QCOMPARE(batches, QStringList({ "0", "50", "100", "250", "500", "750", "759" }));

    std::int64_t best = 0, bestVal = 49;
    double mean = 0, peak = 0;
    for (std::int64_t batch = 0; batch < 760; ++batch) {
        best = lossOf(batch) < lossOf(best) ? batch : best;
        bestVal = batch % 50 == 49 && valLossOf(batch) < valLossOf(bestVal) ? batch : bestVal;
        mean += batch >= 740 ? lossOf(batch) / 20 : 0;
        peak = std::max(peak, memoryOf(batch));
    }
    QMap<QString, QString> figures;
    for (const auto& row : tableOf(page, "figure"))
        figures[row[0]] = row[1];
    QCOMPARE(figures["loss, best"].section(" @ ", 0, 0).toFloat(), float(lossOf(best)));
    QCOMPARE(figures["loss, best"].section(" @ ", 1).toLongLong(), best);
    QCOMPARE(figures["loss, last"].toFloat(), float(lossOf(759)));
    QVERIFY(std::abs(figures["loss, mean of the last 20"].toDouble() - mean) < 1e-6);
    QCOMPARE(figures["val.loss, best"].section(" @ ", 0, 0).toFloat(), float(valLossOf(bestVal)));
    QCOMPARE(figures["val.loss, last"].toFloat(), float(valLossOf(749)));
    QCOMPARE(figures["memory of the process, peak"], QStringLiteral("%1 GB").arg(peak / 1e9, 0, 'f', 3));
    QCOMPARE(figures["duration"], QStringLiteral("%1 s").arg(timeOf(759), 0, 'f', 2));

    const auto changed = page.mid(page.indexOf("Changed from quick: 1 of "));
    QCOMPARE(tableOf(changed.left(changed.indexOf("<details>")), "setting").value(0).mid(0, 3),
        QStringList({ "`training.learning_rate`", "`" + QString::fromStdString(trainer::toYaml(trainer::Value(1e-3))) + "`",
            "`" + QString::fromStdString(trainer::toYaml(trainer::Value(3e-4))) + "`" }));
    QVERIFY(page.contains("nabiz train quick training.learning_rate=3e-4"));
    // The sections come in their order, the figures before the charts.
    qsizetype at = 0;
    for (const auto* part : { "# quick-2", "## Configuration", "<details>", "</details>", "## Results", "| figure", "(charts/loss.png)",
             "### What it wrote", "## Observations", "## Audit", "## Environment", "## Reproduce", "Written by Nabız 9.8.7 from run 1 of" }) {
        const auto next = page.indexOf(QString::fromUtf8(part), at);
        QVERIFY2(next >= at, part);
        at = next;
    }
    // What was applied otherwise is marked; where nothing was, the column is left out.
    static const QRegularExpression marked("\\| `hardware.device` *\\| `auto` *\\| \\*\\*`cpu`\\*\\* *\\|");
    QVERIFY(marked.match(page).hasMatch());
    QVERIFY(page.contains("1 setting was applied otherwise than it was declared; it is marked."));
    QVERIFY(page.contains("0.66"));
    QVERIFY(page.contains("bir ev ``` | <b>749"));
}

void TestReport::everyPointIsInTheCsv()
{
    const auto id = record("quick-2", 300);
    const storage::RunStore store(m_recorder->file());
    std::ostringstream out;
    app::writePoints(out, store, id);
    const auto lines = QString::fromStdString(out.str()).split('\n', Qt::SkipEmptyParts);
    const auto header = lines.first().split(',');
    QCOMPARE(header.mid(0, 2), QStringList({ "batch", "time" }));
    const auto loss = header.indexOf("loss"), val = header.indexOf("val.loss"), memory = header.indexOf("memory.process");
    QVERIFY(loss > 1 && val > 1 && memory > 1);
    QCOMPARE(lines.size(), 301);
    for (std::int64_t batch = 0; batch < 300; ++batch) {
        const auto cells = lines[batch + 1].split(',');
        QCOMPARE(cells.size(), header.size());
        QCOMPARE(cells[0].toLongLong(), batch);
        QCOMPARE(cells[1].toDouble(), timeOf(batch));
        QCOMPARE(cells[loss].toFloat(), float(lossOf(batch)));
        QCOMPARE(cells[memory].toDouble(), memoryOf(batch));
        QCOMPARE(cells[val].isEmpty(), batch % 50 != 49);
    }
}

void TestReport::folderIsWhole()
{
    const auto made = report({ record("quick: düşük oran", 120) });
    const auto folder = write(made, m_folder->filePath("raporlar/yeni"));
    QCOMPARE(QFileInfo(folder).fileName(), QStringLiteral("quick-düşük-oran"));
    QStringList expected;
    for (const auto& file : made.files())
        expected << QString::fromStdString(file);
    expected.sort();
    QCOMPARE(filesUnder(folder), expected);
    QCOMPARE(QDir(m_folder->filePath("raporlar/yeni")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);

    const auto page = QString::fromUtf8(bytesOf(folder + "/report.md"));
    static const QRegularExpression link("\\]\\(([^)]+)\\)");
    int links = 0;
    for (auto it = link.globalMatch(page); it.hasNext(); ++links) {
        const auto target = it.next().captured(1);
        QVERIFY2(QFileInfo::exists(folder + "/" + target), qPrintable(target));
    }
    QVERIFY(links >= 6);
    QVERIFY(!QImage(folder + "/charts/loss.png").isNull());
    QVERIFY(bytesOf(folder + "/charts/memory.svg").contains("<svg"));
    QCOMPARE(bytesOf(folder + "/preset.yaml"), QByteArray("training:\n  learning_rate: 3e-4\n"));
    QVERIFY(!page.contains("<b>" ) || page.contains("```"));
}

void TestReport::olderReportIsKept()
{
    const auto made = report({ record("quick", 60) });
    const auto parent = m_folder->filePath("reports");
    const auto first = write(made, parent);
    QFile mark(first + "/report.md");
    QVERIFY(mark.open(QIODevice::WriteOnly));
    mark.write("edited by hand");
    mark.close();
    QCOMPARE(QFileInfo(write(made, parent)).fileName(), QStringLiteral("quick-2"));
    QCOMPARE(QFileInfo(write(made, parent)).fileName(), QStringLiteral("quick-3"));
    QCOMPARE(bytesOf(first + "/report.md"), QByteArray("edited by hand"));
}

void TestReport::sameRunsSameBytes()
{
    const auto id = record("quick", 200);
    const auto other = record("quick-2", 150);
    const auto first = write(report({ id, other }), m_folder->filePath("a"));
    const auto second = write(report({ id, other }), m_folder->filePath("b"));
    const auto files = filesUnder(first);
    QCOMPARE(filesUnder(second), files);
    QCOMPARE(files.size(), 9); // the page; two charts twice; a preset and the points a run
    for (const auto& file : files)
        QVERIFY2(bytesOf(first + "/" + file) == bytesOf(second + "/" + file), qPrintable(file));
}

void TestReport::saysWhatTheAuditFound()
{
    using trainer::message;
    const auto add = [&](storage::RunId run, const trainer::Finding& finding) {
        const trainer::Message stored = trainer::toMessage(finding);
        m_recorder->addEvent(run, { .kind = "audit", .text = trainer::describe(finding), .message = stored.text,
            .arguments = stored.arguments });
        m_recorder->flush();
    };
    const auto run = record("quick-2", 20);
    QVERIFY(QString::fromStdString(report({ run }).markdown).contains("## Audit\n\nThis run has not been audited.\n"));
    add(run, { "overlap", trainer::FindingSeverity::Fine, message("%1 of it", "0 %"), {} });
    QVERIFY(QString::fromStdString(report({ run }).markdown).contains("## Audit\n\nNothing suspicious: 0 % of it.\n\n"));
    add(run, { "leak", trainer::FindingSeverity::Warning, message("Seen by %1.", "<b>encoder</b>"),
                 message("Set model.causal=true.") });
    const auto page = QString::fromStdString(report({ run }).markdown);
    QVERIFY2(page.contains("- **Warning: Sees what follows.** Seen by "), qPrintable(page));
    QVERIFY(page.contains("Set model.causal=true.\n"));
    QVERIFY(!page.contains("<b>encoder"));
    QVERIFY(page.contains("\nIn order: 0 % of it."));
    QVERIFY(!page.contains("Nothing suspicious"));
    const auto turkish = QString::fromStdString(report({ run }, "tr").markdown);
    QVERIFY(turkish.contains("## Denetim") && turkish.contains("- **Uyarı: ") && turkish.contains("Sorunsuz: "));
    QVERIFY(QString::fromStdString(report({ run, record("other", 20) }).markdown).contains("### Audit"));
}

void TestReport::comparison()
{
    const auto a = record("first", 200);
    const auto b = record("second", 120, [](auto&, auto& config) { config.set("training.batch_size", trainer::Value(std::int64_t(8))); });
    const auto made = report({ a, b });
    const auto page = QString::fromStdString(made.markdown);
    QVERIFY(page.startsWith("# first · second\n"));
    const auto compared = page.left(page.indexOf("\n## first"));
    QVERIFY(compared.contains("cannot be told: 1 and 1 finished seeds"));
    QVERIFY(compared.contains("second reached the best loss of first") || compared.contains("second never reached the best loss of first"));
    QMap<QString, QStringList> outcome;
    for (const auto& row : tableOf(compared, "figure"))
        outcome[row[0]] = row.mid(1);
    const auto bestOf = [](int batches) {
        double best = lossOf(0);
        for (int batch = 0; batch < batches; ++batch)
            best = std::min(best, lossOf(batch));
        return float(best);
    };
    for (const auto& [label, first, second] : { std::tuple { "loss, best", bestOf(200), bestOf(120) },
             std::tuple { "loss, last", float(lossOf(199)), float(lossOf(119)) },
             std::tuple { "val.loss, last", float(valLossOf(199)), float(valLossOf(99)) }, std::tuple { "batches", 200.F, 120.F } }) {
        const auto cells = outcome.value(QLatin1String(label));
        QVERIFY2(cells.size() >= 2, label);
        QCOMPARE(QString(cells[0]).remove("**").section(u' ', 0, 0).toFloat(), first);
        QCOMPARE(QString(cells[1]).remove("**").section(u' ', 0, 0).toFloat(), second);
    }
    QVERIFY(outcome["memory, peak"].value(0).contains("0.930 GB"));
    QVERIFY(outcome["duration"].value(0).contains(QStringLiteral("%1 s").arg(timeOf(199), 0, 'f', 2)));
    const auto differing = tableOf(compared, "setting");
    QCOMPARE(differing.size(), 1);
    QCOMPARE(differing[0].mid(0, 3), QStringList({ "`training.batch_size`", "`4`", "`8`" }));
    const auto losses = tableOf(page.left(page.indexOf("\n## first")), "batch");
    QMap<QString, QStringList> at;
    for (const auto& row : losses)
        at[row[0]] = row.mid(1);
    QCOMPARE(at["50"][0].toFloat(), float(lossOf(50)));
    QCOMPARE(at["119"][1].toFloat(), float(lossOf(119)));
    QCOMPARE(at["199"][1], QStringLiteral("–"));
    QCOMPARE(made.tables.size(), std::size_t(2));
    std::set<std::string> unique;
    for (const auto& file : made.files())
        QVERIFY2(unique.insert(file).second, file.c_str());
}

// Three seeds a side, far apart: the difference is real, and said so.
void TestReport::severalSeeds()
{
    std::vector<storage::RunId> runs;
    for (int side = 0; side < 2; ++side) {
        for (int seed = 1; seed <= 3; ++seed) {
            const auto edit = [&](storage::Run& run, trainer::Config& config) {
                run.seed = seed;
                config.set("training.seed", trainer::Value(std::int64_t(seed)));
                config.set("training.batch_size", trainer::Value(std::int64_t(side == 0 ? 4 : 8)));
            };
            m_shift = side * 0.5 + seed * 0.01;
            runs.push_back(record(QStringLiteral("%1 s%2").arg(side == 0 ? "small" : "large").arg(seed).toStdString(), 100, edit));
        }
    }
    m_shift = 0;
    const auto page = QString::fromStdString(report(runs).markdown);
    QVERIFY2(page.contains("The final loss of large is higher than that of small by more than chance: its difference is between 0.4"),
        qPrintable(page.left(2000)));
    QVERIFY(page.contains("(95 % interval by Welch, 3 and 3 seeds)"));
    const auto turkish = QString::fromStdString(report(runs, "tr").markdown);
    QVERIFY(turkish.contains("fark 0,4"));
}

void TestReport::wordsAreKeptAsText()
{
    const auto run = record("quick", 60);
    const auto before = report({ run }).markdown;
    QVERIFY(!QString::fromStdString(before).contains("## Problem"));
    m_recorder->setText(run, "problem", "The <b>memory</b> filled.\n\n# Not a heading\n| a | b |");
    m_recorder->setText(run, "solution", "Bir kez yüklendi: `x`.");
    m_recorder->setText(run, "conclusion", "  \n ");
    m_recorder->flush();
    const auto made = report({ run }, "tr");
    const auto page = QString::fromStdString(made.markdown);
    const auto problem = page.indexOf("## Problem\n\n"), solution = page.indexOf("## Uygulanan çözüm\n\n");
    QVERIFY(problem > 0 && problem < solution && solution < page.indexOf("## Yapılandırma"));
    QVERIFY(!page.contains("## Çıkarım"));
    QTextDocument document;
    document.setMarkdown(page);
    const auto plain = document.toPlainText();
    for (const auto* kept : { "The <b>memory</b> filled.", "# Not a heading", "| a | b |", "Bir kez yüklendi: `x`." })
        QVERIFY2(plain.contains(QString::fromUtf8(kept)), kept);
}

void TestReport::sectionsAreChosen()
{
    const auto run = record("quick", 60);
    app::ReportChoice choice { .sections = { app::Section::Observations, app::Section::Charts }, .database = "d", .version = "1" };
    auto made = report({ run }, "en", choice);
    auto page = QString::fromStdString(made.markdown);
    static const QRegularExpression heading("^#+ (.*)$", QRegularExpression::MultilineOption);
    QStringList titles;
    for (auto it = heading.globalMatch(page); it.hasNext();)
        titles << it.next().captured(1);
    QCOMPARE(titles, QStringList({ "quick", "Results", "Observations" }));
    QCOMPARE(made.charts.size(), std::size_t(2));
    choice.sections = { app::Section::Results };
    made = report({ run }, "en", choice);
    QVERIFY(made.charts.empty() && !QString::fromStdString(made.markdown).contains("charts/"));
    for (const auto section : app::allSections())
        QCOMPARE(app::sectionCalled(app::name(section)), std::optional(section));
    QVERIFY(!app::sectionCalled("summary"));
}

void TestReport::referenceIsTold()
{
    const auto id = app::keepReference(*m_recorder, app::reportedRun(), "reported", app::reportedRunPage());
    const auto made = report({ id });
    const auto page = QString::fromStdString(made.markdown);
    QVERIFY2(page.contains("These are published figures, 6 of them"), qPrintable(page));
    // Pasted back, the page gives the same points, settings and memory.
    const auto again = app::readPage(made.markdown);
    QCOMPARE(again.points.size(), app::reportedRun().points.size());
    for (std::size_t i = 0; i < again.points.size(); ++i) {
        QCOMPARE(again.points[i].batch, app::reportedRun().points[i].batch);
        QCOMPARE(again.points[i].value, app::reportedRun().points[i].value);
    }
    QCOMPARE(again.settings.size(), app::reportedRun().settings.size());
    QCOMPARE(again.memory.size(), std::size_t(1));
    QCOMPARE(again.memory[0].bytes, 1.2e9);
    QCOMPARE(again.texts.at("problem"), app::reportedRun().texts.at("problem"));
    // Its points are marks, with no line between.
    QVERIFY(!made.charts.empty() && made.charts[0].content.curves[0].reference && !made.charts[0].content.curves[0].smoothed);
    QVERIFY(made.texts.empty());
}

void TestReport::besideTheReportedRun()
{
    const auto ours = record("t4-as-run", 760, [](storage::Run& run, auto&) { run.preset = "t4-as-run"; });
    const auto page = QString::fromStdString(report({ ours }).markdown);
    const auto part = page.mid(page.indexOf("### Beside the reported run"));
    const auto rows = tableOf(part, "batch");
    QCOMPARE(rows.size(), 6);
    const QMap<qint64, double> reported { { 0, 6.3347 }, { 50, 0.2715 }, { 100, 0.0078 }, { 250, 0.0021 }, { 500, 0.0007 }, { 750, 0.0004 } };
    for (const auto& row : rows) {
        QCOMPARE(row[1].toDouble(), reported.value(row[0].toLongLong(), -1));
        QCOMPARE(row[2].toFloat(), float(lossOf(row[0].toLongLong())));
    }
    QVERIFY(part.contains("1.200 GB") && part.contains("every position saw the byte that it was asked for"));
    QVERIFY(part.contains("the whole process is measured"));
    const auto short_ = record("t4", 60, [](storage::Run& run, auto&) { run.preset = "t4"; });
    QCOMPARE(tableOf(QString::fromStdString(report({ short_ }).markdown).section("### Beside", 1), "batch").value(5).value(2), QStringLiteral("–"));
    QVERIFY(!QString::fromStdString(report({ record("quick", 60) }).markdown).contains("### Beside"));
}

void TestReport::reportsAreListed()
{
    const auto a = record("first", 60), b = record("second", 60);
    const auto before = report({ a, b }).markdown;
    const auto made = report({ a, b }, "tr");
    const auto folder = write(made, m_folder->filePath("reports"));
    app::logReport(*m_recorder, made, folder.toStdString(), "0.1.0");
    m_recorder->flush();
    const storage::RunStore store(m_recorder->file());
    for (const auto run : { a, b }) {
        const auto reports = store.reports(run);
        QCOMPARE(reports.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(reports[0].folder), folder);
        QCOMPARE(reports[0].language, std::string("tr"));
        QVERIFY(reports[0].written > 0);
    }
    QCOMPARE(report({ a, b }).markdown, before); // what is logged is no input
}

void TestReport::hostileNames()
{
    const std::string name = "a|b `c` *d* _e_ <f>\n# g";
    const auto id = record(name, 60, [](storage::Run& run, auto&) { run.why = "- not | a <list>\nnor `code`"; });
    m_recorder->setNote(id, "# Not a heading\n\n<script>x</script>");
    m_recorder->flush();
    const auto made = report({ id });
    QTextDocument page;
    page.setMarkdown(QString::fromStdString(made.markdown));
    QVERIFY(page.toPlainText().startsWith(QStringLiteral("a|b `c` *d* _e_ <f> # g\n")));
    QVERIFY(page.toPlainText().contains(QStringLiteral("- not | a <list> nor `code`")));
    QVERIFY(page.toPlainText().contains(QStringLiteral("<script>x</script>")));
    QVERIFY(!QString::fromStdString(made.markdown).contains(QStringLiteral("\n# Not")));
    QCOMPARE(made.name, std::string("a-b-c-d-_e_-f-g"));
}

void TestReport::runsWithoutPoints_data()
{
    QTest::addColumn<int>("status");
    for (const auto status : { storage::RunStatus::Queued, storage::RunStatus::Preparing, storage::RunStatus::Running,
             storage::RunStatus::Failed, storage::RunStatus::Interrupted })
        QTest::newRow(std::string(storage::name(status)).c_str()) << int(status);
}

void TestReport::runsWithoutPoints()
{
    QFETCH(int, status);
    const auto id = m_recorder->addRun({ .name = "early" }, {});
    m_recorder->setStatus(id, storage::RunStatus(status), status == int(storage::RunStatus::Failed) ? "No <weights>." : "");
    m_recorder->flush();
    const auto made = report({ id });
    QVERIFY(made.charts.empty());
    QVERIFY(QString::fromStdString(made.markdown).contains("No batch has been recorded."));
    QCOMPARE(QString::fromStdString(made.markdown).contains("No \\<weights\\>."), status == int(storage::RunStatus::Failed));
    const auto folder = write(made, m_folder->filePath("reports"));
    QVERIFY(QFileInfo::exists(folder + "/report.md"));
    const auto both = report({ id, record("later", 60) });
    QVERIFY(!both.charts.empty());
}

void TestReport::turkish()
{
    const auto page = QString::fromStdString(report({ record("quick", 120) }, "tr").markdown);
    for (const auto* title : { "## Yapılandırma", "## Sonuçlar", "## Ortam", "## Yeniden üretim", "## Gözlemler", "## Denetim" })
        QVERIFY2(page.contains(QString::fromUtf8(title)), title);
    const auto sentence = page.section(u'\n', 2, 2);
    static const QRegularExpression pointNumber("\\d\\.\\d");
    QVERIFY2(!pointNumber.match(sentence).hasMatch(), qPrintable(sentence));
    QCOMPARE(tableOf(page, "batch").value(1)[1].toFloat(), float(lossOf(50)));
}

void TestReport::failureLeavesNothing()
{
    const auto made = report({ record("quick", 60) });
    const auto parent = m_folder->filePath("file");
    QFile file(parent);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY_EXCEPTION_THROWN(write(made, parent), app::ReportError);
    // A table that cannot be read half-way: nothing of the folder may stay.
    auto broken = report({ made.runs.front().overview.run.id });
    broken.texts.emplace_back("report.md/inside-a-file", "x");
    QVERIFY_EXCEPTION_THROWN(write(broken, m_folder->filePath("reports")), app::ReportError);
    QCOMPARE(QDir(m_folder->filePath("reports")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

void TestReport::whileItRuns()
{
    const auto id = m_recorder->addRun({ .name = "live", .preset = "quick" }, {});
    m_recorder->setStatus(id, storage::RunStatus::Running);
    const auto stream = m_recorder->openStream(id, { { 0, "loss", "nats" } });
    const std::uint16_t metric = 0;
    for (std::int64_t batch = 0; batch < 120; ++batch) {
        const double value = lossOf(batch);
        stream->append(batch, timeOf(batch), { &metric, 1 }, { &value, 1 });
    }
    m_recorder->flush();
    const auto made = report({ id });
    QVERIFY(QString::fromStdString(made.markdown).contains("The run is still going: 120 batches"));
    const auto folder = write(made, m_folder->filePath("reports"));
    QCOMPARE(bytesOf(folder + "/data/points.csv").count('\n'), 121);
    QVERIFY(!QFileInfo::exists(folder + "/preset.yaml")); // it has none
}

// A file that may grow no further, as on a full disk.
void TestReport::fullDiskLeavesNothing()
{
    const auto made = report({ record("quick", 400) });
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small { 20'000, before.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    QString said;
    try {
        write(made, m_folder->filePath("reports"));
    } catch (const app::ReportError& error) {
        said = QString::fromUtf8(error.what());
    }
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY2(said.contains("cannot be written") && said.contains("reports"), qPrintable(said));
    QCOMPARE(QDir(m_folder->filePath("reports")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    QVERIFY_EXCEPTION_THROWN(write(made, "/proc/reports"), app::ReportError);
}

QTEST_MAIN(TestReport)
#include "tst_report.moc"
