// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the text of a file or of a folder into memory, with a fingerprint by which a run can say later what it was
// trained on. Bytes are bytes: nothing is decoded or dropped unless it is asked for. Blocking; any thread but the
// window's.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

struct TextReading {
    std::string charset = "as_is"; // data.charset
    std::string jsonField = "text"; // data.jsonl_field

    static TextReading from(const Config& config);
};

struct TextFiles {
    // The contents, unpacked, one after another in the order of their paths; a line end stands between two files where
    // the first does not end with one.
    std::vector<std::uint8_t> bytes;
    std::int64_t files = 0;
    std::vector<std::string> names; // theirs, from the folder on
    std::int64_t contentBytes = 0; // of all files, unpacked, without the line ends put between them
    std::string hash; // over relative paths and contents
    std::string commit; // of the git work tree it lies in; empty when in none
    std::string leftOut; // of a folder: reason: names; reason: names
    std::vector<Message> notes; // what was read of a folder, and what was left out or converted
};

// Of a folder what findTexts gives. A file that is named itself is read whatever its name, but as JSON lines where it
// is called .jsonl. Throws TrainError{Data} naming file and remedy for what is missing, unreadable, damaged, empty or a
// Parquet table, and Cancelled. `key` is the setting that named the path, for the remedy.
TextFiles readTextFiles(
    const std::filesystem::path& path, std::string_view key, std::stop_token stop, const TextReading& reading = {});

// Where `files` are not UTF-8 but recognised as something else, and `reading` would take them as they are: what they
// are, with their names. Looks at the beginning of some of them.
std::optional<Message> otherCharsets(
    const std::vector<std::filesystem::path>& files, const TextReading& reading, const std::stop_token& stop);

// That a folder holds no text, naming what else it holds.
Message emptyFolder(const std::filesystem::path& folder, std::string_view key, bool hasTables);
// That a file is a table.
Message parquetFile(const std::filesystem::path& file, std::string_view key);

} // namespace nabiz::trainer
