// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the text of a file or of a folder of .txt and .gz files into memory, with a fingerprint by which a run can say
// later what it was trained on. Bytes are bytes: nothing is decoded or dropped. Blocking; any thread but the window's.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

struct TextFiles {
    // The contents, unpacked, one after another in the order of their paths; a line end stands between two files where
    // the first does not end with one.
    std::vector<std::uint8_t> bytes;
    std::int64_t files = 0;
    std::vector<std::string> names; // theirs, from the folder on
    std::int64_t contentBytes = 0; // of all files, unpacked, without the line ends put between them
    std::string hash; // XXH3-128 over relative paths and contents, 32 hex digits
    std::string commit; // of the git work tree it lies in; empty when in none
    std::vector<Message> notes; // what was read of a folder, and what was left out
};

// A folder is read recursively, links followed, every file once; hidden files and folders, those of macOS, tar archives
// and what is neither .txt nor .gz are left out. A file that is named itself is read whatever its name. Throws
// TrainError{Data} naming file and remedy for what is missing, unreadable, damaged or empty, and Cancelled. `key` is
// the setting that named the path, for the remedy.
TextFiles readTextFiles(const std::filesystem::path& path, std::string_view key, std::stop_token stop);

// The .txt and .gz files under a folder in the order in which they are read. Throws as above.
std::vector<std::filesystem::path> listTextFiles(
    const std::filesystem::path& folder, std::stop_token stop, std::vector<Message>& notes);

// The first dozen, and how many there are.
std::string namesText(const std::vector<std::string>& names);

// The commit that HEAD of the work tree around `path` stands at, read from git's own files; empty when there is none.
std::string gitCommit(const std::filesystem::path& path);

// XXH3-128 of one block, 32 hex digits.
std::string fingerprint(std::span<const std::uint8_t> bytes);

} // namespace nabiz::trainer
