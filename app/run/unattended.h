// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that were ended by no person and may go on by themselves: what queue.resume: auto means. A crash leaves a run
// whose process is gone; what else nobody has wished for is noted as an event of the run. Any thread.
#pragma once

#include "app/run/run_job.h"
#include "storage/run_store.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::app {

inline constexpr int kMostByThemselves = 3; // times: what ends its process each time is not to do so for ever

// The event to be kept of an ending that nobody has wished for: a SIGTERM or SIGHUP, which is how a system ends what
// runs in it (a person stops by the button or by Ctrl+C), or a device that has failed.
std::optional<storage::Event> unattendedEnd(const RunEnding& ending);

struct Unattended {
    storage::RunId run = 0;
    std::string name;
    bool waitsInQueue = false; // which its program has taken it from: the queue is to go on with it
    int times = 0; // that it has gone on by itself already
    std::int64_t batches = 0;
};

// Those of queue.resume: auto, the one that was begun first in front; those that have used up their times too, but not
// what waits in a queue that a person has paused. None
// while a run of ours is trained in this database: two at once may be more than the device holds. Throws StorageError.
std::vector<Unattended> unattendedRuns(const storage::RunStore& store);

// How often a run with these events has gone on by itself, and the event that says so once more.
int timesByItself(const std::vector<storage::Event>& events);
storage::Event goesOnByItself(int times, std::int64_t batch);

} // namespace nabiz::app
