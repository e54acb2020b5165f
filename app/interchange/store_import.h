// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the runs of stores that lie at a path into the database. What cannot be read is passed by and said; the rest is
// kept. Any thread; waits for the recorder.
#pragma once

#include "app/interchange/store_formats.h"
#include "storage/recording/recorder.h"

namespace nabiz::app {

struct ImportedLine {
    storage::ImportedOutcome outcome; // run is 0 where nothing was stored
    std::string source;
    std::string path;
    std::int64_t damaged = 0; // records that could not be read
};

struct SkippedPath {
    std::string path;
    std::string reason;
};

struct ImportReport {
    std::vector<ImportedLine> runs;
    std::vector<SkippedPath> skipped;
};

// All that their readers have now. Without a recorder nothing is stored. `name`: of the runs; empty for their own.
void importStores(
    const std::vector<FoundStore>& stores, const std::string& name, storage::Recorder* recorder, ImportReport& report);

// The runs of a file that nabiz export --file wrote, whole. Without a recorder nothing is stored.
void importArchive(const std::filesystem::path& file, storage::Recorder* recorder, ImportReport& report);

// One run that a reader gave, under a name that can be kept. A run that lies in the trash is skipped. True unless it is
// behind, and then in no report.
bool keepRun(storage::ImportedRun run, storage::Recorder* recorder, ImportReport& report);

} // namespace nabiz::app
