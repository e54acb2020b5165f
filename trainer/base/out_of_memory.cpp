// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/out_of_memory.h"

#include <algorithm>

namespace nabiz::trainer {

std::string_view phaseName(MemoryPhase phase)
{
    constexpr std::string_view kNames[kMemoryPhases]
        = { "preparing", "forward", "backward", "step", "evaluation", "sample", "checkpoint" };
    return kNames[static_cast<int>(phase)];
}

std::optional<std::int64_t> MemoryAccount::limit() const
{
    std::optional<std::int64_t> result = most;
    if (!result && free)
        result = held + unused.value_or(0) + *free;
    // What was asked for in one piece did not fit, however much lay about in pieces.
    if (asked)
        result = std::min(result.value_or(held + *asked), held + *asked);
    return result;
}

} // namespace nabiz::trainer
