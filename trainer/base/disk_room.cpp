// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/disk_room.h"

#include <algorithm>
#include <system_error>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

// Kept for points, the log and what other programs write: of a small disk a part.
constexpr std::uintmax_t kMargin = 64'000'000;
constexpr std::uintmax_t kLeast = 1'000'000;
constexpr std::uintmax_t kPart = 20;

} // namespace

std::optional<DiskRoom> roomAt(const fs::path& file)
{
    std::error_code error; // then nothing can be said
    fs::path folder = fs::absolute(file, error).parent_path();
    while (!fs::exists(folder, error) && folder.has_relative_path())
        folder = folder.parent_path();
    const auto space = fs::space(folder, error);
    return error || space.capacity == 0 ? std::nullopt : std::optional(DiskRoom { space.available, space.capacity });
}

RoomVerdict judgeRoom(const DiskRoom& room, std::int64_t checkpointBytes)
{
    if (room.available < std::min(kLeast, room.capacity / kPart))
        return RoomVerdict::NoDatabase;
    const auto margin = std::min(kMargin, room.capacity / kPart);
    return checkpointBytes > 0 && room.available < static_cast<std::uintmax_t>(checkpointBytes) + margin
        ? RoomVerdict::NoCheckpoint
        : RoomVerdict::Enough;
}

} // namespace nabiz::trainer
