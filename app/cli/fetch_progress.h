// SPDX-License-Identifier: GPL-3.0-or-later
// How a download gets on, on stderr: a bar that is drawn over on a terminal, else a line every tenth of it.
// The thread that fetches.
#pragma once

#include "app/weights/progress_meter.h"
#include "trainer/base/message.h"

namespace nabiz::app {

class FetchProgressLine {
public:
    explicit FetchProgressLine(bool terminal)
        : m_terminal(terminal)
    {
    }

    void show(const FetchProgress& progress);
    // A line of its own, the bar below it.
    void say(const trainer::Message& message);
    // Takes the bar away.
    void finish();

private:
    const bool m_terminal;
    bool m_drawn = false;
    int m_tenths = 0; // that were told
    std::chrono::steady_clock::time_point m_shown {};
};

} // namespace nabiz::app
