// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of runs of other kinds: several, with seeds, references, one beside the reported run, without points, still
// running.
#include "app/interchange/reference_run.h"
#include "app/interchange/reported_run.h"
#include "app/report/compared_report.h"
#include "tests/app/gui/report_session.h"
#include "trainer/base/finding.h"

#include <cmath>
#include <set>

using namespace nabiz;
using namespace nabiz::tests;

class TestReportKinds : public ReportSession {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void comparison();
    void severalSeeds();
    void asCompareShowsThem();
    void otherTextsAreNotCompared();
    void aSparseReference();
    void predictionSaysOfWhat();
    void aRunWithoutLossesDoesNotHideItsGroup();
    void referenceIsTold();
    void besideTheReportedRun();
    void runsWithoutPoints_data();
    void runsWithoutPoints();
    void whileItRuns();
    void saysWhatTheAuditFound();
};

void TestReportKinds::comparison()
{
    const auto a = record("first", 200);
    const auto b = record(
        "second", 120, [](auto&, auto& config) { config.set("training.batch_size", trainer::Value(std::int64_t(8))); });
    const auto made = report({ a, b });
    const auto page = QString::fromStdString(made.markdown);
    QVERIFY(page.startsWith("# second against first\n"));
    const auto compared = page.left(page.indexOf("<summary>first</summary>"));
    QVERIFY(compared.contains("cannot be told: 1 and 1 finished seeds"));
    QVERIFY(compared.contains("second reached the best loss of first")
        || compared.contains("second never reached the best loss of first"));
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
             std::tuple { "val.loss, last", float(valLossOf(199)), float(valLossOf(99)) },
             std::tuple { "batches", 200.F, 120.F } }) {
        const auto cells = outcome.value(QLatin1String(label));
        QVERIFY2(cells.size() >= 2, label);
        QVERIFY2(says(QString(cells[0]).remove("**").section(u' ', 0, 0), first), label);
        QVERIFY2(says(QString(cells[1]).remove("**").section(u' ', 0, 0), second), label);
    }
    QVERIFY(outcome["memory, peak"].value(0).contains("0.930 GB"));
    QVERIFY(outcome["duration"].value(0).contains(QStringLiteral("%1 s").arg(timeOf(199), 0, 'f', 2)));
    const auto differing = tableOf(compared, "setting");
    QCOMPARE(differing.size(), 1);
    QCOMPARE(differing[0].mid(0, 3), QStringList({ "`training.batch_size`", "`4`", "`8`" }));
    const auto losses = tableOf(compared, "batch");
    QMap<QString, QStringList> at;
    for (const auto& row : losses)
        at[row[0]] = row.mid(1);
    QVERIFY(says(at["50"][0], lossOf(50)));
    QVERIFY(says(at["119"][1], lossOf(119)));
    QCOMPARE(at["199"][1], QStringLiteral("–"));
    QCOMPARE(made.tables.size(), std::size_t(2));
    std::set<std::string> unique;
    for (const auto& file : made.files())
        QVERIFY2(unique.insert(file).second, file.c_str());
}

// Three seeds a side, far apart: the difference is real, and said so.
void TestReportKinds::severalSeeds()
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
            runs.push_back(
                record(QStringLiteral("%1 s%2").arg(side == 0 ? "small" : "large").arg(seed).toStdString(), 100, edit));
        }
    }
    m_shift = 0;
    const auto page = QString::fromStdString(report(runs).markdown);
    QVERIFY2(
        page.contains(
            "The final loss of large is higher than that of small by more than chance: its difference is between 0.4"),
        qPrintable(page.left(2000)));
    QVERIFY(page.contains("(95 % interval by Welch, 3 and 3 seeds)"));
    const auto turkish = QString::fromStdString(report(runs, "tr").markdown);
    QVERIFY(turkish.contains("fark 0,4"));
    // Seeds are one column, with their spread.
    const auto rows = tableOf(page, "figure");
    QVERIFY2(page.contains("| small (3 seeds) |") && page.contains("large (3 seeds) |"), qPrintable(page.left(2000)));
    QVERIFY(std::any_of(rows.begin(), rows.end(),
        [](const auto& row) { return row.size() == 4 && row[0] == "val.loss, best" && row[1].contains(" ± "); }));
    // Unless Compare shows them apart.
    app::ReportChoice choice { .database = "d", .version = "1" };
    choice.look.grouped = false;
    QVERIFY(QString::fromStdString(report(runs, "en", choice).markdown).contains("| large s3 |"));
}

// The baseline, metric, scale, unit of x and colours are Compare's.
void TestReportKinds::asCompareShowsThem()
{
    const auto a = record("a", 200), b = record("b", 200);
    app::ReportChoice choice { .database = "d", .version = "1" };
    choice.look
        = { {}, QStringLiteral("val.loss"), ui::XUnit::Time, false, true, { { a, Qt::green }, { b, Qt::magenta } } };
    const auto made = report({ b, a }, "en", choice);
    const auto& chart = made.charts.at(0).content;
    QCOMPARE(chart.title, QStringLiteral("val.loss"));
    QCOMPARE(chart.xUnit, ui::XUnit::Time);
    QVERIFY(!chart.logY);
    QCOMPARE(chart.curves.size(), std::size_t(2));
    QCOMPARE(chart.curves[0].key, qint64(b));
    QCOMPARE(chart.curves[0].color, QColor(Qt::magenta));
    QCOMPARE(chart.curves[1].color, QColor(Qt::green));
    QVERIFY(made.markdown.find("The baseline is b.") != std::string::npos);
    choice.look.logY = true;
    QVERIFY(report({ b, a }, "en", choice).charts.at(0).content.logY);
}

// The reason stands where the comparison would.
void TestReportKinds::otherTextsAreNotCompared()
{
    const auto a = record("a", 200), b = record("b", 200);
    m_recorder->setPrepared(b, {}, { { "data.hash", "other" } }, 200);
    m_recorder->flush();
    const auto page = QString::fromStdString(report({ a, b }).markdown);
    QVERIFY2(
        page.contains("b and a were validated on different texts: their validation losses say nothing of each other."),
        qPrintable(page.left(3000)));
    QVERIFY(page.contains("(other validation text)"));
    QVERIFY(!page.contains("reached") && !page.contains("cannot be told"));
    for (const auto& row : tableOf(page.left(page.indexOf("<summary>a</summary>")), "figure"))
        QVERIFY2(!row[0].contains("loss") || !(row.join(u' ').contains(" %)") || row.join(u' ').contains("**")),
            qPrintable(row.join(u' ')));
}

// Six points are no mean of twenty, and what they say they say where they stand.
void TestReportKinds::aSparseReference()
{
    const auto page = app::readPage(
        "# Published\n\n| step | loss |\n|--|--|\n| 0 | 6.0 |\n| 100 | 3.0 |\n| 200 | 2.0 |\n| 300 | 1.5 |\n| 400 | 1.2 |\n| 500 | 1.0 |\n");
    const auto id = app::keepReference(*m_recorder, page, "published", "page");
    QVERIFY(!QString::fromStdString(report({ id }).markdown).contains("mean of the last"));
    const auto run = record("quick", 60,
        [](auto&, trainer::Config& config) { config.set("training.eval_interval", trainer::Value(std::int64_t(0))); });
    const auto both = QString::fromStdString(report({ run, id }).markdown);
    QVERIFY2(both.contains("published reached the best loss of quick"), qPrintable(both.left(2500)));
    QVERIFY2(both.contains("at batch 100:"), qPrintable(both.left(2500))); // 3.0 is below what 60 batches came to
    QVERIFY(both.contains("1 (of 1 point)"));
}

// On a CPU the whole process is measured, and the tensors are predicted.
void TestReportKinds::predictionSaysOfWhat()
{
    const auto id = record("quick", 60, [](auto&, trainer::Config& config) {
        config.set("language.stand_in", trainer::Value(std::string("hidden=64,layers=2")));
        config.set("hardware.device", trainer::Value(std::string("cpu")));
    });
    const auto page = QString::fromStdString(report({ id }).markdown);
    QVERIFY2(page.contains("| memory of the tensors alone, predicted "), qPrintable(page));
    QVERIFY(page.contains("| memory of the process, peak "));
    QVERIFY(!page.contains("| memory, predicted "));
}

void TestReportKinds::referenceIsTold()
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
    QVERIFY(!made.charts.empty() && made.charts[0].content.curves[0].reference
        && !made.charts[0].content.curves[0].smoothed);
    // Its figures, and neither a preset nor a duration that nobody measured.
    QCOMPARE(made.texts.size(), std::size_t(1));
    QCOMPARE(made.texts[0].first, std::string("data/figures.csv"));
    const auto csv = QString::fromStdString(made.texts[0].second);
    QVERIFY2(csv.contains("\"loss, last\",4e-04,") && csv.contains("\"memory, steady\",1.2e+09,"), qPrintable(csv));
    QVERIFY2(!csv.contains("duration"), qPrintable(csv));
}

void TestReportKinds::besideTheReportedRun()
{
    const auto ours = record("t4-as-run", 760, [](storage::Run& run, auto&) { run.preset = "t4-as-run"; });
    const auto page = QString::fromStdString(report({ ours }).markdown);
    const auto part = page.mid(page.indexOf("<summary>Beside the reported run"));
    const auto rows = tableOf(part, "batch");
    QCOMPARE(rows.size(), 6);
    const QMap<qint64, double> reported { { 0, 6.3347 }, { 50, 0.2715 }, { 100, 0.0078 }, { 250, 0.0021 },
        { 500, 0.0007 }, { 750, 0.0004 } };
    for (const auto& row : rows) {
        QCOMPARE(row[1].toDouble(), reported.value(row[0].toLongLong(), -1));
        QVERIFY(says(row[2], lossOf(row[0].toLongLong())));
    }
    QVERIFY(part.contains("1.200 GB") && part.contains("every position saw the byte that it was asked for"));
    QVERIFY(part.contains("the whole process is measured"));
    const auto short_ = record("t4", 60, [](storage::Run& run, auto&) { run.preset = "t4"; });
    QCOMPARE(tableOf(QString::fromStdString(report({ short_ }).markdown).section("<summary>Beside", 1), "batch")
                 .value(5)
                 .value(2),
        QStringLiteral("–"));
    QVERIFY(!QString::fromStdString(report({ record("quick", 60) }).markdown).contains("<summary>Beside"));
}

void TestReportKinds::runsWithoutPoints_data()
{
    QTest::addColumn<int>("status");
    for (const auto status : { storage::RunStatus::Queued, storage::RunStatus::Preparing, storage::RunStatus::Running,
             storage::RunStatus::Failed, storage::RunStatus::Interrupted })
        QTest::newRow(std::string(storage::name(status)).c_str()) << int(status);
}

void TestReportKinds::runsWithoutPoints()
{
    QFETCH(int, status);
    const auto id = m_recorder->addRun({ .name = "early" }, {});
    m_recorder->setStatus(
        id, storage::RunStatus(status), status == int(storage::RunStatus::Failed) ? "No <weights>." : "");
    m_recorder->flush();
    const auto made = report({ id });
    QVERIFY(made.charts.empty() && made.texts.empty());
    QVERIFY(QString::fromStdString(made.markdown).contains("No batch has been recorded."));
    QCOMPARE(
        QString::fromStdString(made.markdown).contains("No \\<weights\\>."), status == int(storage::RunStatus::Failed));
    const auto folder = write(made, m_folder->filePath("reports"));
    QVERIFY(QFileInfo::exists(folder + "/report.md"));
    const auto both = report({ id, record("later", 60) });
    QVERIFY(!both.charts.empty());
}

void TestReportKinds::whileItRuns()
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

void TestReportKinds::saysWhatTheAuditFound()
{
    using trainer::message;
    const auto add = [&](storage::RunId run, const trainer::Finding& finding) {
        const trainer::Message stored = trainer::toMessage(finding);
        m_recorder->addEvent(run,
            { .kind = "audit",
                .text = trainer::describe(finding),
                .message = stored.text,
                .arguments = stored.arguments });
        m_recorder->flush();
    };
    const auto run = record("quick-2", 20);
    QVERIFY(QString::fromStdString(report({ run }).markdown).contains("## Audit\n\nThis run has not been audited.\n"));
    add(run, { "overlap", trainer::FindingSeverity::Fine, message("%1 of it", "0 %"), {} });
    QVERIFY(
        QString::fromStdString(report({ run }).markdown).contains("## Audit\n\nNothing suspicious: 0 % of it.\n\n"));
    add(run,
        { "leak", trainer::FindingSeverity::Warning, message("Seen by %1.", "<b>encoder</b>"),
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

// As in the window and on the command line, which count those that have a loss.
void TestReportKinds::aRunWithoutLossesDoesNotHideItsGroup()
{
    std::vector<app::ReportRun> runs;
    for (const int seed : { 1, 2, 3 }) {
        app::ReportRun run;
        const auto text = std::to_string(seed);
        run.overview.run.id = seed;
        run.overview.run.name = "a s" + text;
        run.parameters = { { "training.batch_size", "4", "4" }, { "training.seed", text, text } };
        auto& loss = run.series["loss"] = std::make_unique<ui::RunSeries>("loss", "nats");
        for (int batch = 0; batch < (seed == 3 ? 0 : 60); ++batch)
            loss->append(batch, batch * 0.5, 3 - batch * 0.01);
        runs.push_back(std::move(run));
    }
    ui::ComparedSeries series;
    const app::ComparedReport compared(runs, series, {});
    QCOMPARE(compared.entries.size(), std::size_t(1));
    const auto best = ui::bestLoss(compared.entries.front(), ui::LossBasis::MeanOfLast);
    QVERIFY(best);
    QVERIFY(std::abs(best->value - (3 - 0.01 * (59 - 9.5))) < 1e-9);
}

QTEST_MAIN(TestReportKinds)
#include "tst_report_kinds.moc"
