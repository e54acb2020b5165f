// SPDX-License-Identifier: GPL-3.0-or-later
// What is saved of a damaged database is counted against what its pages held before.
#include "tests/storage/storage_fixture.h"

#include "storage/care/rescue.h"
#include "storage/records/storage_error.h"
#include "storage/schema/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <fstream>
#include <iterator>
#include <map>
#include <random>

using namespace nabiz::storage;
namespace fs = std::filesystem;

namespace {

constexpr int kRuns = 3;
constexpr int kBatches = 700;
constexpr std::size_t kPage = 4096;

std::string bytes(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

void write(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::binary) << text;
}

void recordRuns(Recorder& recorder)
{
    for (int number = 0; number < kRuns; ++number) {
        Run run;
        run.name = "run " + std::to_string(number);
        run.note = std::string(9000, 'n'); // goes on on other pages
        run.tags = { "first", "second" };
        const RunId id = recorder.addRun(run, { { "data.length", "64", "64" }, { "model.d_model", "32", "" } });
        const auto stream = recorder.openStream(id, metricsNamed({ "loss", "val.loss", "memory.peak" }));
        recorder.setStatus(id, RunStatus::Running);
        for (int batch = 0; batch < kBatches; ++batch)
            append(*stream, batch, { batch * 1.1, static_cast<double>(batch), batch % 7 ? 0.5 : std::nan("") });
        recorder.closeStream(id);
        for (int event = 0; event < 40; ++event)
            recorder.addEvent(id,
                { .kind = "log",
                    .batch = event,
                    .time = 5,
                    .text = std::string(100, 'e'),
                    .message = {},
                    .arguments = {} });
        recorder.setStatus(id, RunStatus::Finished);
    }
    recorder.flush();
}

// What all tables hold, but what is derived from others.
std::map<std::string, std::string> contents(const fs::path& file)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    std::map<std::string, std::string> all;
    for (const char* table : { "run", "run_param", "run_fact", "metric", "segment", "batch", "point", "event",
             "checkpoint", "tag", "run_text", "report", "queue", "imported" }) {
        SQLite::Statement rows(database, std::string("SELECT * FROM ") + table + " ORDER BY 1, 2");
        while (rows.executeStep()) {
            for (int column = 0; column < rows.getColumnCount(); ++column)
                all[table] += rows.getColumn(column).getString() + '|';
            all[table] += '\n';
        }
    }
    return all;
}

// Cells by page, of one table.
std::map<std::size_t, std::int64_t> cellsOf(const fs::path& file, const char* table)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement pages(database, "SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype <> 'overflow'");
    pages.bind(1, table);
    std::map<std::size_t, std::int64_t> cells;
    while (pages.executeStep())
        cells[static_cast<std::size_t>(pages.getColumn(0).getInt())] = pages.getColumn(1).getInt64();
    return cells;
}

std::int64_t sum(const std::map<std::size_t, std::int64_t>& cells)
{
    return std::accumulate(cells.begin(), cells.end(), std::int64_t { 0 },
        [](std::int64_t all, const auto& page) { return all + page.second; });
}

} // namespace

class RescueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void savesAllOfAWholeOne();
    void savesWhatTheLogHolds();
    void savesAnOlderOne();
    void savesAroundEachPage();
    void savesWhatIsLeftOfACutOne_data();
    void savesWhatIsLeftOfACutOne();
    void savesBehindABrokenHeader_data();
    void savesBehindABrokenHeader();
    void survivesFlippedBytes();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void refusesANewerOne();
    void stops();

private:
    // Damaged like that, and saved: the new one is looked through, and the damaged one is as it was.
    Rescue save(const std::string& damaged);

    Folder m_folder;
    fs::path m_whole;
    std::string m_bytes;
    std::int64_t m_points = 0;
};

void RescueTest::initTestCase()
{
    m_whole = m_folder.file();
    {
        Recorder recorder(m_whole);
        recordRuns(recorder);
    }
    m_bytes = bytes(m_whole);
    QCOMPARE(m_bytes.size() % kPage, std::size_t { 0 });
    m_points = sum(cellsOf(m_whole, "point"));
    QCOMPARE(m_points, std::int64_t { kRuns * kBatches * 3 });
}

Rescue RescueTest::save(const std::string& damaged)
{
    const auto file = m_folder.file("damaged.db");
    const auto saved = m_folder.file("saved.db");
    for (const char* ending : { "", "-wal", "-shm", "-journal" })
        fs::remove(saved.string() + ending);
    write(file, damaged);
    const auto result = rescue(file, saved, {});
    if (!result || bytes(file) != damaged || fs::exists(file.string() + "-wal")
        || fs::exists(file.string() + "-journal"))
        qFatal("the damaged file was touched");
    if (result->bytes != static_cast<std::int64_t>(fs::file_size(saved)))
        qFatal("another size");
    const RunStore store(saved);
    if (store.check() != "ok" || static_cast<std::int64_t>(store.runs().size()) != result->runs)
        qFatal("the new one is not in order");
    SQLite::Database database(saved.string(), SQLite::OPEN_READONLY);
    if (SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep())
        qFatal("a row is without what it belongs to");
    for (const auto& overview : store.runs()) {
        if (!store.detail(overview.run.id))
            qFatal("a run cannot be read");
    }
    return *result;
}

void RescueTest::savesAllOfAWholeOne()
{
    const Rescue result = save(m_bytes);
    QVERIFY(result.isWhole());
    QCOMPARE(result.runs, std::int64_t { kRuns });
    QCOMPARE(result.points, m_points);
    QVERIFY(contents(m_folder.file("saved.db")) == contents(m_whole));
}

void RescueTest::savesWhatTheLogHolds()
{
    const auto file = m_folder.file("logged.db");
    Recorder recorder(file);
    recordRuns(recorder);
    QVERIFY(fs::file_size(file.string() + "-wal") > 0);
    const auto result = rescue(file, m_folder.file("logged-saved.db"), {});
    QVERIFY(result && result->isWhole());
    QVERIFY(contents(m_folder.file("logged-saved.db")) == contents(file));
}

// A row of the first version has fewer columns, and a source that has another name now.
void RescueTest::savesAnOlderOne()
{
    const auto file = m_folder.file("older.db");
    {
        SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(old, migrations().first(0));
        old.exec("INSERT INTO run (name, status, source, created) VALUES ('old', 'finished', 'imported', 5);"
                 "INSERT INTO metric VALUES (1, 1, 'loss', ''); INSERT INTO batch VALUES (1, 0, 0, 0, 0.5);"
                 "INSERT INTO point VALUES (1, 0, 2.5); INSERT INTO segment VALUES (1, 0, 0, 5)");
    }
    const auto result = rescue(file, m_folder.file("older-saved.db"), {});
    QVERIFY(result && result->isWhole());
    const RunStore store(m_folder.file("older-saved.db"));
    QCOMPARE(store.opened().schemaVersion, schemaVersion());
    QCOMPARE(store.runs().at(0).run.source, std::string("page"));
    QVERIFY(!store.runs().at(0).run.starred);
    QCOMPARE(seriesNamed(store, 1, "loss").value, std::vector<double> { 2.5 });
}

// Each page in turn is lost: what stood on it is missing, and nothing else.
void RescueTest::savesAroundEachPage()
{
    const auto points = cellsOf(m_whole, "point");
    const auto whole = contents(m_whole);
    for (std::size_t page = 1; page <= m_bytes.size() / kPage; ++page) {
        auto damaged = m_bytes;
        damaged.replace((page - 1) * kPage, kPage, kPage, '\0');
        const Rescue result = save(damaged);
        const auto lost = points.contains(page) ? points.at(page) : 0;
        QVERIFY2(result.points == m_points - lost,
            qPrintable(
                QStringLiteral("page %1: %2 points instead of %3").arg(page).arg(result.points).arg(m_points - lost)));
        QVERIFY2(result.runs == kRuns, qPrintable(QStringLiteral("page %1: %2 runs").arg(page).arg(result.runs)));
        QVERIFY2(lost == 0 || !result.isWhole(), qPrintable(QStringLiteral("page %1 is missed by nobody").arg(page)));
        const auto saved = contents(m_folder.file("saved.db"));
        int changed = 0;
        for (const auto& [table, rows] : whole)
            changed += !saved.contains(table) || saved.at(table) != rows;
        // An event tells of it in the runs' logs.
        QVERIFY2(
            changed <= 2, qPrintable(QStringLiteral("page %1: %2 tables are not as they were").arg(page).arg(changed)));
    }
}

void RescueTest::savesWhatIsLeftOfACutOne_data()
{
    QTest::addColumn<double>("part");
    QTest::addColumn<int>("less");
    for (const double part : { 0.25, 0.5, 0.75, 1.0 })
        QTest::addRow("%.2f", part) << part << 0;
    QTest::newRow("a torn last page") << 1.0 << 1000;
    QTest::newRow("a page in the middle is torn") << 0.6 << 123;
}

void RescueTest::savesWhatIsLeftOfACutOne()
{
    QFETCH(double, part);
    QFETCH(int, less);
    const auto pages = static_cast<std::size_t>(part * static_cast<double>(m_bytes.size() / kPage));
    const auto size = pages * kPage - static_cast<std::size_t>(less);
    std::int64_t left = 0;
    for (const auto& [page, cells] : cellsOf(m_whole, "point"))
        left += page * kPage <= size ? cells : 0;
    const Rescue result = save(m_bytes.substr(0, size));
    QVERIFY2(result.points >= left, qPrintable(QStringLiteral("%1 of %2").arg(result.points).arg(left)));
    QCOMPARE(result.runs, std::int64_t { kRuns });
}

void RescueTest::savesBehindABrokenHeader_data()
{
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("byte");
    QTest::newRow("no mark") << 0 << 16 << 0;
    QTest::newRow("page size of 2048") << 16 << 1 << 8;
    QTest::newRow("page size of 32768") << 16 << 1 << 0x80;
    QTest::newRow("no page size") << 16 << 2 << 255;
    QTest::newRow("schema version") << 60 << 4 << 0x77;
    QTest::newRow("whose it is") << 68 << 4 << 0x55;
    QTest::newRow("the whole header") << 0 << 100 << 0x41;
    QTest::newRow("the first page") << 0 << 4096 << 0xff;
    QTest::newRow("the first three pages") << 0 << 3 * 4096 << 0;
}

void RescueTest::savesBehindABrokenHeader()
{
    QFETCH(int, begin);
    QFETCH(int, length);
    QFETCH(int, byte);
    auto damaged = m_bytes;
    damaged.replace(static_cast<std::size_t>(begin), static_cast<std::size_t>(length), static_cast<std::size_t>(length),
        static_cast<char>(byte));
    const Rescue result = save(damaged);
    QCOMPARE(result.runs, std::int64_t { kRuns });
    QCOMPARE(result.points, m_points);
    QCOMPARE(contents(m_folder.file("saved.db"))["batch"], contents(m_whole)["batch"]);
}

void RescueTest::survivesFlippedBytes()
{
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> place(0, m_bytes.size() - 1);
    std::uniform_int_distribution<int> bit(0, 7);
    for (int round = 0; round < 150; ++round) {
        auto damaged = m_bytes;
        for (int flips = 0; flips <= round % 4; ++flips)
            damaged[place(random)] ^= static_cast<char>(1 << bit(random));
        const Rescue result = save(damaged);
        QVERIFY2(result.points > m_points - 4 * 400,
            qPrintable(QStringLiteral("round %1: %2").arg(round).arg(result.points)));
        QVERIFY(result.runs >= kRuns);
    }
}

void RescueTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    const auto none = static_cast<int>(StorageErrorKind::NotADatabase);
    QTest::newRow("empty") << QByteArray() << none;
    QTest::newRow("text") << QByteArray("training:\n  max_steps: 4\n").repeated(500) << none;
    QTest::newRow("zeros") << QByteArray(100'000, '\0') << none;
    QByteArray noise;
    std::mt19937 random(3);
    for (int i = 0; i < 1'000'000; ++i)
        noise += static_cast<char>(random());
    QTest::newRow("noise") << noise << none;
    const QTemporaryDir folder;
    const auto file = folder.filePath("other.db").toStdString();
    SQLite::Database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec(
            "CREATE TABLE song (id INTEGER PRIMARY KEY, a INTEGER, b REAL) STRICT; INSERT INTO song VALUES (1, 2, 3.5)");
    const std::string other = bytes(file);
    QTest::newRow("another program's") << QByteArray(other.data(), static_cast<qsizetype>(other.size())) << none;
}

void RescueTest::refusesWhatIsNone()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const auto file = m_folder.file("none.db");
    write(file, text.toStdString());
    try {
        rescue(file, m_folder.file("of-none.db"), {});
        QFAIL("it was taken for a database");
    } catch (const StorageError& error) {
        const bool isOther = error.kind() == StorageErrorKind::ForeignDatabase;
        QVERIFY2(isOther || static_cast<int>(error.kind()) == kind, error.what());
    }
    QVERIFY(bytes(file) == text.toStdString());
    fs::remove(m_folder.file("of-none.db"));
}

void RescueTest::refusesANewerOne()
{
    auto newer = m_bytes;
    newer.replace(60, 4, std::string("\0\0\0\x63", 4));
    write(m_folder.file("newer.db"), newer);
    try {
        rescue(m_folder.file("newer.db"), m_folder.file("of-newer.db"), {});
        QFAIL("it was taken");
    } catch (const StorageError& error) {
        QCOMPARE(error.kind(), StorageErrorKind::Newer);
    }
}

void RescueTest::stops()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!rescue(m_whole, m_folder.file("stopped.db"), stop.get_token()));
}

QTEST_GUILESS_MAIN(RescueTest)
#include "tst_rescue.moc"
