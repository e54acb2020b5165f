// SPDX-License-Identifier: GPL-3.0-or-later
// What could not be written into the database, in a file beside it or, where that fails too, in the state folder: lines
// of text, each with a sum, so that one cut short is told. It is locked while it is written and taken in. Any thread.
#pragma once

#include "storage/recording/run_edit.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::storage {

// A run is known again by its id and when it was made.
struct SideRun {
    RunId run = 0;
    std::int64_t created = 0;
};

// The rows of one stream, with the places they have been given.
struct SideRows {
    RunId run = 0;
    std::int64_t segment = 0;
    std::int64_t stored = -1; // the last place that stands in the database: rows of that batch may follow here
    std::vector<std::int64_t> metrics; // metric.id by metric number
    std::vector<std::int64_t> seqs; // of the rows
    std::vector<Row> rows;
};

struct SideContent {
    std::string database; // its path
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::vector<SideRun> runs;
    std::vector<SideRows> streams;
    std::vector<RunEdit> edits;

    bool empty() const { return streams.empty() && edits.empty(); }
    std::int64_t batches() const;
};

// Where it lies now. Throws StorageError where neither place takes it.
std::filesystem::path writeSideFile(const std::filesystem::path& database, const SideContent& content);
// $XDG_STATE_HOME/nabiz, else ~/.local/state/nabiz; empty: there is no home.
std::filesystem::path stateFolder();
// All that may belong to this database.
std::vector<std::filesystem::path> findSideFiles(const std::filesystem::path& database);

// Whether what was found there belongs to it: the state folder holds those of others, too.
bool isOf(const SideContent& content, const std::filesystem::path& side, const std::filesystem::path& resolvedDatabase);

// Open and locked for as long as this lives.
class SideFile {
public:
    // std::nullopt: it has gone, or another program is at it.
    static std::optional<SideFile> open(const std::filesystem::path& file);
    SideFile(SideFile&& other) noexcept;
    ~SideFile();

    // Up to the first line that is not whole.
    SideContent read() const;
    void remove();
    const std::filesystem::path& path() const { return m_path; }

private:
    SideFile(std::filesystem::path path, int descriptor);

    std::filesystem::path m_path;
    int m_descriptor;
};

// The path without links, as far as it can be told.
std::filesystem::path resolved(const std::filesystem::path& file);
// Which file lies there; zeros for none.
std::pair<std::uint64_t, std::uint64_t> fileIdentity(const std::filesystem::path& file);

} // namespace nabiz::storage
