// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/process/worker.h"

#include "app/gui/process/mistakes.h"

#include <utility>

namespace nabiz::app {

Worker::Worker(AtEnd atEnd)
    : m_atEnd(atEnd)
    , m_thread([this] { work(); })
{
}

Worker::~Worker()
{
    {
        std::lock_guard lock(m_mutex);
        m_ending = true;
        if (m_atEnd == AtEnd::Drop)
            m_jobs.clear();
    }
    m_arrived.notify_one();
    m_thread.join();
}

void Worker::post(std::function<void()> job)
{
    {
        std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_arrived.notify_one();
}

void Worker::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_arrived.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        try {
            job();
        } catch (...) {
            tellMistake();
        }
        job = nullptr; // what it captured is released without the lock
        lock.lock();
    }
}

} // namespace nabiz::app
