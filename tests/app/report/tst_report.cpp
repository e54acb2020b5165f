// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of runs that were really recorded: what stands in the page and the CSV is looked up in what was recorded.
#include "app/report/markdown.h"
#include "app/report/report_error.h"
#include "tests/app/gui/report_session.h"

#include <QProcess>
#include <QTextDocument>
#include <csignal>
#include <ctime>
#include <fstream>
#include <set>

#include <sys/resource.h>

using namespace nabiz;
using namespace nabiz::tests;

class TestReport : public ReportSession {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void everyFigureIsStored();
    void everyPointIsInTheCsv();
    void everyDigitIsInTheFigures();
    void isShort();
    void isTitled();
    void speaksToPeople();
    void isOneFile();
    void folderIsWhole();
    void olderReportIsKept();
    void sameRunsSameBytes();
    void wordsAreKeptAsText();
    void sectionsAreChosen();
    void reportsAreListed();
    void hostileNames();
    void turkish();
    void failureLeavesNothing();
    void fullDiskLeavesNothing();
};

void TestReport::everyFigureIsStored()
{
    const auto page = QString::fromStdString(report({ record("quick-2", 760) }).markdown);
    const auto losses = tableOf(page, "batch");
    QStringList batches;
    for (const auto& row : losses) {
        batches << row[0];
        QVERIFY2(says(row[1], lossOf(row[0].toLongLong())), qPrintable(row[1]));
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
    QVERIFY(says(figures["loss, best"].section(" @ ", 0, 0), lossOf(best)));
    QCOMPARE(figures["loss, best"].section(" @ ", 1).toLongLong(), best);
    QVERIFY(says(figures["loss, last"], lossOf(759)));
    QVERIFY(says(figures["loss, mean of the last 20 batches"], mean));
    QVERIFY(says(figures["val.loss, best"].section(" @ ", 0, 0), valLossOf(bestVal)));
    QVERIFY(says(figures["val.loss, last"], valLossOf(749)));
    QCOMPARE(figures["memory of the process, peak"], QStringLiteral("%1 GB").arg(peak / 1e9, 0, 'f', 3));
    QCOMPARE(figures["duration"], QStringLiteral("%1 s").arg(timeOf(759), 0, 'f', 2));

    const auto changed = page.mid(page.indexOf("Changed from quick: 1 of "));
    QCOMPARE(tableOf(changed.left(changed.indexOf("<details>")), "setting").value(0).mid(0, 3),
        QStringList(
            { "`training.learning_rate`", "`" + QString::fromStdString(trainer::toYaml(trainer::Value(1e-3))) + "`",
                "`" + QString::fromStdString(trainer::toYaml(trainer::Value(3e-4))) + "`" }));
    QVERIFY(page.contains("nabiz train quick training.learning_rate=3e-4"));
    // The sections come in their order, the figures before the charts.
    qsizetype at = 0;
    for (const auto* part : { "# quick-2: learning_rate = 3e-4", "## Configuration", "<details>", "</details>",
             "## Results", "| figure", "(charts/loss.png)", "<summary>What it wrote", "## Observations", "## Audit",
             "<summary>Environment", "<summary>Reproduce", "Written by Nabız 9.8.7 from run 1 of" }) {
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
    app::writePoints([&out](std::string_view text) { out << text; }, store, id);
    const auto lines = QString::fromStdString(out.str()).split('\n', Qt::SkipEmptyParts);
    const auto header = lines.first().split(',');
    QCOMPARE(header.mid(0, 2), QStringList({ "batch", "time" }));
    const auto loss = header.indexOf("loss"), val = header.indexOf("val.loss"),
               memory = header.indexOf("memory.process");
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

// The page has four digits, data/ all of them.
void TestReport::everyDigitIsInTheFigures()
{
    const auto made = report({ record("quick", 120) });
    const auto found = std::find_if(
        made.texts.begin(), made.texts.end(), [](const auto& text) { return text.first == "data/figures.csv"; });
    QVERIFY(found != made.texts.end());
    QMap<QString, QStringList> figures;
    for (const auto& line : QString::fromStdString(found->second).split(u'\n', Qt::SkipEmptyParts))
        figures[line.section(u'"', 1, 1)] = line.section(u'"', 2).split(u',');
    QCOMPARE(figures["loss, last"].value(1).toDouble(), lossOf(119));
    QCOMPARE(figures["val.loss, best"].value(1).toDouble(), valLossOf(99));
    static const QRegularExpression many("\\d\\.\\d{5}"); // of a loss
    auto page = QString::fromStdString(made.markdown);
    QVERIFY2(!many.match(page).hasMatch(), qPrintable(many.match(page).captured()));
}

// Sixty lines while all folds are closed, whatever the run, and with a person's words.
void TestReport::isShort()
{
    std::vector<storage::RunId> runs;
    for (const int batches : { 0, 1, 60, 760, 3000 })
        runs.push_back(
            record("run " + std::to_string(batches), batches, [&](storage::Run& run, trainer::Config& config) {
                run.why = "why";
                run.note = "A note.";
                config.set("training.batch_size", trainer::Value(std::int64_t(4 + batches % 7)));
                config.set("training.max_steps", trainer::Value(std::int64_t(100 + batches)));
            }));
    m_recorder->words().setText(runs[3], "problem", "- one\n- two\n\nThree.");
    m_recorder->words().setText(runs[3], "solution", "It **works**.");
    m_recorder->words().setText(runs[3], "conclusion", "So it is.");
    m_recorder->flush();
    for (const char* language : { "en", "tr" }) {
        for (const auto run : runs) {
            const auto page = report({ run }, language).markdown;
            QVERIFY2(app::markdown::visibleLines(page) <= 60, page.c_str());
        }
        const auto all = report(runs, language).markdown;
        QVERIFY2(app::markdown::visibleLines(all) <= 60, all.c_str());
        QVERIFY2(app::markdown::visibleLines(report({ runs[2], runs[3] }, language).markdown) <= 60, "two");
    }
}

void TestReport::isTitled()
{
    const auto titleOf = [this](const std::vector<storage::RunId>& runs, const std::string& title = {}) {
        const auto made = report(runs, "en", { .database = "d", .version = "1", .title = title });
        return QString::fromStdString(made.markdown).section(u'\n', 0, 0);
    };
    const auto a = record("a", 60, [](storage::Run& run, auto&) { run.why = "lower rate"; });
    const auto b = record(
        "b", 60, [](auto&, trainer::Config& config) { config = trainer::PresetStore({}).load("quick").config; });
    QCOMPARE(titleOf({ a }), QStringLiteral("# a: lower rate"));
    QCOMPARE(titleOf({ b }), QStringLiteral("# b: the preset quick as it is"));
    QCOMPARE(titleOf({ a, b }), QStringLiteral("# b against a"));
    QCOMPARE(titleOf({ b, a }, "Why <b> wins"), QStringLiteral("# Why \\<b\\> wins"));
    QCOMPARE(report({ a, b }, "en", { .database = "d", .version = "1", .title = "Why it wins" }).name,
        std::string("Why-it-wins"));
    m_recorder->words().setText(a, "title", "My own");
    m_recorder->flush();
    QCOMPARE(titleOf({ a }), QStringLiteral("# My own"));
    QVERIFY(!QString::fromStdString(
        report({ record("c", 60, [](storage::Run& run, auto&) { run.why = "once"; }) }).markdown)
                 .contains("*once*"));
}

// Sizes with their unit, counts in groups, times by the clock on the wall.
void TestReport::speaksToPeople()
{
    qputenv("TZ", "EAT-3");
    tzset();
    const auto id = record("quick", 60, [](storage::Run& run, auto&) { run.started = 1795739759950; });
    m_recorder->setPrepared(id, {},
        { { "time.zero", "1795739759950" }, { "data.bytes", "2000004" }, { "memory.total", "25276502016" },
            { "model.parameters", "957448" }, { "data.entropy", "0.6180705712967994" } },
        60);
    m_recorder->flush();
    const auto page = QString::fromStdString(report({ id }).markdown);
    qunsetenv("TZ");
    tzset();
    for (const char* said : { "2026-11-27 03:35:59 (UTC+03:00)", "2 MB", "25.28 GB", "957\u202F448", "0.6181" })
        QVERIFY2(page.contains(QString::fromUtf8(said)), said);
    for (const char* raw : { "1795739759950", "2000004", "25276502016", "957448", "0.61807", "UTC |" })
        QVERIFY2(!page.contains(QLatin1String(raw)), raw);
}

void TestReport::isOneFile()
{
    const auto made = report({ record("quick", 60) });
    const auto parent = m_folder->filePath("reports");
    std::map<std::string, std::string> pictures;
    for (const auto& chart : made.charts)
        pictures.merge(app::drawChart(chart));
    const storage::RunStore store(m_recorder->file());
    const auto zip = [&] {
        return QString::fromStdString(
            app::writeReport(made, pictures, store, parent.toStdString(), app::ReportForm::Zip).string());
    };
    QCOMPARE(QFileInfo(zip()).fileName(), QStringLiteral("quick.zip"));
    QCOMPARE(QFileInfo(zip()).fileName(), QStringLiteral("quick-2.zip"));
    QCOMPARE(QDir(parent).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList({ "quick-2.zip", "quick.zip" }));
    QProcess python; // another reader than what wrote it
    python.start("python3",
        { "-c", "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])", parent + "/quick.zip",
            m_folder->filePath("out") });
    QVERIFY(python.waitForFinished() && python.exitCode() == 0);
    const auto folder = write(made, m_folder->filePath("plain"));
    QCOMPARE(filesUnder(m_folder->filePath("out/quick")), filesUnder(folder));
    for (const auto& file : filesUnder(folder))
        QVERIFY2(bytesOf(folder + "/" + file) == bytesOf(m_folder->filePath("out/quick/" + file)), qPrintable(file));
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
    QCOMPARE(QDir(m_folder->filePath("raporlar/yeni"))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                 .size(),
        1);

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
    QVERIFY(!page.contains("<b>") || page.contains("```"));
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
    QCOMPARE(files.size(), 10); // the page; two charts twice; the figures; a preset and the points a run
    for (const auto& file : files)
        QVERIFY2(bytesOf(first + "/" + file) == bytesOf(second + "/" + file), qPrintable(file));
}

void TestReport::wordsAreKeptAsText()
{
    const auto run = record("quick", 60);
    const auto before = report({ run }).markdown;
    QVERIFY(!QString::fromStdString(before).contains("## Problem"));
    m_recorder->words().setText(run, "problem", "The <b>memory</b> filled.\n\n# Not a heading\n| a | b |");
    m_recorder->words().setText(run, "solution", "Bir kez yüklendi: `x`.");
    m_recorder->words().setText(run, "conclusion", "  \n ");
    m_recorder->flush();
    const auto made = report({ run }, "tr");
    const auto page = QString::fromStdString(made.markdown);
    const auto problem = page.indexOf("## Problem\n\n"), solution = page.indexOf("## Uygulanan çözüm\n\n");
    QVERIFY(problem > 0 && problem < solution && solution < page.indexOf("## Yapılandırma"));
    QVERIFY(!page.contains("## Çıkarım"));
    QTextDocument document;
    document.setMarkdown(page);
    const auto plain = document.toPlainText();
    for (const auto* kept : { "The <b>memory</b> filled.", "# Not a heading", "| a | b |", "Bir kez yüklendi: x." })
        QVERIFY2(plain.contains(QString::fromUtf8(kept)), kept);
}

void TestReport::sectionsAreChosen()
{
    const auto run = record("quick", 60);
    app::ReportChoice choice {
        .sections = { app::Section::Observations, app::Section::Charts }, .database = "d", .version = "1"
    };
    auto made = report({ run }, "en", choice);
    auto page = QString::fromStdString(made.markdown);
    static const QRegularExpression heading("^#+ (.*)$", QRegularExpression::MultilineOption);
    QStringList titles;
    for (auto it = heading.globalMatch(page); it.hasNext();)
        titles << it.next().captured(1);
    QCOMPARE(titles, QStringList({ "quick: learning_rate = 3e-4", "Results", "Observations" }));
    QCOMPARE(made.charts.size(), std::size_t(2));
    choice.sections = { app::Section::Results };
    made = report({ run }, "en", choice);
    QVERIFY(made.charts.empty() && !QString::fromStdString(made.markdown).contains("charts/"));
    for (const auto section : app::allSections())
        QCOMPARE(app::sectionCalled(app::name(section)), std::optional(section));
    QVERIFY(!app::sectionCalled("summary"));
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
    m_recorder->words().setNote(id, "# Not a heading\n\n<script>x</script>");
    m_recorder->flush();
    const auto made = report({ id });
    QTextDocument page;
    page.setMarkdown(QString::fromStdString(made.markdown));
    QVERIFY(page.toPlainText().startsWith(QStringLiteral("a|b `c` *d* _e_ <f>")));
    QVERIFY(page.toPlainText().contains(QStringLiteral("- not | a <list> nor `code`")));
    QVERIFY(page.toPlainText().contains(QStringLiteral("<script>x</script>")));
    QVERIFY(!QString::fromStdString(made.markdown).contains(QStringLiteral("\n# Not")));
    QCOMPARE(made.name, std::string("a-b-c-d-_e_-f-g"));
}

void TestReport::turkish()
{
    const auto page = QString::fromStdString(report({ record("quick", 120) }, "tr").markdown);
    for (const auto* title :
        { "## Yapılandırma", "## Sonuçlar", "<summary>Ortam", "<summary>Yeniden üretim", "## Gözlemler", "## Denetim" })
        QVERIFY2(page.contains(QString::fromUtf8(title)), title);
    const auto sentence = page.section(u'\n', 2, 2);
    static const QRegularExpression pointNumber("\\d\\.\\d");
    QVERIFY2(!pointNumber.match(sentence).hasMatch(), qPrintable(sentence));
    QString cell = tableOf(page, "batch").value(1)[1]; // as in the sentences
    QVERIFY2(cell.contains(u',') && !cell.contains(u'.'), qPrintable(cell));
    QVERIFY(says(cell.replace(u',', u'.'), lossOf(50)));
    const auto figures = page.section(QString::fromUtf8("## Sonuçlar"), 1).section(QStringLiteral("\n\n"), 1, 1);
    QVERIFY2(!pointNumber.match(figures).hasMatch(), qPrintable(figures));
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
    QCOMPARE(QDir(m_folder->filePath("reports")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList());
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
    QCOMPARE(QDir(m_folder->filePath("reports")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList());
    QVERIFY_EXCEPTION_THROWN(write(made, "/proc/reports"), app::ReportError);
}

QTEST_MAIN(TestReport)
#include "tst_report.moc"
