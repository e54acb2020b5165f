// SPDX-License-Identifier: GPL-3.0-or-later
// One run from its configuration to its end, synchronously: what the controller's worker does for each. Here every
// exception of the trainer and of the store ends, as a failed run.
#pragma once

#include "storage/recording/recorder.h"
#include "storage/records/run_clock.h"
#include "trainer/base/train_error.h"
#include "trainer/loop/trainer.h"

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace nabiz::app {

struct RunJob {
    storage::RunId run = 0;
    trainer::Config config;
    std::string mark; // of its checkpoints, see runMark()
    std::optional<trainer::Resume> resume; // trained before
    storage::Facts clock; // what was noted of its time then, and of its launch
    double seconds = 0; // batch.time that it goes on from
    bool hasRanks = false; // its trainer has joined them; else they are started here
    std::exception_ptr refused; // why it cannot start
    std::stop_source stop; // requested by any thread
    trainer::Control control; // posted to by any thread
    storage::RunStatus status = storage::RunStatus::Queued; // guarded by its worker
    trainer::Message stopReason; // where nobody asked for the stop; guarded by its worker
};

struct RunEnding {
    storage::RunStatus status = storage::RunStatus::Finished;
    trainer::Message failure; // why it failed or diverged
    std::optional<trainer::TrainErrorKind> kind = {};
};

struct RunJobObserver {
    std::function<void(storage::RunStatus)> status;
    std::function<void(const storage::Event&)> event;
    std::function<void()> changed; // settings, facts or checkpoints of the record
};

// `trainer` is kept, loaded by `factory` when it is not there yet.
RunEnding executeJob(RunJob& job, std::shared_ptr<trainer::Trainer>& trainer,
    const std::function<std::shared_ptr<trainer::Trainer>()>& factory, storage::Recorder& recorder,
    const RunJobObserver& observer);

} // namespace nabiz::app
