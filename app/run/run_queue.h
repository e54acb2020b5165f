// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's side of the queue in the database, which outlives the program: puts runs there whole, and takes them
// out as jobs that can be trained. Any thread; waits for the recorder.
#pragma once

#include "app/run/run_teller.h"

#include <cstddef>
#include <memory>
#include <string>

namespace nabiz::app {

class RunQueue {
public:
    explicit RunQueue(RunTeller& teller)
        : m_teller(teller)
    {
    }

    storage::RunId add(const StartSpec& spec, std::size_t position);
    // The first of that group, or of all: nobody else's then. None when nothing waits, when it is paused, and while
    // another process runs the queue.
    std::shared_ptr<RunJob> take(const std::string& group);
    // First again, as if never taken.
    void putBack(storage::RunId run);
    void setPaused(bool paused);

private:
    void prepare(RunJob& job, bool hasTrained);

    RunTeller& m_teller;
};

} // namespace nabiz::app
