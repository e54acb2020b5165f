// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/health.h"
#include "storage/recording/recorder.h"
#include "storage/recording/side_file.h"
#include "storage/schema/database.h"
#include "storage/schema/migrations.h"
#include "storage/schema/upgrade_copy.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

using Statement = SQLite::Statement;

constexpr std::uintmax_t kLarge = 1'000'000'000; // bytes; a whole check of it takes longer than a minute

std::optional<std::int64_t> numberIn(const std::string& text)
{
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    return std::from_chars(text.data(), end, value).ptr == end && !text.empty() ? std::optional(value) : std::nullopt;
}

std::int64_t bytesOf(const fs::path& folder)
{
    std::int64_t bytes = 0;
    std::error_code error; // what cannot be looked at is not counted
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->is_regular_file(error))
            bytes += static_cast<std::int64_t>(entry->file_size(error));
    }
    return bytes;
}

void refuseWhatIsNotOurs(SQLite::Database& database, const fs::path& file)
{
    switch (examine(database)) {
    case MigrationOutcome::Foreign:
        throw StorageError(StorageErrorKind::ForeignDatabase, file.string(), {});
    case MigrationOutcome::Empty:
        throw StorageError(StorageErrorKind::Missing, file.string(), "the database has no tables yet");
    case MigrationOutcome::Damaged:
        throw StorageError(StorageErrorKind::Damaged, file.string(), "tables are missing");
    default:
        break;
    }
}

void checkReferences(SQLite::Database& database, Health& health)
{
    Statement broken(database, "PRAGMA foreign_key_check");
    while (broken.executeStep()) {
        if (health.brokenReferences++ == 0)
            health.firstBroken = broken.getColumn(0).getString();
    }
}

void compareCheckpoints(SQLite::Database& database, const fs::path& folder, Health& health)
{
    std::set<std::pair<std::int64_t, std::int64_t>> rows;
    std::set<std::int64_t> live;
    Statement query(database, "SELECT run, batch, folder, bytes FROM checkpoint ORDER BY run, batch");
    std::error_code error; // what cannot be looked at is not there
    while (query.executeStep()) {
        rows.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
        const HealthItem row { query.getColumn(2).getString(), query.getColumn(3).getInt64() };
        health.checkpointBytes = row.bytes;
        if (!fs::is_directory(row.name, error))
            health.rowsWithoutFolder.push_back(row);
    }
    Statement runs(database, "SELECT id FROM run WHERE status IN " + liveStates());
    while (runs.executeStep())
        live.insert(runs.getColumn(0).getInt64());
    for (const fs::directory_entry& run : fs::directory_iterator(folder, error)) {
        const auto id = numberIn(run.path().filename().string());
        if (!id || live.contains(*id)) // of a run that trains, one may stand before its row
            continue;
        for (const fs::directory_entry& one : fs::directory_iterator(run.path(), error)) {
            constexpr std::string_view kBatch = "batch-";
            const std::string name = one.path().filename().string();
            const auto batch = name.starts_with(kBatch) ? numberIn(name.substr(kBatch.size())) : std::nullopt;
            if (batch && !rows.contains({ *id, *batch }))
                health.foldersWithoutRow.push_back({ one.path().string(), bytesOf(one.path()) });
        }
    }
    std::sort(health.foldersWithoutRow.begin(), health.foldersWithoutRow.end(),
        [](const HealthItem& a, const HealthItem& b) { return a.name < b.name; });
}

void findWaiting(const fs::path& database, Health& health)
{
    const fs::path file = resolved(database);
    std::error_code error; // taken in meanwhile
    for (const fs::path& one : findSideFiles(file)) {
        const auto side = SideFile::open(one);
        if (!side)
            continue;
        const SideContent content = side->read();
        if (!isOf(content, one, file))
            continue;
        health.waiting.push_back({ one.string(), static_cast<std::int64_t>(fs::file_size(one, error)) });
        health.waitingBatches += content.batches();
    }
}

void findCopies(const fs::path& file, Health& health)
{
    std::error_code error; // what cannot be looked at is not there
    for (int version = 1; version < health.knownSchema; ++version) {
        const fs::path copy = upgradeCopyOf(file, version);
        if (const auto size = fs::file_size(copy, error); !error)
            health.keptCopies.push_back({ copy.string(), static_cast<std::int64_t>(size) });
    }
}

} // namespace

Health examineHealth(const fs::path& file)
{
    Health health;
    health.knownSchema = schemaVersion();
    const auto database = openForeign(file);
    try {
        refuseWhatIsNotOurs(*database, file);
        health.schema = database->execAndGet("PRAGMA user_version").getInt();
        health.isQuick = fs::file_size(file) > kLarge;
        health.check = integrityOf(*database, health.isQuick);
        if (health.check != "ok")
            return health; // what its tables say cannot be relied on
        health.runs = database
                          ->execAndGet(health.schema > 1 ? "SELECT count(*) FROM run WHERE deleted IS NULL"
                                                         : "SELECT count(*) FROM run")
                          .getInt64();
        if (!health.isQuick)
            checkReferences(*database, health);
        compareCheckpoints(*database, checkpointsOf(file), health);
    } catch (const SQLite::Exception& error) {
        throw storageError(error, file, database.get());
    }
    findWaiting(file, health);
    findCopies(file, health);
    return health;
}

} // namespace nabiz::storage
