// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what becomes of the controller's runs, and tells its listener when that is on disk: owns the recorder and the
// thread of the listener's calls. Any thread; never waits for a listener.
#pragma once

#include "app/run/notifier.h"
#include "app/run/run_controller.h"
#include "app/run/run_job.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <utility>

namespace nabiz::app {

class RunTeller {
public:
    // Opens the database; throws StorageError.
    RunTeller(std::filesystem::path database, RunListener listener);

    storage::Recorder& recorder() { return m_recorder; }

    void changed(storage::RunId run); // told only
    void event(storage::RunId run, const storage::Event& event); // told only
    void keep(storage::RunId run, const storage::Event& event); // stored, and told
    void status(storage::RunId run, storage::RunStatus status);
    void end(storage::RunId run, const RunEnding& ending);
    // With which mistakes are kept from now on.
    void takeUp(storage::RunId run);
    // What goes wrong at the border of a thread of ours that is not the run's: said on stderr, and kept with the run at
    // hand.
    void mistake(const trainer::Message& failure);
    // Called on the listener's thread after every validation loss that is committed.
    using Evaluated = std::function<void(storage::RunId, std::int64_t batch, double loss)>;
    void setEvaluated(Evaluated evaluated);
    // Until the listener has heard all so far.
    void wait() { m_notifier.wait(); }

private:
    storage::RecorderOptions recorderOptions();
    void settle();
    void passEvaluations(storage::RunId run, std::span<const storage::Row> rows);
    // Calls a listener on the recorder's thread, which must not end by what it throws.
    template <typename... Arguments>
    std::function<void(Arguments...)> guarded(std::function<void(Arguments...)> listener);

    const RunListener m_listener;
    std::mutex m_mutex; // guards the next three
    Evaluated m_evaluated;
    storage::RunId m_atHand = 0;
    std::pair<storage::RunId, std::string> m_lastMistake; // told, of which run
    storage::Recorder m_recorder; // behind what its listeners use: its thread calls them from its making to its end
    Notifier m_notifier;
};

} // namespace nabiz::app
