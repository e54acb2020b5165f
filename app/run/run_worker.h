// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that trains one run after another: those that were started here, then, while it is served, those of the
// database's queue. Member functions may be called from any thread, and none but waitUntilIdle() waits for training.
#pragma once

#include "app/run/median_rule.h"
#include "app/run/run_queue.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace nabiz::app {

class RunWorker {
public:
    RunWorker(RunTeller& teller, RunQueue& queue, TrainerFactory factory);
    // Stops what runs, and what waits here.
    ~RunWorker();
    RunWorker(const RunWorker&) = delete;
    RunWorker& operator=(const RunWorker&) = delete;

    void line(const std::shared_ptr<RunJob>& job); // up, behind those that wait here
    // The database's queue: that group of it, or all.
    void serve(bool on, const std::string& group = {});
    // The queue goes on by itself behind what runs.
    void follow();
    void post(trainer::Command command);
    void stopActiveOrNext();
    void stop(storage::RunId run);
    void stopAll();
    void waitUntilIdle();

    bool serves() const;
    bool isBusy() const;
    int waiting() const;
    std::optional<storage::RunId> active() const;
    std::optional<storage::RunStatus> activeStatus() const;

private:
    void work();
    std::shared_ptr<RunJob> nextOf(std::unique_lock<std::mutex>& lock);
    void execute(RunJob& job);
    void stopActive(); // m_mutex is held
    void setStatus(RunJob& job, storage::RunStatus status);
    void watch(const RunJob& job); // by its median rule, while it runs
    void judge(MedianRule& rule, storage::RunId run, std::int64_t batch, double loss);

    RunTeller& m_teller;
    RunQueue& m_queue;
    const TrainerFactory m_factory;
    mutable std::mutex m_mutex; // guards the next six, and the jobs' status
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<RunJob>> m_waiting;
    std::shared_ptr<RunJob> m_active;
    bool m_busy = false;
    bool m_closing = false;
    bool m_serving = false; // the database's queue
    std::string m_group; // that alone is served
    std::shared_ptr<trainer::Trainer> m_trainer; // the thread's
    std::thread m_thread; // last: started when all above stands
};

} // namespace nabiz::app
