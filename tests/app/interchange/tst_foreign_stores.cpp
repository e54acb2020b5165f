// SPDX-License-Identifier: GPL-3.0-or-later
// Stores as they are found: locked, with a log beside them, of older versions, damaged in the middle, empty, with names
// and steps of every kind, and growing between two imports.
#include "app/interchange/python/nabiz_log.h"
#include "app/interchange/store_import.h"
#include "storage/run_store.h"
#include "tests/app/interchange/stores_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>

#include <cmath>
#include <limits>
#include <set>

using namespace nabiz;
namespace fs = std::filesystem;

class TestForeignStores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void mlflowGrows();
    void mlflowLeavesOutWhatWasDeleted();
    void mlflowOfAnOlderVersion();
    void mlflowWhileItIsLocked();
    void mlflowDamagedInTheMiddle();
    void trackioWithItsLogBeside();
    void runningBecomesInterrupted();
    void stepsOfEveryKind();
    void namesOfEveryKind();
    void csvOfEveryKind_data();
    void csvOfEveryKind();
    void csvOfSeveralRuns_data();
    void csvOfSeveralRuns();
    void tablesWithoutRowNumbers();
    void csvInUtf16();
    void csvOfRunsIsNoCurve();
    void rowsBehindADamagedPage();
    void inboxLinesOfEitherForm();
    void logOfACppProgram();
    void checkpointsOfTheTrainerAreOneRun();
    void logOfJsonLines();
    void trashedRunIsLeftAlone();
    void homeOfNothing();

private:
    fs::path path(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    fs::path write(const char* name, const std::string& text) const
    {
        fs::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }
    fs::path copied(const char* store) const
    {
        const auto to = path("copy.db");
        fs::copy_file(testing::storesFolder() + "/" + store, to, fs::copy_options::overwrite_existing);
        return to;
    }
    app::ImportReport imported(const fs::path& what)
    {
        app::ImportReport report;
        storage::Recorder recorder(path("runs.db"));
        for (const auto& found : app::findStores(what))
            app::importStores({ found }, {}, &recorder, report);
        return report;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestForeignStores::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestForeignStores::mlflowGrows()
{
    const auto file = copied("mlflow_sqlite/mlflow.db");
    const auto found = app::findStores(file);
    QCOMPARE(found.size(), 1U);
    const auto reader = found[0].format->open(file, "x");
    QCOMPARE(reader->read(false).size(), 3U);
    QVERIFY(reader->read(false).empty());
    const auto before = imported(file);
    QCOMPARE(before.runs.size(), 3U);
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)"
                      " SELECT 'acc', 0.99, 1700011050000, run_uuid, 400, 0 FROM runs WHERE name = 'resnet-a'");
    }
    const auto grown = reader->read(false);
    QCOMPARE(grown.size(), 1U);
    QVERIFY(!grown[0].isWhole);
    QCOMPARE(grown[0].series.size(), 1U);
    QCOMPARE(grown[0].series[0].points.size(), 1U);
    QCOMPARE(grown[0].series[0].points[0].step, 400);
    std::int64_t added = 0;
    for (const auto& line : imported(file).runs)
        added += line.outcome.newPoints;
    QCOMPARE(added, 1);
}

void TestForeignStores::mlflowLeavesOutWhatWasDeleted()
{
    const auto file = copied("mlflow_sqlite/mlflow.db");
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE runs SET lifecycle_stage = 'deleted' WHERE name = 'tiny'");
    QCOMPARE(testing::readAll(file).size(), 2U);
}

// Before steps, NaN and names of runs were stored.
void TestForeignStores::mlflowOfAnOlderVersion()
{
    const auto file = path("old.db");
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            "CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, status TEXT, start_time INTEGER, experiment_id INTEGER);"
            "CREATE TABLE metrics (key TEXT, value FLOAT, timestamp INTEGER, run_uuid TEXT);"
            "CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);"
            "INSERT INTO experiments VALUES (1, 'e');"
            "INSERT INTO runs VALUES ('abc', 'KILLED', 1000, 1);"
            "INSERT INTO metrics VALUES ('loss', 0.5, 2000, 'abc'), ('loss', 0.25, 3000, 'abc');"
            "INSERT INTO tags VALUES ('mlflow.runName', 'first', 'abc')");
    }
    const auto runs = testing::readAll(file);
    QCOMPARE(runs.size(), 1U);
    QCOMPARE(runs[0].name, std::string("first"));
    QCOMPARE(runs[0].status, std::optional(storage::RunStatus::Stopped));
    QCOMPARE(runs[0].series.at(0).points.size(), 2U);
    QCOMPARE(runs[0].series[0].points[1].wall, 3.0);
}

void TestForeignStores::mlflowWhileItIsLocked()
{
    const auto file = copied("mlflow_sqlite/mlflow.db");
    SQLite::Database holder(file.string(), SQLite::OPEN_READWRITE);
    holder.exec("PRAGMA locking_mode = EXCLUSIVE");
    holder.exec("BEGIN EXCLUSIVE");
    const auto report = imported(file);
    QVERIFY(report.runs.empty());
    QCOMPARE(report.skipped.size(), 1U);
    QVERIFY2(report.skipped[0].reason.find("lock") != std::string::npos, report.skipped[0].reason.c_str());
}

void TestForeignStores::mlflowDamagedInTheMiddle()
{
    const auto file = copied("mlflow_sqlite/mlflow.db");
    const auto size = fs::file_size(file);
    std::set<std::size_t> counts;
    for (std::uintmax_t at = 2048; at < size; at += 4096) {
        copied("mlflow_sqlite/mlflow.db");
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(at));
        bytes << std::string(512, '\x7f');
        bytes.close();
        std::size_t points = 0;
        for (const auto& found : app::findStores(file)) {
            try {
                for (const auto& run : found.format->open(file, "x")->read(true)) {
                    for (const auto& series : run.series)
                        points += series.points.size();
                }
            } catch (const app::StoreError& error) {
                QVERIFY(!std::string(error.what()).empty());
            }
        }
        counts.insert(points);
    }
    QVERIFY(*counts.rbegin() > 100); // most of the pages hold no metric
}

void TestForeignStores::trackioWithItsLogBeside()
{
    const auto file = copied("trackio/demo-shared.db");
    SQLite::Database writer(file.string(), SQLite::OPEN_READWRITE);
    writer.exec("PRAGMA journal_mode = WAL");
    writer.exec("PRAGMA wal_autocheckpoint = 0");
    writer.exec(
        "INSERT INTO metrics (run_id, timestamp, run_name, step, metrics)"
        " SELECT run_id, timestamp, run_name, 999, '{\"train/loss\": \"NaN\", \"deep\": {\"x\": 1.5}}' FROM metrics"
        " WHERE run_name = 'run-one' LIMIT 1");
    QVERIFY(fs::file_size(file.string() + "-wal") > 0);
    const auto runs = testing::readAll(file);
    QCOMPARE(runs.size(), 2U);
    const auto one = std::find_if(runs.begin(), runs.end(), [](const auto& run) { return run.name == "run-one"; });
    const auto series = [&](const char* name) {
        return *std::find_if(
            one->series.begin(), one->series.end(), [&](const auto& each) { return each.name == name; });
    };
    QCOMPARE(series("train/loss").points.back().step, 999);
    QVERIFY(std::isnan(series("train/loss").points.back().value));
    QCOMPARE(series("deep/x").points.back().value, 1.5);
}

void TestForeignStores::runningBecomesInterrupted()
{
    const auto file = copied("mlflow_sqlite/mlflow.db");
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE runs SET status = 'RUNNING', end_time = NULL WHERE name = 'tiny'");
    const auto id = [](const app::ImportReport& report) {
        for (const auto& line : report.runs) {
            if (line.outcome.name == "tiny")
                return line.outcome.run;
        }
        return storage::RunId();
    };
    const auto run = id(imported(file));
    QCOMPARE(storage::RunStore(path("runs.db")).run(run)->run.status, storage::RunStatus::Interrupted);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE runs SET status = 'KILLED', end_time = 1700011209000 WHERE name = 'tiny'");
    QCOMPARE(id(imported(file)), run);
    const auto now = storage::RunStore(path("runs.db")).run(run)->run;
    QCOMPARE(now.status, storage::RunStatus::Stopped);
    QCOMPARE(now.ended.value_or(0), 1'700'011'209'000);
}

// Repeated, falling, negative, large: each keeps its place.
void TestForeignStores::stepsOfEveryKind()
{
    write("log.csv", "step,loss,acc\n-5,1.5,\n0,1,0.5\n0,0.9,\n0,0.9,\n3000000000,0.8,\n10,0.7,0.6\n5,nan,\n7,-inf,\n");
    const auto report = imported(path("log.csv"));
    QCOMPARE(report.runs.size(), 1U);
    QCOMPARE(report.runs[0].outcome.points, 10);
    const auto detail = storage::RunStore(path("runs.db")).detail(report.runs[0].outcome.run).value();
    const auto& loss = detail.series[0];
    QCOMPARE(loss.batch, (std::vector<double> { -5, 0, 0, 0, 3e9, 10, 5, 7 }));
    QCOMPARE(loss.value[1], 1.0);
    QVERIFY(std::isnan(loss.value[6]) && loss.value[7] == -std::numeric_limits<double>::infinity());
    QCOMPARE(imported(path("log.csv")).runs[0].outcome.newPoints, 0);
}

void TestForeignStores::namesOfEveryKind()
{
    const std::string longName(1000, 'n');
    write("log.csv",
        "step,a/b/c,\xf0\x9f\xa6\x8a,\"with \"\"quotes\"\", and\nlines\"," + longName + "\n1,1,2,3,4\n2,1,2,3,4\n");
    const auto report = imported(path("log.csv"));
    QCOMPARE(report.runs.size(), 1U);
    std::set<std::string> names;
    for (const auto& metric : storage::RunStore(path("runs.db")).metrics(report.runs[0].outcome.run))
        names.insert(metric.name);
    QCOMPARE(names, (std::set<std::string> { "a/b/c", "\xf0\x9f\xa6\x8a", "with \"quotes\", and\nlines", longName }));
}

void TestForeignStores::csvOfEveryKind_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("points"); // metric@step=value …
    const auto row = [](const char* name, const char* text, const char* points, const char* file = "log.csv") {
        QTest::newRow(name) << QByteArray(file) << QByteArray(text) << QByteArray(points);
    };
    row("Keras", "epoch,accuracy,loss,val_loss\n0,0.5,0.6,0.7\n1,0.6,0.5,0.65\n",
        "accuracy@0=0.5 accuracy@1=0.6 loss@0=0.6 loss@1=0.5 val_loss@0=0.7 val_loss@1=0.65");
    row("blank rows", "step,loss\n\n0,2.5\n\n,\n50,1.5\n", "loss@0=2.5 loss@50=1.5");
    row("steps of floats", "step,loss\n0.0,2.5\n50.0,1.5\n", "loss@0=2.5 loss@50=1.5");
    row("text columns", "step,phase,loss\n0,warm,2.5\n1,main,1.5\n", "loss@0=2.5 loss@1=1.5");
    row("ISO times", "timestamp,step,loss\n2026-11-23T15:26:21Z,0,2.5\n2026-11-23 15:26:22+00:00,1,1.5\n",
        "loss@0=2.5 loss@1=1.5");
    row("no step", "loss,lr\n2.5,0.1\n1.5,0.2\n", "loss@0=2.5 loss@1=1.5 lr@0=0.1 lr@1=0.2");
    row("a mark of UTF-8, Windows' lines", "\xef\xbb\xbfstep,loss\r\n0,2.5\r\n1,1.5\r\n", "loss@0=2.5 loss@1=1.5");
    row("no end", "step,loss\n0,2.5\n1,1.5", "loss@0=2.5 loss@1=1.5");
    row("cut in a row", "step,loss,acc\n0,2.5,1\n1,1.", "acc@0=1 loss@0=2.5");
    row("tabs", "step\tloss\n0\t2.5\n1\t\n2\t1.5\n", "loss@0=2.5 loss@2=1.5");
    row("decimal comma and groups", "adım;kayıp\n0;1.234,5\n50;0,2715\n", "kayıp@0=1234.5 kayıp@50=0.2715");
    row("one curve of TensorBoard", "Wall time,Step,Value\n1547130262.05,100,0.792\n1547130264.82,200,0.812\n",
        "metric_ndcg@10@100=0.792 metric_ndcg@10@200=0.812", "run_eval-tag-metric_ndcg@10.csv");
    row("MLflow's, long",
        "key,value,step,timestamp\nloss,6.33,0,1700000000000\nloss,0.27,50,1700000001000\naccuracy,0.81,50,1700000001000\n",
        "accuracy@50=0.81 loss@0=6.33 loss@50=0.27");
    row("MLflow's metric alone", "1700000000000 6.3347 0\n1700000001000 0.2715 50\n", "acc@0=6.3347 acc@50=0.2715",
        "acc.txt");
    row("W&B's file", "_step,_runtime,_timestamp,loss\n0,1.5,1700000000.5,2.5\n1,2.5,1700000001.5,1.5\n",
        "loss@0=2.5 loss@1=1.5");
    row("another language", "étape,perte\n0,2.5\n10,1.5\n", "perte@0=2.5 perte@10=1.5");
    row("the header again, as writers that are begun anew have it", "epoch,loss\n0,2.5\nepoch,loss\n1,1.5\n",
        "loss@0=2.5 loss@1=1.5");
    row("another header, of a writer that has more to tell", "step,loss\n0,2.5\n1,1.5\nstep,acc,loss\n2,0.9,0.5\n",
        "acc@2=0.9 loss@0=2.5 loss@1=1.5 loss@2=0.5");
    row("another header without steps", "loss,lr\n2.5,0.1\nlr,loss\n0.2,1.5\n",
        "loss@0=2.5 loss@1=1.5 lr@0=0.1 lr@1=0.2");
    row("an old Mac's lines", "step,loss\r0,2.5\r1,1.5\r", "loss@0=2.5 loss@1=1.5");
    row("groups in quotes", "step,tokens,loss\n\"1,000\",\"2,048,000\",2.5\n\"2,000\",\"4,096,000\",1.5\n",
        "loss@1000=2.5 loss@2000=1.5 tokens@1000=2.048e+06 tokens@2000=4.096e+06");
    row("decimal commas in quotes", "step,loss\n\"1\",\"2,5\"\n\"2\",\"1,234\"\n", "loss@1=2.5 loss@2=1.234");
    row("commas of either kind: no number, but a count",
        "step,loss,lr\n\"1,000\",\"1,234\",0.1\n\"2,000\",\"1,111\",0.2\n", "lr@1000=0.1 lr@2000=0.2");
    row("tabs and groups", "step\tloss\ttokens\n1,000\t2.5\t1,234.5\n2,000\t1.5\t2,345.5\n",
        "loss@1000=2.5 loss@2000=1.5 tokens@1000=1234.5 tokens@2000=2345.5");
    row("the separator said for Excel", "sep=;\nstep;loss\n0;2,5\n1;1,5\n", "loss@0=2.5 loss@1=1.5");
    row("a step that is no whole number", "step,loss\n50.0,1.5\n100,1.25\n150.5,1\n", "loss@100=1.25 loss@50=1.5");
    row("an unknown counter", "frames,reward\n1000,2.5\n2000,1.5\n", "reward@1000=2.5 reward@2000=1.5");
}

void TestForeignStores::csvOfEveryKind()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, points);
    const auto runs = testing::readAll(write(name.constData(), text.toStdString()));
    QCOMPARE(runs.size(), 1U);
    QStringList all;
    for (const auto& series : runs[0].series) {
        for (const auto& point : series.points)
            all << QStringLiteral("%1@%2=%3").arg(QString::fromStdString(series.name)).arg(point.step).arg(point.value);
    }
    all.sort();
    QCOMPARE(all.join(u' '), QString::fromUtf8(points));
}

// Of several runs under one another each is a run; two columns of one name are two metrics.
void TestForeignStores::csvOfSeveralRuns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("points");
    QTest::newRow("by name") << QByteArray("step,run,loss\n1,a,2.5\n1,b,3.5\n2,a,1.5\n")
                             << QByteArray("a:loss=2 b:loss=1");
    QTest::newRow("MLflow's, long") << QByteArray("run_id,key,value,step\na,loss,6,0\nb,loss,9,0\na,acc,0.5,1\n")
                                    << QByteArray("a:acc=1 a:loss=1 b:loss=1");
    QTest::newRow("seeds") << QByteArray("step,seed,loss\n1,7,2.5\n1,8,3.5\n2,7,1.5\n")
                           << QByteArray("7:loss=2 8:loss=1");
    QTest::newRow("a name twice") << QByteArray("step,loss,loss\n1,2.5,3.5\n2,1.5,2.5\n")
                                  << QByteArray("log:loss (2)=2 log:loss=2");
}

void TestForeignStores::csvOfSeveralRuns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, points);
    write("log.csv", text.toStdString());
    const auto report = imported(path("log.csv"));
    const storage::RunStore store(path("runs.db"));
    QStringList all;
    for (const auto& line : report.runs) {
        auto name = QString::fromStdString(line.outcome.name);
        name.remove(QStringLiteral("csv ")); // before what would be an id
        for (const auto& metric : store.metrics(line.outcome.run))
            all << QStringLiteral("%1:%2=%3")
                       .arg(name, QString::fromStdString(metric.name))
                       .arg(store.series(line.outcome.run, metric).batch.size());
    }
    all.sort();
    QCOMPARE(all.join(u' '), QString::fromUtf8(points));
}

void TestForeignStores::tablesWithoutRowNumbers()
{
    {
        SQLite::Database database(path("trackio.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            "CREATE TABLE metrics (run_name TEXT, timestamp TEXT, step INTEGER, metrics TEXT, PRIMARY KEY (run_name, "
            "step)) WITHOUT ROWID; INSERT INTO metrics VALUES ('r', '2026-01-01T00:00:00', 1, '{\"loss\":1.5}')");
    }
    const auto report = imported(path("trackio.db"));
    QCOMPARE(report.skipped.size(), 1U);
    QVERIFY2(report.skipped[0].reason.find("WITHOUT ROWID") != std::string::npos, report.skipped[0].reason.c_str());
}

void TestForeignStores::csvInUtf16()
{
    const std::u16string text
        = u"ad\u0131m\tkay\u0131p \U0001F98A\r\n0\t2,5\r\n1000\t1,25\r\n"; // Excel's "Unicode text"
    for (const bool isBig : { false, true }) {
        std::string bytes = isBig ? "\xfe\xff" : "\xff\xfe";
        for (const char16_t unit : text) {
            const auto high = static_cast<char>(unit >> 8U), low = static_cast<char>(unit & 0xffU);
            bytes += isBig ? high : low;
            bytes += isBig ? low : high;
        }
        const auto runs = testing::readAll(write("log.csv", bytes));
        QCOMPARE(runs.size(), 1U);
        QCOMPARE(runs[0].series.at(0).name, std::string("kay\xc4\xb1p \xf0\x9f\xa6\x8a"));
        QCOMPARE(runs[0].series[0].points.at(1).step, 1000);
        QCOMPARE(runs[0].series[0].points[1].value, 1.25);
    }
}

// Each row is what became of a run: no curve goes through them.
void TestForeignStores::csvOfRunsIsNoCurve()
{
    write("runs.csv",
        "\"Name\",\"State\",\"lr\",\"loss\"\n\"a\",\"finished\",\"0.1\",\"2.5\"\n\"b\",\"crashed\",\"0.2\",\"1.5\"\n");
    write("models.csv", "model,params,loss\nsmall,10,2.5\nlarge,20,1.5\n");
    const auto report = imported(path("."));
    QVERIFY(report.runs.empty());
    QCOMPARE(report.skipped.size(), 2U);
    for (const auto& skipped : report.skipped)
        QVERIFY2(skipped.reason.find("runs or models") != std::string::npos, skipped.reason.c_str());
    // Named beside a step, they are words like any other.
    write("log.csv", "step,name,loss\n0,a,2.5\n1,b,1.5\n");
    QCOMPARE(testing::readAll(path("log.csv")).size(), 1U);
}

// A page that cannot be read takes its own rows with it, and none of those behind it.
void TestForeignStores::rowsBehindADamagedPage()
{
    {
        SQLite::Database database(path("p.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT, run_name TEXT,"
                      " step INTEGER, metrics TEXT)");
        database.exec(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
            " INSERT INTO metrics (timestamp, run_name, step, metrics)"
            " SELECT '2026-01-01', 'a', i, '{\"loss\": ' || i || ', \"pad\": \"' || hex(zeroblob(200)) || '\"}' FROM n");
    }
    std::fstream bytes(path("p.db"), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(50L * 4096);
    bytes << std::string(4096, '\x7f');
    bytes.close();
    const auto runs = testing::readAll(path("p.db"));
    QCOMPARE(runs.size(), 1U);
    QCOMPARE(runs[0].damaged, 1);
    QVERIFY(runs[0].series.at(0).points.size() >= 985 && runs[0].series[0].points.size() < 1000);
    QCOMPARE(runs[0].series[0].points.back().step, 999);
}

// As log() writes them and as any JSON has them: the same points. The clock may be set back.
void TestForeignStores::inboxLinesOfEitherForm()
{
    const std::string start
        = R"({"v":1,"t":2000.5,"start":{"id":"r","name":"n","pid":0,"host":"elsewhere","boot":"b"}})";
    write("log-inbox/r-1.jsonl",
        start + "\n" + R"({"t":5.5,"s":0,"m":{"a":1.5,"b/c":-2e-3}})" + "\n"
            + R"({"t":6.5,"s":-3,"m":{"a":"NaN","d":"-Infinity"}})" + "\n"
            + R"({"t":7.5,"s":3000000000,"m":{"a":1,"a":2}})" + "\n" + R"({"t":8.5,"s":4,"m":{"a":tru}})" + "\n");
    write("json-inbox/r-1.jsonl",
        start + "\n" + R"({"m": {"b/c": -0.002, "a": 1.5}, "s": 0, "t": 5.5})" + "\n"
            + R"({"t": 6.5, "s": -3.0, "m": {"a": NaN, "\u0064": "-Infinity"}})" + "\n"
            + R"({"t": 7.5, "s": 3e9, "m": {"a": 2}})" + "\nno json\n");
    const auto textOf = [](const storage::ImportedRun& run) {
        QStringList all;
        for (const auto& series : run.series) {
            for (const auto& point : series.points)
                all << QStringLiteral("%1@%2=%3 %4")
                           .arg(QString::fromStdString(series.name))
                           .arg(point.step)
                           .arg(point.value)
                           .arg(point.wall);
        }
        all.sort();
        return all.join(u' ');
    };
    const auto log = testing::readAll(path("log-inbox")).at(0), json = testing::readAll(path("json-inbox")).at(0);
    QCOMPARE(textOf(log), textOf(json));
    QVERIFY(textOf(log).contains(QStringLiteral("a@3000000000=2")));
    QCOMPARE(log.damaged, 1);
    QCOMPARE(json.damaged, 1);
    QCOMPARE(log.status, storage::RunStatus::Interrupted); // no end, whatever the clock says
}

// What the header for C++ programs writes is the inbox's.
void TestForeignStores::logOfACppProgram()
{
    const auto before = qgetenv("NABIZ_DB");
    qputenv("NABIZ_DB", QByteArray::fromStdString(path("new/n.db").string()));
    {
        Log log("a \"name\" \n\\", { { "lr", "0.1" }, { "a\"b", "x" } });
        log("loss", 1.0 / 3, 0);
        log({ { "loss", std::nan("") }, { "up", std::numeric_limits<double>::infinity() } }, 3'000'000'000);
        QCOMPARE(testing::readAll(path("new/n.db-inbox")).at(0).status, storage::RunStatus::Running);
        log.finish(3);
        log("late", 1, 1);
    }
    qputenv("NABIZ_DB", before);
    const auto runs = testing::readAll(path("new/n.db-inbox"));
    QCOMPARE(runs.size(), 1U);
    const auto& run = runs[0];
    QCOMPARE(run.name, std::string("a \"name\" \\"));
    QCOMPARE(run.status, storage::RunStatus::Failed);
    QCOMPARE(run.parameters.size(), 2U);
    QCOMPARE(run.parameters[1].second, std::string("0.1"));
    QCOMPARE(run.series.size(), 2U);
    QCOMPARE(run.series[0].points.at(0).value, 1.0 / 3);
    QCOMPARE(run.series[0].points.at(1).step, 3'000'000'000);
    QVERIFY(std::isnan(run.series[0].points[1].value) && std::isinf(run.series[1].points.at(0).value));
}

// Each checkpoint holds the log up to it; the latest has all, and they are one run.
void TestForeignStores::checkpointsOfTheTrainerAreOneRun()
{
    const std::string first = R"({"step": 10, "epoch": 0.5, "loss": 2.5, "learning_rate": 5e-05})";
    const std::string second = R"({"step": 20, "epoch": 1.0, "eval_loss": NaN, "loss": 1.5})";
    write("out/checkpoint-10/trainer_state.json", "{\"log_history\": [" + first + "], \"max_steps\": 20}");
    write("out/checkpoint-9/trainer_state.json", "{\"log_history\": []}");
    const auto before = imported(path("out"));
    QCOMPARE(before.runs.size(), 1U);
    QCOMPARE(before.runs[0].outcome.newPoints, 3);
    write(
        "out/checkpoint-20/trainer_state.json", "{\"log_history\": [" + first + "," + second + "], \"max_steps\": 20}");
    const auto after = imported(path("out"));
    QCOMPARE(after.runs.size(), 1U);
    QCOMPARE(after.runs[0].outcome.run, before.runs[0].outcome.run);
    QCOMPARE(after.runs[0].outcome.newPoints, 3);
    // The folder's own is of an end before that.
    write("out/trainer_state.json", "{\"log_history\": [" + first + "], \"max_steps\": 10}");
    QCOMPARE(imported(path("out")).runs[0].outcome.points, 6);
    QCOMPARE(testing::readAll(path("out")).at(0).series[0].points.size(), 2U);
    QCOMPARE(after.runs[0].outcome.name, std::string("out"));
    QCOMPARE(after.runs[0].source, std::string("hf"));
}

void TestForeignStores::logOfJsonLines()
{
    write("metrics.jsonl",
        "{\"step\": 10, \"loss\": 2.5, \"eval\": {\"acc\": NaN}}\nno json\n{\"step\": 20, \"loss\": Infinity}\n{\"step\": 30, \"lo");
    write("data.jsonl", "{\"id\": 3, \"text\": \"a\"}\n"); // a data set is no run
    const auto runs = testing::readAll(path("."));
    QCOMPARE(runs.size(), 1U);
    QCOMPARE(runs[0].damaged, 1);
    QCOMPARE(runs[0].series.size(), 2U);
    QCOMPARE(runs[0].series[0].name, std::string("eval.acc"));
    QCOMPARE(runs[0].series[1].points.size(), 2U);
}

void TestForeignStores::trashedRunIsLeftAlone()
{
    write("log.csv", "step,loss\n0,2.5\n1,1.5\n");
    const auto id = imported(path("log.csv")).runs.at(0).outcome.run;
    {
        storage::Recorder recorder(path("runs.db"));
        QVERIFY(recorder.putInTrash(id));
    }
    write("log.csv", "step,loss\n0,2.5\n1,1.5\n2,0.5\n");
    const auto report = imported(path("log.csv"));
    QVERIFY(report.runs.empty());
    QCOMPARE(report.skipped.size(), 1U);
    QVERIFY(report.skipped[0].reason.find("trash") != std::string::npos);
    {
        storage::Recorder recorder(path("runs.db"));
        recorder.deleteRun(id);
    }
    QCOMPARE(imported(path("log.csv")).runs.at(0).outcome.newPoints, 3);
}

void TestForeignStores::homeOfNothing()
{
    write("home/readme.txt", "step 5: loss 2\n");
    write("home/empty.csv", "");
    write("home/table.csv", "name,city\na,b\n");
    write("home/mlflow.db", "");
    write("home/events.out.tfevents.1.host", "");
    const auto report = imported(path("home"));
    QVERIFY(report.runs.empty());
    for (const auto& skipped : report.skipped)
        QVERIFY(!skipped.reason.empty());
}

QTEST_GUILESS_MAIN(TestForeignStores)
#include "tst_foreign_stores.moc"
