// SPDX-License-Identifier: GPL-3.0-or-later
// Trains runs one after another on a thread of its own, first in, first out, and records them: the one place where
// trainer and storage meet, for the command line and the window alike. Free of Qt. Member functions may be called from
// any thread and do not wait for training; listeners are called on a thread of the controller's or the recorder's,
// never on the caller's.
#pragma once

#include "storage/recording/recorder.h"
#include "storage/records/run_clock.h"
#include "trainer/base/train_error.h"
#include "trainer/loop/trainer.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nabiz::app {

struct StartSpec {
    trainer::Config config;
    std::string preset;
    std::string presetText;
    std::string command; // the one-line command that repeats it
    std::string name; // empty = the preset's name, made free
    bool isFreeName = false; // a name that another run has is made free
    std::string why;
    std::string group; // what it is ordered together with others as
    std::vector<std::string> tags;
    std::string note;
    std::optional<storage::RunId> parent;
    std::optional<std::string> launch = {}; // its trainer has joined ranks already: of which launch they are
};

// A run that was trained before and goes on in a segment of its own.
struct ResumeSpec {
    storage::RunId run = 0;
    std::int64_t created = 0;
    trainer::Config config; // as it is from now on
    trainer::Resume from;
    storage::Facts clock; // what was noted of its time
    double seconds = 0; // batch.time that it goes on from
    std::vector<storage::Event> events; // what there is to keep of it
    std::optional<std::string> launch = {}; // as of a StartSpec
};

struct RunListener {
    std::function<void(storage::RunId)> changed; // its record in the database has changed
    std::function<void(storage::RunId, std::span<const storage::Row>)> rows; // committed points
    std::function<void(storage::RunId, const storage::Event&)> event;
    std::function<void(storage::RunId, trainer::TrainErrorKind)> failedAs; // before `ended`, when the trainer says it
    std::function<void(storage::RunId, storage::RunStatus, const trainer::Message& failure)>
        ended; // always, last of a run
    std::function<void(const storage::Trouble&)> diskTrouble;
};

using TrainerFactory = std::function<std::shared_ptr<trainer::Trainer>()>;

class RunController {
public:
    // Opens the database (StorageError when that fails). `factory` is called on the worker's thread at the first run.
    RunController(std::filesystem::path database, RunListener listener, TrainerFactory factory = trainer::loadTrainer);
    // Stops what runs, drops what waits in memory back to `stopped`, and writes all. The queue is left as it is.
    ~RunController();

    // Stores the run as queued and returns its id; it starts when those before it have ended.
    storage::RunId enqueue(const StartSpec& spec);
    // The same for a run that has ended. False, and nothing is done, when it cannot go on: see Recorder::takeAgain().
    bool goOn(const ResumeSpec& spec);
    // Now, when nothing runs, and the queue follows; otherwise behind what waits in the database's queue.
    storage::RunId start(const StartSpec& spec);
    // Into the database's queue, at that place or last, where it outlives this program. It is run by whoever takes it
    // first.
    storage::RunId addToQueue(const StartSpec& spec, std::size_t position = storage::QueueRecorder::kLast);
    // While served, the queue's runs follow when a run has ended, and at once when nothing runs; until nothing is left.
    // start() serves it, and so does adding while something runs. Nothing is taken while it is paused, which off makes
    // it and on ends, in the database, for everybody; nor while another process trains what it took from it.
    void serveQueue(bool on);
    // The same with those of that group alone, or with all; one that is paused stays so.
    void runQueue(const std::string& group = {});
    bool servesQueue() const;
    void pause();
    void resume();
    void stop(); // the active run, or else the next that waits
    void stop(storage::RunId run); // that one, active or waiting
    void stopAll(); // and those that wait
    void checkpoint();
    void sample();

    std::optional<storage::RunId> active() const;
    std::optional<storage::RunStatus> activeStatus() const;
    int waiting() const; // in memory
    bool isBusy() const; // something runs, or will at once
    void waitUntilIdle();

    storage::Recorder& recorder();

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

// The names of the rows' metric numbers: trainer::metricNames(), with their units.
std::vector<storage::Metric> recordedMetrics();
// For the stream of a run: those that it can have; the others have no name.
std::vector<storage::Metric> recordedMetrics(const trainer::Config& config);

} // namespace nabiz::app
