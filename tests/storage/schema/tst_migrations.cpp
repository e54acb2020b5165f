// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/recorder.h"
#include "storage/run_store.h"
#include "storage/schema/migrations.h"
#include "storage/schema/schema.h"
#include "storage/schema/upgrade_copy.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <array>
#include <filesystem>
#include <span>

using namespace nabiz::storage;

namespace {

// Steps as they might come.
constexpr std::array<Migration, 2> kSteps { {
    { 1, "ALTER TABLE run ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'" },
    { 2, "CREATE TABLE pin (run INTEGER PRIMARY KEY) STRICT" },
} };
constexpr std::span<const Migration> kNone; // version 1 itself
constexpr std::array<Migration, 1> kBroken { { { 1, "ALTER TABLE nowhere ADD COLUMN colour TEXT" } } };

SQLite::Database empty()
{
    return SQLite::Database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
}

int version(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA user_version").getInt();
}

} // namespace

class MigrationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void createsOnce();
    void createsTheLatest();
    void migratesAndKeepsWhatIsThere();
    void migratesVersion1();
    void keepsACopy();
    void undoesAStepThatFails();
    void refusesNewer();
    void refusesForeign_data();
    void refusesForeign();
    void refusesDamaged();
    void marksTheFile();
};

void MigrationsTest::createsOnce()
{
    auto database = empty();
    QCOMPARE(examine(database), MigrationOutcome::Empty);
    QCOMPARE(migrate(database), MigrationOutcome::Created);
    QCOMPARE(examine(database), MigrationOutcome::Current);
    QCOMPARE(migrate(database), MigrationOutcome::Current);
    QCOMPARE(version(database), schemaVersion());
}

void MigrationsTest::createsTheLatest()
{
    auto database = empty();
    QCOMPARE(migrate(database, kSteps), MigrationOutcome::Created);
    QCOMPARE(version(database), 3);
    QVERIFY(database.tableExists("pin"));
}

void MigrationsTest::migratesAndKeepsWhatIsThere()
{
    auto database = empty();
    migrate(database, kNone);
    database.exec("INSERT INTO run (name, status, created) VALUES ('old', 'finished', 5)");
    QCOMPARE(examine(database, kSteps), MigrationOutcome::Outdated);
    QCOMPARE(migrate(database, kSteps), MigrationOutcome::Migrated);
    QCOMPARE(version(database), 3);
    QCOMPARE(database.execAndGet("SELECT name || colour FROM run").getString(), std::string("oldblue"));
    QCOMPARE(migrate(database, kSteps), MigrationOutcome::Current);
}

// A file as the first version left it, opened by this one.
void MigrationsTest::migratesVersion1()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "old.db";
    {
        SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(old, kNone);
        QVERIFY_EXCEPTION_THROWN(old.exec("SELECT starred FROM run"), SQLite::Exception);
        old.exec(
            "INSERT INTO run (name, status, created, note) VALUES ('old', 'finished', 5, 'kept');"
            "INSERT INTO tag VALUES (1, 0, 'first'); INSERT INTO metric VALUES (1, 1, 'loss', '');"
            "INSERT INTO batch VALUES (1, 0, 0, 0, 0.5); INSERT INTO point VALUES (1, 0, 2.5);"
            "INSERT INTO segment VALUES (1, 0, 0, 5); INSERT INTO run_param VALUES (1, 1, 'data.length', '64', '')");
        QCOMPARE(examine(old), MigrationOutcome::Outdated);
    }
    {
        const RunStore reader(file); // a reader brings it up to date itself
        QCOMPARE(reader.opened().schemaVersion, schemaVersion());
        QVERIFY(!reader.runs().at(0).run.starred && !reader.runs().at(0).run.deleted);
        Recorder recorder(file);
        recorder.words().setStarred(1, true);
        recorder.flush();
        const RunId waits = recorder.queue().add({ .name = "waits" }, {});
        QCOMPARE(recorder.queue().state().waiting, std::vector<RunId> { waits });
        recorder.queue().setPaused(true);
        recorder.addRun({ .name = "cell", .group = "grid" }, {});
    }
    const RunStore store(file);
    const auto detail = store.detail(1);
    QVERIFY(detail && detail->overview.run.starred);
    QCOMPARE(detail->overview.run.note, std::string("kept"));
    QCOMPARE(detail->overview.run.tags, std::vector<std::string> { "first" });
    QCOMPARE(detail->overview.summary.bestLoss, std::optional(2.5));
    QCOMPARE(detail->parameters.at(0).declared, std::string("64"));
    QVERIFY(store.queue().isPaused);
    QCOMPARE(detail->overview.run.group, std::string());
    QCOMPARE(store.run(store.find("cell").value())->run.group, std::string("grid"));
    QCOMPARE(store.check(), std::string("ok"));
}

// As it was, once, whoever opens it first; also when what lies there is older than that.
void MigrationsTest::keepsACopy()
{
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "old.db";
    const auto copy = upgradeCopyOf(file, 1);
    QCOMPARE(copy.filename().string(), std::string("old.db-schema-1"));
    const auto make = [&file](const char* name) {
        std::filesystem::remove(file);
        SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(old, kNone);
        SQLite::Statement add(old, "INSERT INTO run (name, status, created) VALUES (?, 'finished', 5)");
        add.bind(1, std::string(name));
        add.exec();
    };
    const auto kept = [&copy] {
        SQLite::Database database(copy.string(), SQLite::OPEN_READONLY);
        if (version(database) != 1 || database.execAndGet("PRAGMA integrity_check").getString() != "ok")
            qFatal("the copy is not as it was");
        return database.execAndGet("SELECT name FROM run").getString();
    };
    make("first");
    QCOMPARE(RunStore(file).opened().schemaVersion, schemaVersion());
    QCOMPARE(kept(), std::string("first"));
    {
        Recorder recorder(file);
        recorder.words().rename(1, "renamed");
    }
    make("second");
    Recorder recorder(file);
    QCOMPARE(kept(), std::string("first"));
    QCOMPARE(QDir(folder.path()).entryList({ "*-schema-*" }).size(), 1);
}

void MigrationsTest::undoesAStepThatFails()
{
    auto database = empty();
    migrate(database, kNone);
    QVERIFY_EXCEPTION_THROWN(migrate(database, kBroken), SQLite::Exception);
    QCOMPARE(version(database), 1);
    QCOMPARE(examine(database, kNone), MigrationOutcome::Current);
}

void MigrationsTest::refusesNewer()
{
    auto database = empty();
    migrate(database, kSteps);
    QCOMPARE(examine(database, kNone), MigrationOutcome::Newer);
    QCOMPARE(migrate(database, kNone), MigrationOutcome::Newer);
    QCOMPARE(version(database), 3);
}

void MigrationsTest::refusesForeign_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("tables without a mark") << QByteArray("CREATE TABLE run (id INTEGER)");
    QTest::newRow("another mark") << QByteArray("PRAGMA application_id = 77");
    QTest::newRow("a version without a mark") << QByteArray("PRAGMA user_version = 1");
}

void MigrationsTest::refusesForeign()
{
    QFETCH(QByteArray, sql);
    auto database = empty();
    database.exec(sql.constData());
    QCOMPARE(migrate(database), MigrationOutcome::Foreign);
    QVERIFY(!database.tableExists("point"));
}

void MigrationsTest::refusesDamaged()
{
    auto database = empty();
    migrate(database);
    database.exec("DROP TABLE point");
    QCOMPARE(migrate(database), MigrationOutcome::Damaged);
    auto unversioned = empty();
    migrate(unversioned);
    unversioned.exec("PRAGMA user_version = 0");
    QCOMPARE(migrate(unversioned), MigrationOutcome::Damaged);
}

void MigrationsTest::marksTheFile()
{
    auto database = empty();
    migrate(database);
    QCOMPARE(database.execAndGet("PRAGMA application_id").getInt(), kApplicationId);
    for (const char* table :
        { "run", "run_param", "metric", "batch", "point", "history", "segment", "event", "checkpoint", "tag" }) {
        QVERIFY2(
            database.execAndGet(std::string("SELECT count(*) FROM sqlite_master WHERE name = '") + table + "'").getInt()
                == 1,
            table);
    }
}

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"
