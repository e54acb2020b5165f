// SPDX-License-Identifier: GPL-3.0-or-later
// The queue as a whole, and what became of an attempt to take a run from it.
// Values; any thread.
#pragma once

#include "storage/records/process_identity.h"
#include "storage/records/records.h"

#include <optional>
#include <string>
#include <vector>

namespace nabiz::storage {

struct QueueState {
    bool isPaused = false;
    std::vector<RunId> waiting; // in order
    // What was taken from it last, while a living process trains it: nobody but that one takes another meanwhile.
    std::optional<RunId> served;
    ProcessIdentity server; // of `served`
};

struct QueueTake {
    enum class Outcome { Taken, Empty, Paused, Elsewhere };

    Outcome outcome = Outcome::Empty;
    RunId run = 0; // taken, or trained elsewhere
    bool hasTrained = false; // batches of it are there: it goes on
};

} // namespace nabiz::storage
