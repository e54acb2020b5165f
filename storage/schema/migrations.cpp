// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/migrations.h"
#include "storage/schema/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <string>

namespace nabiz::storage {

namespace {

constexpr int kFirstVersion = 1;

int number(SQLite::Database& database, const std::string& query)
{
    return database.execAndGet(query).getInt();
}

bool tablesStand(SQLite::Database& database)
{
    return number(database,
               "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('run', 'run_param', 'run_fact',"
               " 'metric', 'segment', 'batch', 'point', 'event', 'checkpoint', 'tag', 'summary')")
        == 11;
}

void setVersion(SQLite::Database& database, int version)
{
    database.exec("PRAGMA user_version = " + std::to_string(version));
}

} // namespace

std::span<const Migration> migrations()
{
    static const std::array<Migration, 6> steps { {
        { 1, kSchema2 },
        { 2, kSchema3 },
        { 3, kSchema4 },
        { 4, kSchema5 },
        { 5, kSchema6 },
        { 6, kSchema7 },
    } };
    return steps;
}

int schemaVersion(std::span<const Migration> steps)
{
    return kFirstVersion + static_cast<int>(steps.size());
}

MigrationOutcome examine(SQLite::Database& database, std::span<const Migration> steps)
{
    const int application = number(database, "PRAGMA application_id");
    const int version = number(database, "PRAGMA user_version");
    if (application == 0 && version == 0 && number(database, "SELECT count(*) FROM sqlite_master") == 0)
        return MigrationOutcome::Empty;
    if (application != kApplicationId)
        return MigrationOutcome::Foreign;
    if (version > schemaVersion(steps))
        return MigrationOutcome::Newer;
    if (version < kFirstVersion || !tablesStand(database))
        return MigrationOutcome::Damaged;
    return version == schemaVersion(steps) ? MigrationOutcome::Current : MigrationOutcome::Outdated;
}

bool holdsWhatIsRead(SQLite::Database& database)
{
    SQLite::Database known(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(known);
    SQLite::Statement columns(known,
        "SELECT list.name, info.name FROM pragma_table_list AS list, pragma_table_info(list.name) AS info"
        " WHERE list.schema = 'main' AND list.type = 'table' AND list.name NOT LIKE 'sqlite@_%' ESCAPE '@'");
    SQLite::Statement found(database, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    while (columns.executeStep()) {
        found.bind(1, columns.getColumn(0).getString());
        found.bind(2, columns.getColumn(1).getString());
        if (!found.executeStep())
            return false;
        found.reset();
    }
    return true;
}

MigrationOutcome migrate(SQLite::Database& database, std::span<const Migration> steps)
{
    // Looked at inside the transaction, since another process may be doing the same at this moment.
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    auto outcome = examine(database, steps);
    int version = 0;
    if (outcome == MigrationOutcome::Empty) {
        database.exec(kSchema);
        database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
        version = kFirstVersion;
        outcome = MigrationOutcome::Created;
    } else if (outcome == MigrationOutcome::Outdated) {
        version = number(database, "PRAGMA user_version");
        outcome = MigrationOutcome::Migrated;
    } else {
        return outcome;
    }
    for (const auto& step : steps) {
        if (step.from == version) {
            database.exec(step.sql);
            ++version;
        }
    }
    setVersion(database, version);
    transaction.commit();
    return outcome;
}

} // namespace nabiz::storage
