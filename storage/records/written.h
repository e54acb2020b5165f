// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside a run's points: the stretches it was trained in, and the reports that were written of it.
// Values; any thread.
#pragma once

#include "storage/records/records.h"
#include "storage/records/storage_error.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace nabiz::storage {

// Without a break; each resume begins another.
struct Segment {
    std::int64_t number = 0;
    std::int64_t firstBatch = 0;
    std::int64_t started = 0; // ms
};

// Of a base, a name that is not taken.
using NameChoice
    = std::function<std::string(const std::string& base, const std::function<bool(const std::string&)>& isTaken)>;

// What the recorder could not do.
enum class TroubleKind {
    Writing, // nothing can be written, and what comes waits in memory
    Gone, // the same, since the database was moved, deleted or replaced: another place is wanted
    Over, // writing works again, and `batches` that waited are in the database
    Edit, // one change of a record could not be made
    Folder, // a folder could not be deleted
    SetAside, // at the end: `batches` wait in the file `place`, and the next who opens the database brings them in
    Moved, // at the end: the database has gone, and all of it is in `place`
    Lost // at the end: `batches` could be written nowhere
};
struct Trouble {
    TroubleKind kind {};
    std::string text; // English, whole
    std::int64_t batches = 0;
    std::filesystem::path place = {};
    std::optional<StorageError> error = {}; // of Writing and Gone
};

struct WrittenReport {
    RunId run = 0;
    std::string folder; // absolute; it may have been moved or deleted since
    std::string language;
    std::int64_t written = 0; // ms
    std::string version; // of Nabız
};

} // namespace nabiz::storage
