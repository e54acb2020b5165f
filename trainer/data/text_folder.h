// SPDX-License-Identifier: GPL-3.0-or-later
// Which files of a folder are its text. People's folders hold much beside it (copies of notebooks, what macOS adds,
// archives, checkpoints); what is not read is told by name and reason. Blocking; any thread but the window's.
#pragma once

#include "trainer/base/message.h"
#include "trainer/data/text_kind.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct FolderTexts {
    std::vector<std::filesystem::path> files; // in the order in which they are read, all of one kind
    TextKind kind = TextKind::Plain;
    std::vector<Message> notes; // what is left out, and why
    std::string leftOut; // the same for a record: reason: names; reason: names
    bool hasTables = false; // Parquet is among it
};

// Recursively, links followed, every file once. A folder is read for one kind: .txt and .gz where there are any, else
// .jsonl, else .md, so that the README beside a text is no part of it. Throws TrainError{Data} for what cannot be
// looked into, and Cancelled.
FolderTexts findTexts(const std::filesystem::path& folder, std::stop_token stop);

// As findTexts does with files found to be something else when they were read.
struct FoundOut {
    std::vector<std::string> archives, tables, foreign; // names
};
void leaveOut(std::vector<Message>& notes, std::string& leftOut, const FoundOut& found);

// The first dozen, and how many there are.
std::string namesText(const std::vector<std::string>& names);

} // namespace nabiz::trainer
