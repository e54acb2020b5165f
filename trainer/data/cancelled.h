// SPDX-License-Identifier: GPL-3.0-or-later
// Thrown while data is prepared when a stop was requested. It is no error and carries nothing: whoever asked to stop
// catches it, so that the many small steps of reading need not hand an "or stopped" through every result. Any thread.
#pragma once

#include <stop_token>

namespace nabiz::trainer {

struct Cancelled { };

inline void throwIfStopped(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled {};
}

} // namespace nabiz::trainer
