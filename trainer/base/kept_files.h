// SPDX-License-Identifier: GPL-3.0-or-later
// What no output may take the place of: the database that this process works on with all that belongs to it, and the
// presets and pages it has read. One list for the whole process, so that no writer can forget it. Files are told by
// identity, not by spelling: links, `..` and capitals lead to the same one. Nothing here opens a file. Any thread.
#pragma once

#include "trainer/base/train_error.h"

#include <filesystem>
#include <system_error>

namespace nabiz::trainer {

// With what belongs to it: FILE-wal, FILE-checkpoints and so on, there yet or not.
void keepDatabase(const std::filesystem::path& file);
void keepInput(const std::filesystem::path& file);

// Opening a database and closing it would take SQLite's locks from this process, and the points with them: not even to
// be read.
bool isDatabase(const std::filesystem::path& file);

enum class Replaceable {
    Outputs, // neither database nor input
    Inputs, // also an input, by what edits it
    Checkpoints // also what belongs to the database, by what keeps it there
};

// Why nothing may be written at that place or, were it a folder, in it; empty when it may.
Message whyKept(const std::filesystem::path& output, Replaceable what = Replaceable::Outputs);
// Throws TrainError{BadInput}.
void refuseKept(const std::filesystem::path& output, Replaceable what = Replaceable::Outputs);

// Where a path leads in the end: links are followed, also one that points at nothing yet. Throws TrainError{Io}.
std::filesystem::path linkedTarget(const std::filesystem::path& path);
// The one sentence for what cannot be written.
TrainError unwritable(const std::filesystem::path& path, const std::error_code& error);

} // namespace nabiz::trainer
