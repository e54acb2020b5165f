// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that does one job after another, so that the window never waits for a disk. The owner gives jobs from the
// GUI thread and hands results back with QMetaObject::invokeMethod on itself; it must own the worker as a member, so
// that no job outlives it. What a job throws ends that job alone, and is told.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace nabiz::app {

class Worker {
public:
    enum class AtEnd { Drop, Finish };
    explicit Worker(AtEnd atEnd = AtEnd::Drop);
    // Waits for the job at hand; those behind it are dropped, or done too.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(std::function<void()> job);

private:
    void work();

    const AtEnd m_atEnd;
    std::mutex m_mutex; // guards the next three
    std::condition_variable m_arrived;
    std::deque<std::function<void()>> m_jobs;
    bool m_ending = false;
    std::thread m_thread; // last: started when all above stands
};

} // namespace nabiz::app
