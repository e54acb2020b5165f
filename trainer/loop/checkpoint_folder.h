// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoints of one run on the disk: FOLDER/batch-N with model.safetensors (the trained weights, as other programs
// read them; never the frozen language model), state.safetensors, state.json, and hashes.xxh, by which `xxhsum -c` and
// Nabız tell whether they are whole. Free of LibTorch. Any thread, one at a time a folder.
#pragma once

#include "trainer/base/disk_room.h"
#include "trainer/base/message.h"
#include "trainer/loop/checkpoint_header.h"

#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

namespace nabiz::trainer {

inline constexpr const char* kModelFile = "model.safetensors";
inline constexpr const char* kStateFile = "state.safetensors";
inline constexpr const char* kHeaderFile = "state.json";

// By rising batch.
std::vector<std::pair<std::int64_t, std::filesystem::path>> listCheckpoints(const std::filesystem::path& folder);
std::int64_t bytesIn(const std::filesystem::path& checkpoint);

// `write` puts the three files into the folder it is given, which lies aside, and need not bring them to the disk.
// Throws TrainError{Io} naming the path, as the next does; then nothing is left of it.
void fillCheckpoint(
    const std::filesystem::path& checkpoint, const std::function<void(const std::filesystem::path&)>& write);
// What was filled, synced, hashed, and renamed when `publish` has returned: what bears its final name is whole.
void settleCheckpoint(const std::filesystem::path& checkpoint, const std::function<void()>& publish);

// Throws TrainError{Io} with the figures where a checkpoint of that size, and points beside it, do not fit on the disk:
// then it is not begun.
void refuseWithoutRoom(
    const std::filesystem::path& checkpoint, std::int64_t bytes, const std::optional<DiskRoom>& room);

// Every byte is looked at. Throws TrainError{Io} saying why it cannot be gone on from.
CheckpointHeader verifyCheckpoint(const std::filesystem::path& checkpoint);

// The newest that a run can go on from.
struct CheckpointChoice {
    std::filesystem::path checkpoint; // empty = none
    CheckpointHeader header;
    std::vector<Message> refused; // why newer ones cannot be, the newest first
};
// One whose batches are not all recorded (`lastBatch`) leaves a gap in the curve: an older one goes before it.
CheckpointChoice chooseCheckpoint(
    const std::filesystem::path& folder, const std::string& run, const Config& config, std::int64_t lastBatch);

// Leaves the newest `keep` up to batch `newest`, and `best`. Those behind `newest` are of a branch that was given up.
// Returns what is gone; throws TrainError{Io} naming the one that stays.
std::vector<std::int64_t> removeOlderCheckpoints(
    const std::filesystem::path& folder, std::int64_t keep, std::int64_t newest, std::int64_t best);

} // namespace nabiz::trainer
