// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_controller.h"

#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "app/run/notifier.h"
#include "app/run/recording_sink.h"
#include "app/run/run_job.h"
#include "app/run/run_name.h"
#include "storage/storage_error.h"
#include "trainer/config/kept_files.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

namespace {

std::vector<storage::Parameter> declaredParameters(const trainer::Config& config)
{
    std::vector<storage::Parameter> parameters;
    for (const trainer::Parameter& row : trainer::parameterTable())
        parameters.push_back({ .key = std::string(row.key), .declared = trainer::toYaml(config.value(row.key)) });
    return parameters;
}

} // namespace

std::vector<storage::Metric> recordedMetrics()
{
    std::vector<storage::Metric> metrics;
    for (std::string& name : trainer::metricNames()) {
        const trainer::MetricRow* const row = trainer::findMetric(name);
        metrics.push_back({ .name = std::move(name), .unit = std::string(row->unit) });
    }
    return metrics;
}

std::vector<storage::Metric> recordedMetrics(const trainer::Config& config)
{
    std::vector<storage::Metric> metrics = recordedMetrics();
    const auto experts = static_cast<std::int64_t>(config.list("model.expert_types").size());
    const auto table = trainer::metricTable().size();
    metrics.resize(table + static_cast<std::size_t>(config.integer("model.n_layers") * trainer::kMostExperts));
    for (std::size_t i = table; i < metrics.size(); ++i) {
        const auto expert = static_cast<std::int64_t>(i - table) % trainer::kMostExperts;
        if (experts == 1 || expert >= experts)
            metrics[i].name.clear();
    }
    return metrics;
}

class RunController::Private {
public:
    Private(std::filesystem::path database, RunListener listener, TrainerFactory factory)
        : m_listener(std::move(listener))
        , m_factory(std::move(factory))
        , m_recorder(std::move(database), recorderOptions())
        , m_notifier([this] { settle(); }, [this](const trainer::Message& failure) { tellMistake(failure); })
        , m_worker([this] { work(); })
    {
    }
    ~Private();

    RunId enqueue(const StartSpec& spec);
    void post(trainer::Command command);
    void stopActiveOrNext();
    void stop(RunId run);
    void stopAll();
    void waitUntilIdle();

    struct Job : RunJob {
        RunStatus status = RunStatus::Queued; // guarded by m_mutex
    };

    storage::RecorderOptions recorderOptions();
    void settle();
    void work();
    void execute(Job& job);
    void stopActive(); // m_mutex is held
    void setStatus(Job& job, RunStatus status);
    void end(RunId run, const RunEnding& ending);
    void notifyChanged(RunId run);
    // What goes wrong at the border of a thread of ours that is not the run's: said on stderr, and kept with the run at hand.
    void tellMistake(const trainer::Message& failure);
    // Calls a listener on the recorder's thread, which must not end by what it throws.
    template <typename... Arguments>
    std::function<void(Arguments...)> guarded(std::function<void(Arguments...)> listener);

    const RunListener m_listener;
    const TrainerFactory m_factory;
    storage::Recorder m_recorder;
    mutable std::mutex m_mutex; // guards the next four
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<Job>> m_queue;
    std::shared_ptr<Job> m_active;
    bool m_busy = false;
    bool m_closing = false;
    RunId m_latest = 0;        // begun; guarded by m_mutex
    std::string m_lastMistake; // told, guarded by m_mutex
    std::shared_ptr<trainer::Trainer> m_trainer; // the worker's
    Notifier m_notifier;
    std::thread m_worker; // last: started when all above stands
};

RunController::Private::~Private()
{
    stopAll();
    {
        std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_worker.join();
}

storage::RecorderOptions RunController::Private::recorderOptions()
{
    storage::RecorderOptions options;
    options.committed = guarded(m_listener.rows);
    options.trouble = guarded(m_listener.diskTrouble);
    return options;
}

template <typename... Arguments>
std::function<void(Arguments...)> RunController::Private::guarded(std::function<void(Arguments...)> listener)
{
    std::function<void(Arguments...)> safe;
    if (listener)
        safe = [this, listener = std::move(listener)](Arguments... arguments) {
            try {
                listener(arguments...);
            } catch (...) {
                tellMistake(currentFailure());
            }
        };
    return safe;
}

void RunController::Private::tellMistake(const trainer::Message& failure)
{
    RunId run = 0;
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(m_lastMistake, failure.english()) == failure.english())
            return; // once, not at every batch
        run = m_latest;
    }
    std::fprintf(stderr, "nabiz: %s\n", failure.english().c_str());
    if (run != 0)
        m_recorder.addEvent(run, toStorage({ trainer::EventKind::Warning, -1, failure }));
}

// Listeners hear of a change when a reader of the database finds it.
void RunController::Private::settle()
{
    try {
        m_recorder.flush();
    } catch (const storage::StorageError&) {
        return; // the recorder tells of it itself, and the listeners must hear what happens all the same
    }
}

RunId RunController::Private::enqueue(const StartSpec& spec)
{
    auto job = std::make_shared<Job>();
    job->config = spec.config;
    storage::Run run;
    run.why = spec.why;
    run.preset = spec.preset;
    run.presetText = spec.presetText;
    run.parent = spec.parent;
    run.command = spec.command;
    run.seed = spec.config.integer("training.seed");
    run.plannedBatches = spec.config.integer("training.max_steps")
        * spec.config.integer("training.gradient_accumulation_steps");
    run.facts = environmentFacts();
    run.name = spec.name.empty() ? spec.preset : spec.name;
    job->run = m_recorder.addRun(
        run, declaredParameters(spec.config), spec.name.empty() ? freeRunName() : storage::NameChoice());
    notifyChanged(job->run);
    {
        std::lock_guard lock(m_mutex);
        m_queue.push_back(job);
    }
    m_changed.notify_all();
    return job->run;
}

void RunController::Private::post(trainer::Command command)
{
    std::lock_guard lock(m_mutex);
    if (m_active)
        m_active->control.post(command);
}

void RunController::Private::stopActiveOrNext()
{
    std::shared_ptr<Job> job;
    {
        std::lock_guard lock(m_mutex);
        if (m_active)
            job = m_active;
        else if (!m_queue.empty())
            job = m_queue.front();
    }
    if (job)
        stop(job->run);
}

// A training thread that waits for a full disk would not see it.
void RunController::Private::stopActive()
{
    m_active->stop.request_stop();
    m_recorder.hasten(m_active->run);
}

void RunController::Private::stop(RunId run)
{
    std::shared_ptr<Job> waiting;
    {
        std::lock_guard lock(m_mutex);
        if (m_active && m_active->run == run)
            stopActive();
        const auto found = std::ranges::find(m_queue, run, [](const auto& job) { return job->run; });
        if (found == m_queue.end())
            return;
        waiting = *found;
        m_queue.erase(found);
    }
    end(waiting->run, { RunStatus::Stopped, {} });
    m_changed.notify_all();
}

void RunController::Private::stopAll()
{
    std::deque<std::shared_ptr<Job>> waiting;
    {
        std::lock_guard lock(m_mutex);
        waiting = std::exchange(m_queue, {});
        if (m_active)
            stopActive();
    }
    for (const auto& job : waiting)
        end(job->run, { RunStatus::Stopped, {} });
    m_changed.notify_all();
}

void RunController::Private::waitUntilIdle()
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_queue.empty() && !m_busy; });
    }
    m_notifier.wait();
}

void RunController::Private::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_closing || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        m_active = m_queue.front();
        m_queue.pop_front();
        m_busy = true;
        m_latest = m_active->run;
        const auto job = m_active;
        lock.unlock();
        try {
            execute(*job);
        } catch (...) {
            tellMistake(currentFailure());
        }
        lock.lock();
        m_active.reset();
        m_busy = false;
        m_changed.notify_all();
    }
}

void RunController::Private::execute(Job& job)
{
    const auto tellEvent = [this, run = job.run](const storage::Event& event) {
        if (m_listener.event)
            m_notifier.post([this, run, event] { m_listener.event(run, event); });
    };
    const RunEnding ending = executeJob(job, m_trainer, m_factory, m_recorder,
        { .status = [this, &job](RunStatus status) { setStatus(job, status); },
            .event = tellEvent,
            .changed = [this, &job] { notifyChanged(job.run); } });
    if (ending.status == RunStatus::Stopped)
        setStatus(job, RunStatus::Stopping);
    {
        std::lock_guard lock(m_mutex);
        m_active.reset();
    }
    end(job.run, ending);
}

void RunController::Private::setStatus(Job& job, RunStatus status)
{
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(job.status, status) == status)
            return;
    }
    m_recorder.setStatus(job.run, status);
    notifyChanged(job.run);
}

void RunController::Private::end(RunId run, const RunEnding& ending)
{
    m_recorder.setStatus(run, ending.status, ending.failure.english());
    notifyChanged(run);
    if (m_listener.failedAs && ending.kind)
        m_notifier.post([this, run, kind = *ending.kind] { m_listener.failedAs(run, kind); });
    if (m_listener.ended)
        m_notifier.post([this, run, ending] { m_listener.ended(run, ending.status, ending.failure); });
}

void RunController::Private::notifyChanged(RunId run)
{
    if (m_listener.changed)
        m_notifier.post([this, run] { m_listener.changed(run); });
}

RunController::RunController(std::filesystem::path database, RunListener listener, TrainerFactory factory)
{
    trainer::keepDatabase(database);
    m_private = std::make_unique<Private>(std::move(database), std::move(listener), std::move(factory));
}

RunController::~RunController() = default;

RunId RunController::enqueue(const StartSpec& spec) { return m_private->enqueue(spec); }
void RunController::pause() { m_private->post(trainer::Command::Pause); }
void RunController::resume() { m_private->post(trainer::Command::Resume); }
void RunController::stop() { m_private->stopActiveOrNext(); }
void RunController::stop(RunId run) { m_private->stop(run); }
void RunController::stopAll() { m_private->stopAll(); }
void RunController::checkpoint() { m_private->post(trainer::Command::Checkpoint); }
void RunController::sample() { m_private->post(trainer::Command::Sample); }
void RunController::waitUntilIdle() { m_private->waitUntilIdle(); }
storage::Recorder& RunController::recorder() { return m_private->m_recorder; }

std::optional<RunId> RunController::active() const
{
    std::lock_guard lock(m_private->m_mutex);
    return m_private->m_active ? std::optional(m_private->m_active->run) : std::nullopt;
}

std::optional<RunStatus> RunController::activeStatus() const
{
    std::lock_guard lock(m_private->m_mutex);
    return m_private->m_active ? std::optional(m_private->m_active->status) : std::nullopt;
}

int RunController::waiting() const
{
    std::lock_guard lock(m_private->m_mutex);
    return static_cast<int>(m_private->m_queue.size());
}

} // namespace nabiz::app
