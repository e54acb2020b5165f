// SPDX-License-Identifier: GPL-3.0-or-later
// SIGINT, SIGTERM and SIGHUP as a request to stop: the first calls a function on a thread of its own, a SIGINT or
// SIGTERM half a second later or more ends the process at once with 130. Handlers, not masks: whichever thread the
// signal falls on, a driver's too, it is heard. One at a time in a process; main thread.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include <csignal>

namespace nabiz::app {

class StopSignals {
public:
    StopSignals();
    // Gives the signals back as they were.
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    void listen(std::function<void()> stop);
    // Ends listening; `stop` is not running any more.
    void close();
    bool stopped() const { return m_stopped; }
    // The one that came first since the latest object was made; 0 = none. Any thread.
    static int first();

private:
    void loop(const std::function<void()>& stop);

    static constexpr std::array kSignals { SIGINT, SIGTERM, SIGHUP };
    std::array<struct sigaction, kSignals.size()> m_before {};
    sigset_t m_mask {}; // before
    std::array<int, 2> m_pipe { -1, -1 }; // a byte for each signal; 0 ends the thread
    std::atomic<bool> m_stopped = false;
    std::thread m_thread;
};

} // namespace nabiz::app
