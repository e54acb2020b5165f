// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/start/start_room.h"

#include "storage/records/storage_error.h"
#include "trainer/base/byte_text.h"
#include "trainer/base/disk_room.h"
#include "trainer/estimate/memory_estimate.h"

namespace nabiz::app {

std::int64_t checkpointBytes(const trainer::Config& config)
{
    const trainer::MemoryParts parts = trainer::estimateMemory(config, trainer::Machine {}).parts;
    const bool holdsGradients = config.integer("training.gradient_accumulation_steps") > 1;
    return parts.modelWeights + parts.optimizer + (holdsGradients ? parts.gradients : 0);
}

trainer::Message roomWarning(const std::filesystem::path& database, const trainer::Config& config)
{
    const auto room = trainer::roomAt(database);
    const std::int64_t bytes = checkpointBytes(config);
    if (!room || trainer::judgeRoom(*room, bytes) == trainer::RoomVerdict::Enough)
        return {};
    return trainer::message(
        NABIZ_TEXT("Message",
            "The disk of %1 has %2 free, and a checkpoint of this run takes about %3: one that does not fit is left "
            "out. Free some space."),
        database.string(), trainer::bytesText(static_cast<std::int64_t>(room->available)), trainer::bytesText(bytes));
}

void refuseWithoutRoom(const std::filesystem::path& database)
{
    const auto room = trainer::roomAt(database);
    if (room && trainer::judgeRoom(*room, 0) == trainer::RoomVerdict::NoDatabase)
        throw storage::StorageError(storage::StorageErrorKind::Full, database.string(),
            trainer::bytesText(static_cast<std::int64_t>(room->available))
                + " are left, too little for a run's points");
}

} // namespace nabiz::app
