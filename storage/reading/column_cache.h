// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of files that long columns are mapped from: found by what they hold, written aside and renamed, the oldest
// removed when room is needed. Not synced: a file is good until the machine starts anew. The connection's thread.
#pragma once

#include "storage/reading/mapped_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::storage {

// $XDG_CACHE_HOME/nabiz/columns, else ~/.cache/nabiz/columns; empty: there is no home.
std::filesystem::path columnFolder();

inline constexpr std::size_t kColumnsBegin = 4096; // of the file; before it stands the header

struct ColumnHeader {
    char magic[8] = {};
    std::uint32_t version = 0;
    std::uint32_t batchesRise = 1, timesRise = 1;
    std::uint32_t width = 0; // bytes of one number
    std::uint64_t count = 0; // numbers of the first column
    std::uint64_t second = 0; // of the one behind it
    std::uint64_t key = 0;
    double first = 0; // the first batch
    char boot[48] = {};
};

// A fingerprint (FNV-1a, 64 bits) of what says which columns they are.
class ColumnKey {
public:
    void add(std::string_view bytes);
    void add(std::int64_t number);
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 14695981039346656037U;
};

// The file that is being made.
class ColumnWriting {
public:
    explicit ColumnWriting(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    bool write(std::string_view bytes); // false: no room, or the like
    bool writeHeader(const ColumnHeader& header);
    std::uint64_t written() const { return m_written; } // behind the header

private:
    int m_descriptor;
    std::uint64_t m_written = 0;
};

struct ColumnBytes {
    ColumnHeader header;
    std::shared_ptr<const MappedFile> bytes;
};

// That file, or made by `fill`, which writes the columns, sets what it found out in the header, and says whether all is
// written. Nothing where there can be none. `note`: why one that was there was made anew.
std::optional<ColumnBytes> cachedColumns(const ColumnKey& key, const ColumnHeader& wanted, std::string& note,
    const std::function<bool(ColumnWriting& writing, ColumnHeader& header)>& fill);

} // namespace nabiz::storage
