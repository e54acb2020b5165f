// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's side of the queue in the database, which outlives the program: puts runs there whole, and takes them
// out as jobs that can be trained. Any thread; waits for the recorder.
#pragma once

#include "app/run/run_teller.h"

#include <cstddef>
#include <memory>

namespace nabiz::app {

class RunQueue {
public:
    explicit RunQueue(RunTeller& teller)
        : m_teller(teller)
    {
    }

    storage::RunId add(const StartSpec& spec, std::size_t position);
    // The first, which is nobody else's then. None when nothing waits, or when it cannot be read, which is told.
    std::shared_ptr<RunJob> take();
    // First again, as if never taken.
    void putBack(storage::RunId run);

private:
    RunTeller& m_teller;
};

} // namespace nabiz::app
