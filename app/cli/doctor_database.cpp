// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"
#include "app/cli/doctor_findings.h"
#include "storage/care/health.h"
#include "storage/records/storage_error.h"
#include "trainer/base/disk_room.h"
#include "trainer/config/presets/preset_store.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <filesystem>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

std::string bytes(std::int64_t count)
{
    return bytesText(static_cast<double>(count));
}

// "none", or how many, how large, and the first ones by name.
std::string listed(const std::vector<storage::HealthItem>& items)
{
    constexpr std::size_t kMost = 5;
    if (items.empty())
        return "none";
    std::int64_t all = 0;
    std::string names;
    for (std::size_t i = 0; i < items.size(); ++i) {
        all += items[i].bytes;
        if (i < kMost)
            names += fmt::format("{}{} ({})", i == 0 ? "" : ", ", items[i].name, bytes(items[i].bytes));
    }
    if (items.size() > kMost)
        names += fmt::format(", and {} more", items.size() - kMost);
    return fmt::format("{}, {}: {}", items.size(), bytes(all), names);
}

std::string schemaText(const storage::Health& health)
{
    if (health.schema == health.knownSchema)
        return std::to_string(health.schema);
    if (health.schema > health.knownSchema)
        return fmt::format("{}, newer than this program's {}: it can only be read", health.schema, health.knownSchema);
    return fmt::format(
        "{}: it is brought up to {} when it is used next, and a copy is kept", health.schema, health.knownSchema);
}

void addRoom(Findings& findings, const fs::path& file, std::int64_t checkpointBytes)
{
    using trainer::RoomVerdict;
    const auto room = trainer::roomAt(file);
    if (!room)
        return;
    std::string text = bytesText(static_cast<double>(room->available));
    if (checkpointBytes > 0)
        text += "; the newest checkpoint took " + bytes(checkpointBytes);
    const RoomVerdict verdict = trainer::judgeRoom(*room, checkpointBytes);
    if (verdict == RoomVerdict::NoCheckpoint)
        text += ", and the next one does not fit: free some space";
    else if (verdict == RoomVerdict::NoDatabase)
        text += ": the database cannot grow; free some space";
    findings.add("database", "free space", text, verdict != RoomVerdict::Enough);
}

void addHealth(Findings& findings, const storage::Health& health)
{
    const bool isWell = health.check == "ok";
    std::string check = health.check;
    if (isWell && health.isQuick)
        check += ", by SQLite's quick check, since the file is large";
    else if (!isWell)
        check += "\nsave what can be read with nabiz rescue";
    std::ranges::replace(check, '\n', ';');
    findings.add("database", "check", check, !isWell);
    findings.add("database", "schema", schemaText(health));
    if (!isWell)
        return;
    findings.add("database", "runs", std::to_string(health.runs));
    if (!health.isQuick) {
        findings.add("database", "references",
            health.brokenReferences == 0 ? "ok"
                                         : fmt::format("{} rows refer to what is not there, the first in {}",
                                               health.brokenReferences, health.firstBroken),
            health.brokenReferences > 0);
    }
    findings.add("database", "checkpoints without folder", listed(health.rowsWithoutFolder));
    findings.add("database", "folders without checkpoint", listed(health.foldersWithoutRow));
    std::string waiting = listed(health.waiting);
    if (!health.waiting.empty())
        waiting += fmt::format(
            "; {} batches, which the next command that uses the database brings in", health.waitingBatches);
    findings.add("database", "points that wait", waiting);
    if (!health.keptCopies.empty())
        findings.add("database", "copies of earlier versions", listed(health.keptCopies));
}

} // namespace

void examineDatabase(Findings& findings, const CommandContext& context)
{
    const fs::path presets = trainer::PresetStore::defaultUserFolder();
    findings.add("folders", "presets", presets.empty() ? "none: HOME is not set" : presets.string());
    const fs::path file = context.databaseFile();
    findings.add("database", "file", file.string());
    std::error_code error; // what cannot be looked at, opening it tells
    if (!fs::exists(file, error) && !error) {
        findings.add("database", "check", "not made yet: the first run makes it");
        addRoom(findings, file, 0);
        return;
    }
    findings.add("database", "size", bytes(static_cast<std::int64_t>(fs::file_size(file, error))));
    std::int64_t checkpointBytes = 0;
    findings.attempt("database", "check", [&] {
        try {
            const storage::Health health = storage::examineHealth(file);
            checkpointBytes = health.checkpointBytes;
            addHealth(findings, health);
        } catch (const storage::StorageError& error) {
            if (error.kind() != storage::StorageErrorKind::NotADatabase)
                throw;
            findings.add("database", "check",
                std::string(error.what()) + ". If it was one, nabiz rescue saves what can be read", true);
        }
    });
    addRoom(findings, file, checkpointBytes);
}

} // namespace nabiz::app
