// SPDX-License-Identifier: GPL-3.0-or-later
// Calls a controller's listener, in order, on a thread of its own: each call comes after what it tells of is on disk,
// and neither the training thread nor the window ever waits for the disk to hear of it.
#pragma once

#include "trainer/base/message.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace nabiz::app {

class Notifier {
public:
    // `settle` is run before the calls that have come since it last ran; what either throws is told to `failed`.
    Notifier(std::function<void()> settle, std::function<void(const trainer::Message&)> failed);
    // Makes the calls that wait.
    ~Notifier();
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;

    void post(std::function<void()> call);
    // Until every call posted so far has been made. Not from within a call.
    void wait();

private:
    void loop();
    void attempt(const std::function<void()>& call);

    const std::function<void()> m_settle;
    const std::function<void(const trainer::Message&)> m_failed;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_calls;
    bool m_calling = false;
    bool m_closing = false;
    std::thread m_thread; // last: started when all above stands
};

} // namespace nabiz::app
