// SPDX-License-Identifier: GPL-3.0-or-later
// Where a training run tells what happens. `batch` is on the hot path: it must not allocate, lock or touch a disk, and
// takes under 200 ns. All calls but one come from the training thread, in order.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/metric_table.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace nabiz::trainer {

// The phases a run goes through while it is live; evaluating and checkpointing are parts of Running.
enum class Phase { Preparing, Running, Paused, Stopping };

enum class EventKind { Log, Warning, Sample, Evaluation, Checkpoint, Throttle, Audit, Memory };

struct Event {
    EventKind kind = EventKind::Log;
    std::int64_t batch = -1; // -1 = before the first
    Message message; // of a Sample: text "%1", the argument is what was written after the prompt; of an Audit:
                     // a finding, see trainer/base/finding.h; of Memory: a card, see trainer/estimate/memory_card.h
};

struct CheckpointFiles {
    std::int64_t batch = 0;
    std::string folder; // absolute
    std::int64_t bytes = 0;
};

class Sink {
public:
    virtual ~Sink() = default;

    // One batch, exactly once and in rising order: every metric that has a value there. `time` is seconds since the run
    // began, pauses included. The two spans have equal length.
    virtual void batch(std::int64_t batch, double time, std::span<const Metric> metrics, std::span<const double> values)
        = 0;
    virtual void phase(Phase phase) = 0;
    virtual void event(const Event& event) = 0;
    virtual void checkpoint(const CheckpointFiles& files) = 0;
    // It lies on the disk no more.
    virtual void checkpointGone(std::int64_t) { }
    // Returns when all that was told so far is kept, or cannot be. The one call that may come from another thread.
    virtual void settle() { }
    // Once, after preparing: the settings as they are really applied ("auto" resolved), and facts for the run's record
    // (device, torch, cpu, threads, parameters, data.files, data.bytes, data.hash, data.entropy, …; see facts.h).
    virtual void prepared(const Config& applied, const std::map<std::string, std::string>& facts, std::int64_t batches)
        = 0;
};

} // namespace nabiz::trainer
