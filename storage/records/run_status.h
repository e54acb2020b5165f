// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a run, from the queue to its end.
// Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::storage {

enum class RunStatus {
    Queued,
    Preparing,
    Running,
    Paused,
    Stopping,
    Finished,
    Stopped,
    Failed,
    Diverged,
    Interrupted,
    Reference
};
std::string_view name(RunStatus status); // "finished", as stored and exported
std::optional<RunStatus> runStatus(std::string_view name);
bool isLive(RunStatus status); // queued … stopping
// "('queued', …)": those in a statement of SQL, behind IN.
const std::string& liveStates();

} // namespace nabiz::storage
