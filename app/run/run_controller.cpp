// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_controller.h"

#include "app/run/current_failure.h"
#include "app/run/notifier.h"
#include "app/run/recording_sink.h"
#include "app/run/run_job.h"
#include "app/run/run_name.h"
#include "app/run/run_record.h"
#include "app/run/start_room.h"
#include "app/run/trail.h"
#include "storage/records/storage_error.h"
#include "storage/run_store.h"
#include "trainer/base/kept_files.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

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
    bool goOn(const ResumeSpec& spec);
    RunId addToQueue(const StartSpec& spec, std::size_t position);
    void serveQueue(bool on);
    void follow();
    bool isBusy() const;
    void post(trainer::Command command);
    void stopActiveOrNext();
    void stop(RunId run);
    void stopAll();
    void waitUntilIdle();

    struct Job : RunJob {
        RunStatus status = RunStatus::Queued; // guarded by m_mutex
    };

    storage::RecorderOptions recorderOptions();
    void line(const std::shared_ptr<Job>& job); // up, behind those that wait here
    void settle();
    void work();
    std::shared_ptr<Job> nextOf(std::unique_lock<std::mutex>& lock);
    std::shared_ptr<Job> takeFromQueue();
    void execute(Job& job);
    void stopActive(); // m_mutex is held
    void setStatus(Job& job, RunStatus status);
    void end(RunId run, const RunEnding& ending);
    void notifyChanged(RunId run);
    // What goes wrong at the border of a thread of ours that is not the run's: said on stderr, and kept with the run at
    // hand.
    void tellMistake(const trainer::Message& failure);
    // Calls a listener on the recorder's thread, which must not end by what it throws.
    template <typename... Arguments>
    std::function<void(Arguments...)> guarded(std::function<void(Arguments...)> listener);

    const RunListener m_listener;
    const TrainerFactory m_factory;
    mutable std::mutex m_mutex; // guards the next eight
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<Job>> m_queue;
    std::shared_ptr<Job> m_active;
    bool m_busy = false;
    bool m_closing = false;
    bool m_serving = false; // the database's queue
    bool m_held = false; // a person said: not now
    RunId m_latest = 0; // begun
    std::pair<RunId, std::string> m_lastMistake; // told, of which run
    storage::Recorder m_recorder; // behind what its listeners use: its thread calls them from its making to its end
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
    options.trouble = [this, tell = guarded(m_listener.diskTrouble)](const storage::Trouble& trouble) {
        leaveTrail(0, trouble.text.empty() ? "the database can be written again" : trouble.text);
        if (tell)
            tell(trouble);
    };
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
        run = m_latest;
        std::pair mistake(run, failure.english());
        if (mistake == m_lastMistake)
            return; // once a run, not at every batch
        m_lastMistake = std::move(mistake);
    }
    printFailure(failure);
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
    refuseWithoutRoom(m_recorder.file());
    auto job = std::make_shared<Job>();
    job->config = spec.config;
    const storage::Run run = runOf(spec);
    job->run = m_recorder.addRun(
        run, declaredParameters(spec.config), spec.name.empty() ? freeRunName() : storage::NameChoice());
    job->mark = runMark(job->run, run.created);
    line(job);
    return job->run;
}

bool RunController::Private::goOn(const ResumeSpec& spec)
{
    refuseWithoutRoom(m_recorder.file());
    const std::int64_t planned
        = spec.config.integer("training.max_steps") * spec.config.integer("training.gradient_accumulation_steps");
    if (!m_recorder.takeAgain(spec.run, declaredParameters(spec.config), planned))
        return false;
    for (const storage::Event& event : spec.events)
        m_recorder.addEvent(spec.run, event);
    auto job = std::make_shared<Job>();
    job->run = spec.run;
    job->config = spec.config;
    job->mark = runMark(spec.run, spec.created);
    job->resume = spec.from;
    job->clock = spec.clock;
    job->seconds = spec.seconds;
    job->status = RunStatus::Preparing;
    line(job);
    return true;
}

void RunController::Private::line(const std::shared_ptr<Job>& job)
{
    notifyChanged(job->run);
    {
        std::lock_guard lock(m_mutex);
        m_queue.push_back(job);
    }
    m_changed.notify_all();
}

RunId RunController::Private::addToQueue(const StartSpec& spec, std::size_t position)
{
    const RunId id = m_recorder.addToQueue(runOf(spec), declaredParameters(spec.config), position,
        spec.name.empty() ? freeRunName() : storage::NameChoice());
    notifyChanged(id);
    if (isBusy())
        follow();
    return id;
}

void RunController::Private::serveQueue(bool on)
{
    {
        std::lock_guard lock(m_mutex);
        m_serving = on;
        m_held = !on;
    }
    m_changed.notify_all();
}

// The queue goes on by itself behind what runs, unless a person holds it.
void RunController::Private::follow()
{
    {
        std::lock_guard lock(m_mutex);
        m_serving = !m_held && !m_closing;
    }
    m_changed.notify_all();
}

bool RunController::Private::isBusy() const
{
    std::lock_guard lock(m_mutex);
    return m_busy || !m_queue.empty();
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
        m_serving = false;
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
        m_changed.wait(lock, [this] { return m_queue.empty() && !m_busy && !m_serving; });
    }
    m_notifier.wait();
}

void RunController::Private::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_closing || m_serving || !m_queue.empty(); });
        if (m_queue.empty() && !m_serving)
            return;
        m_busy = true;
        if (const auto job = nextOf(lock)) {
            m_active = job;
            m_latest = job->run;
            lock.unlock();
            try {
                execute(*job);
            } catch (...) {
                tellMistake(currentFailure());
            }
            lock.lock();
            m_active.reset();
        }
        m_busy = false;
        m_changed.notify_all();
    }
}

// What was started here goes before what waits in the queue. Empty-handed, the queue is served no more.
std::shared_ptr<RunController::Private::Job> RunController::Private::nextOf(std::unique_lock<std::mutex>& lock)
{
    if (!m_queue.empty()) {
        auto job = m_queue.front();
        m_queue.pop_front();
        return job;
    }
    lock.unlock();
    auto job = takeFromQueue();
    lock.lock();
    if (job && !m_serving) { // held, or closing, meanwhile
        m_recorder.putBackInQueue(job->run);
        notifyChanged(job->run);
        return nullptr;
    }
    m_serving = m_serving && job != nullptr;
    return job;
}

std::shared_ptr<RunController::Private::Job> RunController::Private::takeFromQueue()
{
    std::optional<RunId> run;
    try {
        run = m_recorder.takeFromQueue();
        if (!run)
            return nullptr;
        auto job = std::make_shared<Job>();
        job->run = *run;
        job->status = RunStatus::Preparing;
        const storage::RunStore store(m_recorder.file());
        job->config = declaredConfig(store.parameters(*run));
        if (const auto overview = store.run(*run))
            job->mark = runMark(*run, overview->run.created);
        notifyChanged(*run);
        return job;
    } catch (...) {
        const trainer::Message failure = currentFailure();
        tellMistake(failure);
        if (run) // ours by now, and unreadable
            end(*run, { RunStatus::Failed, failure });
        return nullptr;
    }
}

void RunController::Private::execute(Job& job)
{
    const auto tellEvent = [this, run = job.run](const storage::Event& event) {
        m_notifier.post([this, run, event] {
            if (event.kind != "sample") // words of the text that it learns
                leaveTrail(run, event.kind + ": " + event.text);
            if (m_listener.event)
                m_listener.event(run, event);
        });
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
    m_notifier.post([run = job.run, status] { leaveTrail(run, storage::name(status)); });
    notifyChanged(job.run);
}

void RunController::Private::end(RunId run, const RunEnding& ending)
{
    m_recorder.setStatus(run, ending.status, ending.failure.english());
    m_notifier.post(
        [run, ending] { leaveTrail(run, std::string(storage::name(ending.status)) + ' ' + ending.failure.english()); });
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

RunId RunController::enqueue(const StartSpec& spec)
{
    return m_private->enqueue(spec);
}

bool RunController::goOn(const ResumeSpec& spec)
{
    return m_private->goOn(spec);
}

RunId RunController::start(const StartSpec& spec)
{
    if (m_private->isBusy())
        return m_private->addToQueue(spec, storage::Recorder::kLast);
    const RunId run = m_private->enqueue(spec);
    m_private->follow();
    return run;
}

RunId RunController::addToQueue(const StartSpec& spec, std::size_t position)
{
    return m_private->addToQueue(spec, position);
}

void RunController::serveQueue(bool on)
{
    m_private->serveQueue(on);
}

bool RunController::servesQueue() const
{
    std::lock_guard lock(m_private->m_mutex);
    return m_private->m_serving;
}

bool RunController::isBusy() const
{
    return m_private->isBusy();
}
void RunController::pause()
{
    m_private->post(trainer::Command::Pause);
}
void RunController::resume()
{
    m_private->post(trainer::Command::Resume);
}
void RunController::stop()
{
    m_private->stopActiveOrNext();
}
void RunController::stop(RunId run)
{
    m_private->stop(run);
}
void RunController::stopAll()
{
    m_private->stopAll();
}
void RunController::checkpoint()
{
    m_private->post(trainer::Command::Checkpoint);
}
void RunController::sample()
{
    m_private->post(trainer::Command::Sample);
}
void RunController::waitUntilIdle()
{
    m_private->waitUntilIdle();
}
storage::Recorder& RunController::recorder()
{
    return m_private->m_recorder;
}

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
