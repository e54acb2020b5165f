// SPDX-License-Identifier: GPL-3.0-or-later
// A run that another program has recorded, as its store holds it: names, steps and values stay that program's own. What
// every reader gives and Recorder::keepImported() stores. Values; any thread.
#pragma once

#include "storage/records/process_identity.h"
#include "storage/records/records.h"

#include <limits>
#include <utility>

namespace nabiz::storage {

inline constexpr double kNoWallTime = std::numeric_limits<double>::quiet_NaN();

struct ImportedPoint {
    std::int64_t step = 0; // becomes the batch
    double wall = kNoWallTime; // seconds since 1970, UTC
    double value = 0;
    // A run that was begun again behind a step it had reached writes its next life; points of a life are superseded
    // where a later one begins at or before them.
    std::int32_t life = 0;
};

// In the order in which they were written: steps may repeat and fall.
struct ImportedSeries {
    std::string name;
    std::string unit;
    std::vector<ImportedPoint> points;
};

struct ImportedText {
    std::string name;
    std::int64_t step = -1;
    double wall = kNoWallTime;
    std::string text;
};

struct ImportedRun {
    // The three tell whether it is here already.
    std::string source; // tensorboard, mlflow, wandb, trackio, dvclive, hf, csv, inbox
    std::string originalId; // the source's own id within the path; may be empty
    std::string path; // absolute: the file or folder that holds this run

    std::string name; // it, note and tags are taken anew as long as nobody else has set them
    std::optional<RunStatus> status; // none: the source knows none. Running: it says no end
    std::optional<double> started, ended; // seconds since 1970, UTC
    std::string failure;
    std::string note;
    std::vector<std::string> tags;
    std::vector<std::pair<std::string, std::string>> parameters; // nested ones joined by dots
    std::map<std::string, std::string> facts; // project, group, host …
    std::vector<ImportedText> texts;
    std::vector<ImportedSeries> series;

    // The series hold all that the source has: what is stored already is told from what is new. Else they follow what
    // was given before, and all of it is new.
    bool isWhole = true;
    // How many points of it are stored, as the reader's user was told last. Where it is another number by now, somebody
    // else has stored some of these: nothing is stored, and the outcome is behind.
    std::optional<std::int64_t> pointsBefore;
    // Whose process writes it: while that lives, a run that says no end is running, and with it it ends.
    std::optional<ProcessIdentity> writer;
    std::int64_t damaged = 0; // records that could not be read
};

struct ImportedOutcome {
    RunId run = 0;
    std::string name; // as the run is called here
    std::int64_t points = 0; // of the run now
    std::int64_t newPoints = 0;
    bool isNew = false;
    bool isBehind = false; // see ImportedRun::pointsBefore
    bool isTrashed = false; // it lies in the trash: nothing was stored
};

// What is known of an imported run beside the run itself.
struct ImportedSource {
    RunId run = 0;
    std::string source, originalId, path;
};

} // namespace nabiz::storage
