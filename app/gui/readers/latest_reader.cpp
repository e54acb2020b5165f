// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/latest_reader.h"

#include "app/gui/process/mistakes.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace nabiz::app {

namespace {

// Threads that hang before a further question waits for one of them.
constexpr int kMostThreads = 4;
constexpr std::chrono::milliseconds kFarewell { 250 };

} // namespace

// Shared with the threads, which may outlive the reader.
struct LatestReader::State {
    std::mutex mutex; // guards all below
    std::condition_variable ended;
    LatestReader* owner = nullptr; // none any more: nobody wants an answer
    std::optional<Job> next;
    std::stop_source stop; // of the question asked last
    int threads = 0;
};

LatestReader::LatestReader(QObject* parent)
    : QObject(parent)
    , m_state(std::make_shared<State>())
{
    m_state->owner = this;
}

LatestReader::~LatestReader()
{
    std::unique_lock lock(m_state->mutex);
    m_state->owner = nullptr;
    m_state->next.reset();
    m_state->stop.request_stop();
    m_state->ended.wait_for(lock, kFarewell, [this] { return m_state->threads == 0; });
}

void LatestReader::start(Job job)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->stop.request_stop();
    m_state->stop = std::stop_source();
    m_state->next = std::move(job);
    if (m_state->threads == kMostThreads)
        return; // the first that comes back takes it
    std::thread([state = m_state] { work(state); }).detach();
    ++m_state->threads;
}

void LatestReader::work(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (state->next) {
        const Job job = *std::exchange(state->next, std::nullopt);
        const auto stop = state->stop.get_token();
        lock.unlock();
        std::function<void()> show;
        try {
            show = job(stop);
        } catch (...) {
            tellMistake();
        }
        lock.lock();
        // Under the lock: the owner cannot end meanwhile, and what is queued for it ends with it.
        if (show && state->owner && !stop.stop_requested())
            QMetaObject::invokeMethod(
                state->owner,
                [show, stop] {
                    if (!stop.stop_requested())
                        show();
                },
                Qt::QueuedConnection);
    }
    --state->threads;
    state->ended.notify_all();
}

} // namespace nabiz::app
