// SPDX-License-Identifier: GPL-3.0-or-later
// The small command queue that a training run reads at batch boundaries. Stopping is not here: that is the stop
// token's. `post` from any thread, the rest from the training thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>

namespace nabiz::trainer {

enum class Command { Pause, Resume, Checkpoint, Evaluate, Sample };

class Control {
public:
    void post(Command command);
    // The oldest command, or none.
    std::optional<Command> poll();
    // Waits for the next command; none when `stop` is requested first.
    std::optional<Command> wait(std::stop_token stop);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::deque<Command> m_commands;
};

} // namespace nabiz::trainer
