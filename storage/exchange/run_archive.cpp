// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/run_archive.h"
#include "storage/schema/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace nabiz::storage {

namespace {

// What hangs on a run by its column `run`. Checkpoints and the queue stay behind: their folders and places are not the
// archive's; what is derived is derived anew.
constexpr const char* kOfRun[]
    = { "run_param", "run_fact", "metric", "segment", "batch", "event", "tag", "run_text", "report" };

std::string columns(SQLite::Database& database, const std::string& table, bool withId)
{
    std::string names;
    SQLite::Statement query(database, "SELECT name FROM pragma_table_info(?)");
    query.bind(1, table);
    while (query.executeStep()) {
        const auto name = query.getColumn(0).getString();
        if (withId || (name != "id" && name != "run"))
            names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

void attach(SQLite::Database& database, const std::filesystem::path& file)
{
    SQLite::Statement statement(database, "ATTACH ? AS other");
    statement.bind(1, file.string());
    statement.exec();
}

std::int64_t number(SQLite::Database& database, const std::string& query, RunId run)
{
    SQLite::Statement statement(database, query);
    statement.bind(1, run);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

constexpr const char* kCountPoints
    = "SELECT coalesce(sum((SELECT count(*) FROM main.point WHERE metric = metric.id)), 0) FROM main.metric WHERE run = ?";

// The run of `other`, with its rows, as a run of `main`. Ids are given anew.
RunId copyRun(SQLite::Database& database, RunId from, const std::string& name)
{
    const auto ofRun = columns(database, "run", false);
    SQLite::Statement insert(
        database, "INSERT INTO main.run (" + ofRun + ") SELECT " + ofRun + " FROM other.run WHERE id = ?");
    insert.bind(1, from);
    insert.exec();
    const RunId to = database.getLastInsertRowid();
    // Of one that trains elsewhere this is as far as it had come.
    SQLite::Statement rename(database,
        "UPDATE main.run SET name = ?, deleted = NULL,"
        " status = CASE WHEN status IN "
            + liveStates()
            + " THEN 'interrupted'"
              " ELSE status END,"
              " parent = CASE WHEN parent IN (SELECT id FROM main.run) THEN parent END WHERE id = ?");
    rename.bind(1, name);
    rename.bind(2, to);
    rename.exec();
    for (const char* table : kOfRun) {
        const auto rest = columns(database, table, false);
        const bool isOrdered = columns(database, table, true).starts_with("id");
        SQLite::Statement rows(database,
            std::string("INSERT INTO main.") + table + " (run, " + rest + ") SELECT ?, " + rest + " FROM other." + table
                + " WHERE run = ?" + (isOrdered ? " ORDER BY id" : ""));
        rows.bind(1, to);
        rows.bind(2, from);
        rows.exec();
    }
    SQLite::Statement points(database,
        "INSERT INTO main.point (metric, seq, value) SELECT new.id, point.seq, point.value FROM other.metric AS old"
        " JOIN main.metric AS new ON new.run = ? AND new.name = old.name JOIN other.point ON point.metric = old.id"
        " WHERE old.run = ? ORDER BY new.id, point.seq");
    points.bind(1, to);
    points.bind(2, from);
    points.exec();
    return to;
}

RunId sameRun(SQLite::Database& database, RunId other)
{
    return number(database,
        "SELECT run.id FROM main.run JOIN other.run AS theirs ON theirs.id = ? WHERE run.created = theirs.created"
        " AND run.started IS theirs.started AND run.source = theirs.source",
        other);
}

void execute(SQLite::Database& database, const std::string& sql, RunId ours, RunId theirs, std::int64_t behind = 0)
{
    SQLite::Statement statement(database, sql);
    const std::pair<const char*, std::int64_t> values[] { { ":ours", ours }, { ":theirs", theirs },
        { ":behind", behind } };
    for (const auto& [name, value] : values) {
        if (sql.find(name) != std::string::npos)
            statement.bind(name, value);
    }
    statement.exec();
}

// What theirs has gone on to behind the last batch of ours, where ours is how it began; what a person wrote here stays.
void growRun(SQLite::Database& database, RunId ours, RunId theirs)
{
    const auto last = number(database, "SELECT coalesce(max(seq), -1) FROM main.batch WHERE run = ?", ours);
    SQLite::Statement begins(database,
        "SELECT NOT EXISTS (SELECT 1 FROM main.batch AS a LEFT JOIN other.batch AS b ON b.run = :theirs AND b.seq = a.seq"
        " WHERE a.run = :ours AND a.seq = :behind AND (b.batch IS NOT a.batch OR b.time IS NOT a.time))"
        " AND EXISTS (SELECT 1 FROM other.batch WHERE run = :theirs AND seq > :behind)");
    begins.bind(":ours", ours);
    begins.bind(":theirs", theirs);
    begins.bind(":behind", last);
    if (!begins.executeStep() || begins.getColumn(0).getInt() == 0
        || number(database, "SELECT status IN " + liveStates() + " FROM main.run WHERE id = ?", ours) != 0)
        return;
    execute(database,
        "INSERT OR IGNORE INTO main.metric (run, name, unit) SELECT :ours, name, unit FROM other.metric WHERE run = :theirs",
        ours, theirs);
    execute(database,
        "INSERT OR IGNORE INTO main.segment (run, segment, first_batch, started)"
        " SELECT :ours, segment, first_batch, started FROM other.segment WHERE run = :theirs",
        ours, theirs);
    execute(database,
        "INSERT INTO main.batch (run, segment, seq, batch, time) SELECT :ours, segment, seq, batch, time FROM other.batch"
        " WHERE run = :theirs AND seq > :behind",
        ours, theirs, last);
    execute(database,
        "INSERT INTO main.point (metric, seq, value) SELECT new.id, point.seq, point.value FROM other.metric AS old"
        " JOIN main.metric AS new ON new.run = :ours AND new.name = old.name JOIN other.point ON point.metric = old.id"
        " WHERE old.run = :theirs AND point.seq > :behind ORDER BY new.id, point.seq",
        ours, theirs, last);
    execute(database,
        "INSERT INTO main.event (run, kind, batch, time, text, message, arguments)"
        " SELECT :ours, kind, batch, time, text, message, arguments FROM other.event AS new WHERE run = :theirs"
        " AND NOT EXISTS (SELECT 1 FROM main.event AS old WHERE old.run = :ours AND old.kind = new.kind"
        " AND old.time = new.time AND old.text = new.text) ORDER BY id",
        ours, theirs);
    execute(database,
        "UPDATE main.run SET (status, failure, ended, planned_batches) = (SELECT CASE WHEN status IN " + liveStates()
            + " THEN 'interrupted' ELSE status END, failure, ended, planned_batches FROM other.run WHERE id = :theirs)"
              " WHERE id = :ours",
        ours, theirs);
    execute(database, "DELETE FROM main.summary WHERE run = :ours", ours, theirs);
}

} // namespace

std::int64_t writeRunArchive(
    const std::filesystem::path& source, const std::vector<RunId>& runs, const std::filesystem::path& file)
{
    try {
        auto database = openForWriting(file);
        attach(*database, source);
        SQLite::Transaction transaction(*database);
        database->exec("CREATE TABLE main.archive (written INTEGER NOT NULL) STRICT");
        database->exec("INSERT INTO main.archive VALUES (CAST(strftime('%s', 'now') AS INTEGER) * 1000)");
        std::int64_t points = 0;
        for (const RunId run : runs) {
            SQLite::Statement name(*database, "SELECT name FROM other.run WHERE id = ?");
            name.bind(1, run);
            if (name.executeStep())
                points += number(*database, kCountPoints, copyRun(*database, run, name.getColumn(0).getString()));
        }
        transaction.commit();
        database->exec("DETACH other");
        database->exec("PRAGMA journal_mode = DELETE"); // one file, without a log beside it
        return points;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

bool isRunArchive(const std::filesystem::path& file)
{
    std::error_code error; // what cannot be looked at is none
    if (file.extension() != kArchiveEnding || !std::filesystem::is_regular_file(file, error))
        return false;
    try {
        return openForReading(file)->tableExists("archive");
    } catch (const StorageError&) { // no database of Nabız
        return false;
    }
}

std::vector<ArchivedRun> runsOfArchive(const std::filesystem::path& file)
{
    const auto database = openForReading(file);
    try {
        std::vector<ArchivedRun> runs;
        SQLite::Statement all(*database, "SELECT id, name FROM run ORDER BY id");
        while (all.executeStep()) {
            const RunId run = all.getColumn(0).getInt64();
            runs.push_back({ all.getColumn(1).getString(), number(*database, kCountPoints, run),
                number(*database, "SELECT count(*) FROM metric WHERE run = ?", run) });
        }
        return runs;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

std::vector<ImportedOutcome> takeInRunArchive(
    const std::filesystem::path& target, const std::filesystem::path& file, const NameChoice& freeName)
{
    (void)openForReading(file); // which says what is wrong with it
    try {
        auto database = openForWriting(target);
        attach(*database, file);
        SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
        const auto isTaken = [&](const std::string& name) {
            SQLite::Statement query(*database, "SELECT 1 FROM main.run WHERE name = ? AND deleted IS NULL");
            query.bind(1, name);
            return query.executeStep();
        };
        std::vector<ImportedOutcome> outcomes;
        SQLite::Statement all(*database, "SELECT id, name FROM other.run ORDER BY id");
        while (all.executeStep()) {
            const RunId theirs = all.getColumn(0).getInt64();
            const std::string name = all.getColumn(1).getString();
            ImportedOutcome outcome { .run = sameRun(*database, theirs), .name = name };
            outcome.isNew = outcome.run == 0;
            if (outcome.isNew) {
                outcome.name = freeName ? freeName(name, isTaken) : name;
                outcome.run = copyRun(*database, theirs, outcome.name);
            }
            outcome.isTrashed
                = number(*database, "SELECT count(*) FROM main.run WHERE id = ? AND deleted IS NOT NULL", outcome.run)
                > 0;
            const auto before = outcome.isNew ? 0 : number(*database, kCountPoints, outcome.run);
            if (!outcome.isNew && !outcome.isTrashed)
                growRun(*database, outcome.run, theirs);
            outcome.points = number(*database, kCountPoints, outcome.run);
            outcome.newPoints = outcome.points - before;
            outcomes.push_back(std::move(outcome));
        }
        all.reset();
        transaction.commit();
        return outcomes;
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, nullptr);
    }
}

} // namespace nabiz::storage
