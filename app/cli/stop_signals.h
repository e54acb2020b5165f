// SPDX-License-Identifier: GPL-3.0-or-later
// SIGINT, SIGTERM and SIGHUP as a request to stop: the first calls a function on a thread of its own, the second ends the
// process at once with 130. Make it before any other thread, so that all of them leave the signals alone. Main thread.
#pragma once

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

private:
    void loop(const std::function<void()>& stop);

    sigset_t m_before {};
    int m_signals = -1; // signalfd
    int m_wake = -1;    // eventfd that ends the thread
    std::atomic<bool> m_stopped = false;
    std::thread m_thread;
};

} // namespace nabiz::app
