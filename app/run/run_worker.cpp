// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_worker.h"

#include "app/run/current_failure.h"
#include "app/run/recording_sink.h"
#include "app/run/unattended.h"
#include "storage/run_store.h"

#include <algorithm>
#include <utility>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

RunWorker::RunWorker(RunTeller& teller, RunQueue& queue, TrainerFactory factory)
    : m_teller(teller)
    , m_queue(queue)
    , m_factory(std::move(factory))
    , m_thread([this] { work(); })
{
}

RunWorker::~RunWorker()
{
    stopAll();
    {
        std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void RunWorker::line(const std::shared_ptr<RunJob>& job)
{
    m_teller.changed(job->run);
    {
        std::lock_guard lock(m_mutex);
        m_waiting.push_back(job);
    }
    m_changed.notify_all();
}

void RunWorker::serve(bool on, const std::string& group)
{
    {
        std::lock_guard lock(m_mutex);
        m_serving = on && !m_closing;
        m_group = group;
    }
    m_changed.notify_all();
}

void RunWorker::follow()
{
    {
        std::lock_guard lock(m_mutex);
        if (!m_serving)
            m_group.clear();
        m_serving = !m_closing;
    }
    m_changed.notify_all();
}

void RunWorker::post(trainer::Command command)
{
    std::lock_guard lock(m_mutex);
    if (m_active)
        m_active->control.post(command);
}

void RunWorker::stopActiveOrNext()
{
    std::shared_ptr<RunJob> job;
    {
        std::lock_guard lock(m_mutex);
        if (m_active)
            job = m_active;
        else if (!m_waiting.empty())
            job = m_waiting.front();
    }
    if (job)
        stop(job->run);
}

// A training thread that waits for a full disk would not see it.
void RunWorker::stopActive()
{
    m_active->stop.request_stop();
    m_teller.recorder().hasten(m_active->run);
}

void RunWorker::stop(RunId run)
{
    std::shared_ptr<RunJob> waiting;
    {
        std::lock_guard lock(m_mutex);
        if (m_active && m_active->run == run)
            stopActive();
        const auto found = std::ranges::find(m_waiting, run, [](const auto& job) { return job->run; });
        if (found == m_waiting.end())
            return;
        waiting = *found;
        m_waiting.erase(found);
    }
    m_teller.end(waiting->run, { RunStatus::Stopped, {} });
    m_changed.notify_all();
}

void RunWorker::stopAll()
{
    std::deque<std::shared_ptr<RunJob>> waiting;
    {
        std::lock_guard lock(m_mutex);
        waiting = std::exchange(m_waiting, {});
        m_serving = false;
        if (m_active)
            stopActive();
    }
    for (const auto& job : waiting)
        m_teller.end(job->run, { RunStatus::Stopped, {} });
    m_changed.notify_all();
}

void RunWorker::waitUntilIdle()
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.empty() && !m_busy && !m_serving; });
    }
    m_teller.wait();
}

bool RunWorker::serves() const
{
    std::lock_guard lock(m_mutex);
    return m_serving;
}

bool RunWorker::isBusy() const
{
    std::lock_guard lock(m_mutex);
    return m_busy || !m_waiting.empty();
}

int RunWorker::waiting() const
{
    std::lock_guard lock(m_mutex);
    return static_cast<int>(m_waiting.size());
}

std::optional<RunId> RunWorker::active() const
{
    std::lock_guard lock(m_mutex);
    return m_active ? std::optional(m_active->run) : std::nullopt;
}

std::optional<RunStatus> RunWorker::activeStatus() const
{
    std::lock_guard lock(m_mutex);
    return m_active ? std::optional(m_active->status) : std::nullopt;
}

void RunWorker::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_closing || m_serving || !m_waiting.empty(); });
        if (m_waiting.empty() && !m_serving)
            return;
        m_busy = true;
        if (const auto job = nextOf(lock)) {
            m_active = job;
            m_teller.takeUp(job->run);
            lock.unlock();
            try {
                execute(*job);
            } catch (...) {
                m_teller.mistake(currentFailure());
            }
            lock.lock();
            m_active.reset();
        }
        m_busy = false;
        m_changed.notify_all();
    }
}

// What was started here goes before what waits in the queue. Empty-handed, the queue is served no more.
std::shared_ptr<RunJob> RunWorker::nextOf(std::unique_lock<std::mutex>& lock)
{
    if (!m_waiting.empty()) {
        auto job = m_waiting.front();
        m_waiting.pop_front();
        return job;
    }
    const std::string group = m_group;
    lock.unlock();
    auto job = m_queue.take(group);
    lock.lock();
    if (job && !m_serving) { // held, or closing, meanwhile
        m_queue.putBack(job->run);
        return nullptr;
    }
    m_serving = m_serving && job != nullptr;
    return job;
}

void RunWorker::watch(const RunJob& job)
{
    auto rule = MedianRule::of(m_teller.recorder().file(), job.run, job.config);
    if (!rule)
        return m_teller.setEvaluated({});
    try {
        const auto overview = storage::RunStore(m_teller.recorder().file()).run(job.run);
        if (overview && overview->run.group.empty())
            m_teller.keep(job.run,
                toStorage({ trainer::EventKind::Warning, -1,
                    trainer::message(NABIZ_TEXT(
                        "Message", "queue.stop_worse_than_median is not applied: the run is of no group.")) }));
    } catch (...) {
        m_teller.mistake(currentFailure());
    }
    m_teller.setEvaluated([this, run = job.run, rule = std::make_shared<MedianRule>(std::move(*rule))](
                              RunId of, std::int64_t batch, double loss) {
        if (of == run)
            judge(*rule, run, batch, loss);
    });
}

void RunWorker::judge(MedianRule& rule, RunId run, std::int64_t batch, double loss)
{
    const auto reason = rule.evaluated(batch, loss);
    std::lock_guard lock(m_mutex);
    if (!reason || !m_active || m_active->run != run || m_active->stop.stop_requested())
        return;
    m_active->stopReason = *reason;
    stopActive();
}

void RunWorker::execute(RunJob& job)
{
    watch(job);
    RunEnding ending = executeJob(job, m_trainer, m_factory, m_teller.recorder(),
        { .status = [this, &job](RunStatus status) { setStatus(job, status); },
            .event = [this, run = job.run](const storage::Event& event) { m_teller.event(run, event); },
            .changed = [this, run = job.run] { m_teller.changed(run); } });
    if (ending.status == RunStatus::Stopped)
        setStatus(job, RunStatus::Stopping);
    {
        std::lock_guard lock(m_mutex);
        m_active.reset();
        if (ending.status == RunStatus::Stopped)
            ending.failure = job.stopReason;
    }
    m_teller.setEvaluated({});
    // As a sentence with its arguments; the trainer has told of an early end itself, and of a failure.
    if ((ending.status == RunStatus::Stopped || ending.status == RunStatus::Diverged) && !ending.failure.empty())
        m_teller.keep(job.run, toStorage({ trainer::EventKind::Log, -1, ending.failure }));
    if (const auto event = unattendedEnd(ending))
        m_teller.keep(job.run, *event);
    m_teller.end(job.run, ending);
}

void RunWorker::setStatus(RunJob& job, RunStatus status)
{
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(job.status, status) == status)
            return;
    }
    m_teller.status(job.run, status);
}

} // namespace nabiz::app
