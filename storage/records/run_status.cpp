// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/run_status.h"

#include <array>
#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::array<std::pair<RunStatus, std::string_view>, 11> kNames { {
    { RunStatus::Queued, "queued" },
    { RunStatus::Preparing, "preparing" },
    { RunStatus::Running, "running" },
    { RunStatus::Paused, "paused" },
    { RunStatus::Stopping, "stopping" },
    { RunStatus::Finished, "finished" },
    { RunStatus::Stopped, "stopped" },
    { RunStatus::Failed, "failed" },
    { RunStatus::Diverged, "diverged" },
    { RunStatus::Interrupted, "interrupted" },
    { RunStatus::Reference, "reference" },
} };

} // namespace

std::string_view name(RunStatus status)
{
    return kNames[static_cast<std::size_t>(status)].second;
}

std::optional<RunStatus> runStatus(std::string_view name)
{
    for (const auto& [status, text] : kNames) {
        if (text == name)
            return status;
    }
    return std::nullopt;
}

bool isLive(RunStatus status)
{
    return status <= RunStatus::Stopping;
}

const std::string& liveStates()
{
    static const std::string states = [] {
        std::string list;
        for (const auto& [status, text] : kNames) {
            if (isLive(status))
                list.append(list.empty() ? "('" : ", '").append(text).append("'");
        }
        return list + ')';
    }();
    return states;
}

} // namespace nabiz::storage
