// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is run to its end, and asked to end when what it is run for is not wanted any more. Waits for it; any
// thread.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::app {

struct ChildEnd {
    int code = 0; // exit code, or 128 and its signal
    std::string said; // the last line of its errors; only when they were kept
};

// `words[0]` is looked for in PATH. When a stop is requested it gets a SIGTERM, and is waited for all the same.
// `keepErrors`: what it says is kept back and not shown. Throws std::system_error when it cannot be started.
ChildEnd runChild(const std::vector<std::string>& words, bool keepErrors, const std::stop_token& stop = {});

} // namespace nabiz::app
