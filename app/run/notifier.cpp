// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/notifier.h"

#include "app/run/current_failure.h"

#include <utility>

namespace nabiz::app {

Notifier::Notifier(std::function<void()> settle, std::function<void(const trainer::Message&)> failed)
    : m_settle(std::move(settle))
    , m_failed(std::move(failed))
    , m_thread([this] { loop(); })
{
}

Notifier::~Notifier()
{
    {
        std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Notifier::post(std::function<void()> call)
{
    {
        std::lock_guard lock(m_mutex);
        m_calls.push_back(std::move(call));
    }
    m_changed.notify_all();
}

void Notifier::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_calls.empty() && !m_calling; });
}

void Notifier::loop()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return !m_calls.empty() || m_closing; });
        if (m_calls.empty())
            return;
        const auto calls = std::exchange(m_calls, {});
        m_calling = true;
        lock.unlock();
        attempt(m_settle);
        for (const auto& call : calls)
            attempt(call);
        lock.lock();
        m_calling = false;
        m_changed.notify_all();
    }
}

// The border of this thread: one listener's mistake is not the others'.
void Notifier::attempt(const std::function<void()>& call)
{
    try {
        call();
    } catch (...) {
        m_failed(currentFailure());
    }
}

} // namespace nabiz::app
