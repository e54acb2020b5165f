// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of a database: runs that wait for their turn, put there by any program. A part of the recorder; any thread,
// and all of these wait for the writer. They throw StorageError.
#pragma once

#include "storage/records/queue_state.h"
#include "storage/records/written.h"

#include <string>
#include <vector>

namespace nabiz::storage {

class WriterThread;

class QueueRecorder {
public:
    explicit QueueRecorder(WriterThread& writer);

    static constexpr std::size_t kLast = static_cast<std::size_t>(-1);

    QueueState state();
    // Recorder::addRun() for one that shall wait there, at that place or last: it stays there when this program ends.
    RunId add(const Run& run, const std::vector<Parameter>& parameters, std::size_t position = kLast,
        const NameChoice& freeName = {});
    // Makes the first of that group, or of all, this process's, preparing: it is nobody else's then. While another
    // living process trains what it took from the queue, nothing is taken.
    QueueTake take(const std::string& group = {});
    // First again, as if never taken; one that has ended meanwhile goes on when it is taken again. Does not wait.
    void putBack(RunId run);
    // Nobody takes anything until it is turned off, over closing and crashes.
    void setPaused(bool paused);
    // False when it does not wait there any more.
    bool move(RunId run, std::size_t position);
    // The same. What is removed is stopped, and in the trash unless batches of it are there.
    bool remove(RunId run);

private:
    WriterThread& m_writer;
};

} // namespace nabiz::storage
