// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a disk has room for what a run will write, asked before it writes: a disk that is filled to its end takes the
// points of the run with it. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace nabiz::trainer {

struct DiskRoom {
    std::uintmax_t available = 0; // bytes
    std::uintmax_t capacity = 0;
};
// Of the disk that the file lies on, or will when its folder is made. std::nullopt: the system does not say.
std::optional<DiskRoom> roomAt(const std::filesystem::path& file);

enum class RoomVerdict {
    Enough,
    NoCheckpoint, // points can be kept, a checkpoint of that size and points beside it cannot
    NoDatabase // not even the database can grow
};
RoomVerdict judgeRoom(const DiskRoom& room, std::int64_t checkpointBytes);

} // namespace nabiz::trainer
