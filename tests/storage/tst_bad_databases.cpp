// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "storage/records/storage_error.h"
#include "storage/schema/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <csignal>
#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace nabiz::storage;
namespace fs = std::filesystem;

namespace {

std::string bytes(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

void makeNabiz(const fs::path& file)
{
    Recorder recorder(file);
    addRun(recorder, "kept", RunStatus::Finished);
}

void execute(const fs::path& file, const char* sql)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(sql);
}

template <typename Open> StorageErrorKind kindOf(const fs::path& file, const Open& open)
{
    try {
        open();
    } catch (const StorageError& error) {
        const std::string text = error.what();
        if (text.find(file.string()) == std::string::npos || error.file() != file.string()
            || text.find(": ") == std::string::npos)
            qFatal("a sentence without file and remedy: %s", error.what());
        return error.kind();
    }
    qFatal("'%s' was opened", file.c_str());
}

StorageErrorKind writing(const fs::path& file)
{
    return kindOf(file, [&] { Recorder recorder(file); });
}

StorageErrorKind reading(const fs::path& file)
{
    return kindOf(file, [&] { RunStore(file).runs(); });
}

} // namespace

class BadDatabasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void readsNewer();
    void refusesFolders();
    void refusesReadOnly();
    void readsReadOnly();
    void refusesFullDisk();
    void missesAFile();
    void makesFolders();
    void takesAnEmptyFile();
    void tellsDamageInside();
    void interruptsOnlyOrphans();
    void readersTellOrphans();
    void refusesPathsThatCannotBe();
};

void BadDatabasesTest::refuses_data()
{
    QTest::addColumn<QByteArray>("base"); // "nabiz", "other", or the file's text
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const char* base, const char* sql, StorageErrorKind kind) {
        QTest::newRow(name) << QByteArray(base) << QByteArray(sql) << static_cast<int>(kind);
    };
    row("newer, and what is read is not there", "nabiz",
        "PRAGMA user_version = 99; ALTER TABLE event RENAME COLUMN text TO words", StorageErrorKind::Newer);
    row("foreign", "other", "CREATE TABLE song (id INTEGER)", StorageErrorKind::ForeignDatabase);
    row("foreign by mark", "nabiz", "PRAGMA application_id = 5", StorageErrorKind::ForeignDatabase);
    row("text", "training:\n  max_steps: 4\n", "", StorageErrorKind::NotADatabase);
    row("short text", "a", "", StorageErrorKind::NotADatabase);
    row("tables missing", "nabiz", "DROP VIEW history; DROP TABLE point", StorageErrorKind::Damaged);
}

void BadDatabasesTest::refuses()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, sql);
    QFETCH(int, kind);
    const Folder folder;
    const auto file = folder.file();
    if (base == "nabiz")
        makeNabiz(file);
    else if (base != "other")
        std::ofstream(file) << base.constData();
    if (!sql.isEmpty())
        execute(file, sql.constData());
    const auto before = bytes(file);
    QVERIFY(!before.empty());
    QCOMPARE(static_cast<int>(writing(file)), kind);
    QCOMPARE(static_cast<int>(reading(file)), kind);
    QVERIFY(bytes(file) == before);
}

// As a later version might leave it: a reader takes what it knows, a writer leaves it as it is.
void BadDatabasesTest::readsNewer()
{
    const Folder folder;
    const auto file = folder.file();
    makeNabiz(file);
    execute(file,
        "PRAGMA user_version = 99; ALTER TABLE run ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';"
        "CREATE TABLE pin (run INTEGER PRIMARY KEY) STRICT");
    const auto before = bytes(file);
    {
        const RunStore store(file);
        QCOMPARE(store.runs().at(0).run.name, std::string("kept"));
        QVERIFY(store.detail(1).has_value());
        QVERIFY(store.opened().isNewer);
    }
    try {
        Recorder recorder(file);
        QFAIL("it was opened for writing");
    } catch (const StorageError& error) {
        QCOMPARE(error.kind(), StorageErrorKind::Newer);
        const std::string text = error.what();
        QVERIFY2(text.find("version 99") != std::string::npos
                && text.find("version " + std::to_string(schemaVersion())) != std::string::npos
                && text.find("update this one") != std::string::npos,
            error.what());
    }
    QVERIFY(bytes(file) == before);
}

void BadDatabasesTest::refusesFolders()
{
    const Folder folder;
    const auto file = folder.file();
    fs::create_directory(file);
    QCOMPARE(writing(file), StorageErrorKind::NotADatabase);
    QCOMPARE(reading(file), StorageErrorKind::NotADatabase);
    QVERIFY(fs::is_empty(file));
    QCOMPARE(writing("/dev/null"), StorageErrorKind::NotADatabase);
}

void BadDatabasesTest::refusesReadOnly()
{
    const Folder folder;
    const auto file = folder.file();
    makeNabiz(file);
    const auto before = bytes(file);
    fs::permissions(file, fs::perms::owner_read);
    QCOMPARE(writing(file), StorageErrorKind::ReadOnly);
    QVERIFY(bytes(file) == before);
}

void BadDatabasesTest::readsReadOnly()
{
    const Folder folder;
    fs::create_directory(folder.file("closed"));
    const auto file = folder.file("closed") / "50% #1?.db";
    makeNabiz(file);
    fs::permissions(file, fs::perms::owner_read);
    fs::permissions(folder.file("closed"), fs::perms::owner_read | fs::perms::owner_exec);
    const auto open = qScopeGuard([&] { fs::permissions(folder.file("closed"), fs::perms::owner_all); });
    QCOMPARE(RunStore(file).runs().size(), std::size_t { 1 });
}

// A limit of the files' size stands for a full disk.
void BadDatabasesTest::refusesFullDisk()
{
    std::signal(SIGXFSZ, SIG_IGN);
    const Folder folder;
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small { 40'000, before.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
    QCOMPARE(writing(folder.file()), StorageErrorKind::Full);
    QVERIFY(!fs::exists(folder.file())); // nothing half made is left
    setrlimit(RLIMIT_FSIZE, &before);
    makeNabiz(folder.file());
    QCOMPARE(RunStore(folder.file()).runs().size(), std::size_t { 1 });
}

void BadDatabasesTest::missesAFile()
{
    const Folder folder;
    QCOMPARE(reading(folder.file()), StorageErrorKind::Missing);
    QVERIFY(!fs::exists(folder.file()));
    std::ofstream(folder.file("text")) << "text";
    const auto kind = writing(folder.file("text") / "nabiz.db");
    QVERIFY(kind == StorageErrorKind::Io);
}

void BadDatabasesTest::makesFolders()
{
    const Folder folder;
    const auto file = folder.file("a") / "b" / "nabiz.db";
    makeNabiz(file);
    QCOMPARE(RunStore(file).runs().size(), std::size_t { 1 });
}

void BadDatabasesTest::takesAnEmptyFile()
{
    const Folder folder;
    std::ofstream(folder.file()) << "";
    QCOMPARE(reading(folder.file()), StorageErrorKind::Missing);
    makeNabiz(folder.file());
    QCOMPARE(RunStore(folder.file()).runs().size(), std::size_t { 1 });
}

void BadDatabasesTest::tellsDamageInside()
{
    const Folder folder;
    const auto file = folder.file();
    {
        Recorder recorder(file);
        const RunId id = addRun(recorder, "long");
        const auto stream = recorder.openStream(id, metricsNamed({ "loss" }));
        for (int batch = 0; batch < 20'000; ++batch)
            append(*stream, batch, { batch * 1.1 });
        recorder.closeStream(id);
    }
    QCOMPARE(RunStore(file).check(), std::string("ok"));
    const auto size = fs::file_size(file);
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(static_cast<std::streamoff>(size / 2));
        stream << std::string(8192, 'x');
    }
    QVERIFY(RunStore(file).check() != "ok");
    fs::resize_file(file, size / 3);
    bool told = false;
    try {
        told = RunStore(file).check() != "ok";
    } catch (const StorageError& error) {
        told = error.kind() == StorageErrorKind::Damaged;
    }
    QVERIFY(told);
}

void BadDatabasesTest::interruptsOnlyOrphans()
{
    const Folder folder;
    RunId running = 0;
    RunId queued = 0;
    RunId living = 0;
    RunId finished = 0;
    {
        Recorder recorder(folder.file());
        running = addRun(recorder, "running");
        queued = addRun(recorder, "queued");
        living = addRun(recorder, "living");
        finished = addRun(recorder, "finished");
        const auto stream = recorder.openStream(running, metricsNamed({ "loss" }));
        append(*stream, 0, { 1.0 }, 2.5);
        recorder.setStatus(running, RunStatus::Running);
        recorder.setStatus(living, RunStatus::Paused);
        recorder.setStatus(finished, RunStatus::Finished);
    }
    // The first two are given to a process of this boot that started at another time.
    execute(folder.file(), "UPDATE run SET process_start = process_start - 1 WHERE name IN ('running', 'queued')");
    {
        Recorder recorder(folder.file());
        recorder.flush();
    }
    const RunStore store(folder.file());
    const auto first = store.run(running)->run;
    QCOMPARE(first.status, RunStatus::Interrupted);
    QCOMPARE(*first.ended - *first.started, std::int64_t { 2500 });
    QVERIFY(first.failure.find("running") != std::string::npos);
    QCOMPARE(store.run(queued)->run.status, RunStatus::Interrupted);
    QVERIFY(store.run(queued)->run.failure.find("queue") != std::string::npos);
    QCOMPARE(store.run(living)->run.status, RunStatus::Paused);
    QCOMPARE(store.run(finished)->run.status, RunStatus::Finished);
}

// As long as no command has written since.
void BadDatabasesTest::readersTellOrphans()
{
    const Folder folder;
    RunId dead = 0, living = 0;
    {
        Recorder recorder(folder.file());
        dead = addRun(recorder, "dead");
        living = addRun(recorder, "living");
        const auto stream = recorder.openStream(dead, metricsNamed({ "loss" }));
        append(*stream, 0, { 1.0 }, 2.5);
        recorder.closeStream(dead);
        recorder.setStatus(dead, RunStatus::Running);
        recorder.setStatus(living, RunStatus::Running);
    }
    execute(folder.file(), "UPDATE run SET process_start = process_start - 1 WHERE name = 'dead'");
    const RunStore store(folder.file());
    const auto first = store.run(dead)->run;
    QCOMPARE(first.status, RunStatus::Interrupted);
    QVERIFY(first.failure.find("running") != std::string::npos);
    QCOMPARE(*first.ended - *first.started, std::int64_t { 2500 });
    QCOMPARE(store.runs().back().run.status, RunStatus::Interrupted);
    QCOMPARE(store.detail(dead)->overview.run.status, RunStatus::Interrupted);
    QCOMPARE(store.run(living)->run.status, RunStatus::Running);
    SQLite::Database database(folder.file().string(), SQLite::OPEN_READONLY);
    QCOMPARE(database.execAndGet("SELECT status FROM run WHERE name = 'dead'").getString(), std::string("running"));
}

void BadDatabasesTest::refusesPathsThatCannotBe()
{
    const Folder folder;
    const auto longName = folder.file(std::string(300, 'x').c_str());
    QCOMPARE(reading(longName), StorageErrorKind::Io);
    QCOMPARE(writing(longName), StorageErrorKind::Io);
    fs::create_symlink(folder.file("b"), folder.file("a"));
    fs::create_symlink(folder.file("a"), folder.file("b"));
    QCOMPARE(reading(folder.file("a")), StorageErrorKind::Io);
    QCOMPARE(writing(folder.file("a")), StorageErrorKind::Io);
    QVERIFY(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    QCOMPARE(reading(folder.file("pipe")), StorageErrorKind::NotADatabase);
    QCOMPARE(writing(folder.file("pipe")), StorageErrorKind::NotADatabase);
}

QTEST_GUILESS_MAIN(BadDatabasesTest)
#include "tst_bad_databases.moc"
