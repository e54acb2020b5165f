// SPDX-License-Identifier: GPL-3.0-or-later
// What the database holds, as plain values: free of SQL, safe to copy to any thread. Times are milliseconds since 1970
// in UTC unless a comment says otherwise; memory is in bytes.
#pragma once

#include "storage/records/run_status.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::storage {

using RunId = std::int64_t;

struct Parameter {
    std::string key;
    std::string declared; // YAML text
    std::string applied; // YAML text; empty until the run is prepared

    const std::string& value() const { return applied.empty() ? declared : applied; } // what is known of it
};

struct Run {
    RunId id = 0;
    std::string name;
    std::string why;
    std::string group; // what it was ordered together with others as; empty = alone
    RunStatus status = RunStatus::Queued;
    std::string source = "nabiz"; // or whose it is: page, tensorboard, mlflow, wandb, trackio, dvclive, hf, csv, inbox
    std::string preset; // name of the preset it was made from
    std::string presetText; // its YAML, whole
    std::optional<RunId> parent; // the run it was made from
    std::string command; // the one-line command
    std::int64_t created = 0;
    std::optional<std::int64_t> started;
    std::optional<std::int64_t> ended;
    std::int64_t plannedBatches = 0;
    std::int64_t seed = 0;
    std::string failure; // why it failed or diverged, English
    std::string note;
    std::map<std::string, std::string> texts; // problem, solution, conclusion: a person's; page: of a reference
    bool starred = false;
    std::optional<std::int64_t> deleted; // when it was put in the trash
    std::map<std::string, std::string> facts; // host, cpu, gpu, driver, versions, data fingerprint …
    std::vector<std::string> tags;
};

// Figures over all of a run's points on its surviving branch. No value where there is none.
struct Summary {
    std::int64_t batches = 0;
    std::int64_t steps = 0; // batches over the applied accumulation, rounded up
    double seconds = 0; // time of the last batch since the start
    std::optional<double> firstLoss, bestLoss, lastLoss, meanLastLoss; // mean of the last 20
    std::optional<std::int64_t> bestBatch;
    std::optional<double> bestValLoss, lastValLoss;
    std::optional<std::int64_t> bestValBatch;
    std::optional<double> peakBytes; // memory.peak, on a CPU memory.process
    std::optional<double> tokensPerSecond; // median after the third batch
    std::optional<double> medianBatchSeconds;
    std::int64_t nonFinite = 0; // losses that were NaN or infinite
};

struct RunOverview {
    Run run;
    Summary summary;
};

// A run in the trash, and about what deleting it for good frees: its points and its checkpoints.
struct TrashedRun {
    RunOverview overview;
    std::int64_t bytes = 0;
};

// The parameters of many runs, every text held once. A run's numbers point into `texts`, one a key, 0 (the empty text)
// where the run has no such parameter; a run may have fewer numbers than there are keys. The value applied, or else
// declared.
struct ParameterTable {
    std::vector<std::string> keys;
    std::vector<std::string> texts { std::string() };
    std::map<RunId, std::vector<std::uint32_t>> runs;
};

struct Metric {
    std::int64_t id = 0;
    std::string name;
    std::string unit;
};

// One metric of one run: parallel columns, in the order recorded. Superseded points of a resumed run are left out.
struct Series {
    Metric metric;
    std::vector<double> batch;
    std::vector<double> time; // seconds since the start
    std::vector<double> value; // NaN and infinities as they were
    std::size_t previewOf = 0; // not 0: only some of so many points stand here, every extreme among them
};

struct Event {
    std::int64_t id = 0;
    std::string
        kind; // log, warning, sample, evaluation, checkpoint, throttle, audit, pause, resume, change, ended, by_itself
    std::int64_t batch = -1;
    std::int64_t time = 0;
    std::string text; // English, arguments put in
    std::string message; // English, with %1 …
    std::vector<std::string> arguments;
};

struct Checkpoint {
    std::int64_t batch = 0;
    std::string folder;
    std::int64_t bytes = 0;
};

// All of one run.
struct RunDetail {
    RunOverview overview;
    std::vector<Parameter> parameters;
    std::vector<Series> series;
    std::vector<Event> events;
    std::vector<Checkpoint> checkpoints;
};

// One recorded batch on its way from the trainer to the disk and the window: at most kRowValues metrics; a batch with
// more is several rows in succession. `metric` counts from 0 in the order of the names given to Recorder::openStream.
inline constexpr int kRowValues = 24;
struct Row {
    std::int64_t batch = 0;
    double time = 0;
    std::int32_t count = 0;
    std::uint16_t metric[kRowValues];
    double value[kRowValues];
};

} // namespace nabiz::storage
