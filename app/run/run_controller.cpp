// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_controller.h"

#include "app/run/run_name.h"
#include "app/run/run_record.h"
#include "app/run/run_worker.h"
#include "app/run/start/start_room.h"
#include "trainer/base/kept_files.h"

#include <utility>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

namespace {

void setLaunch(RunJob& job, const std::optional<std::string>& launch)
{
    job.hasRanks = launch.has_value();
    if (launch && !launch->empty())
        job.clock[kFactLaunch] = *launch;
}

} // namespace

class RunController::Private {
public:
    Private(std::filesystem::path database, RunListener listener, TrainerFactory factory)
        : teller(std::move(database), std::move(listener))
        , queue(teller)
        , worker(teller, queue, std::move(factory))
    {
    }

    RunTeller teller;
    RunQueue queue;
    RunWorker worker;
};

RunController::RunController(std::filesystem::path database, RunListener listener, TrainerFactory factory)
{
    trainer::keepDatabase(database);
    m_private = std::make_unique<Private>(std::move(database), std::move(listener), std::move(factory));
}

RunController::~RunController() = default;

RunId RunController::enqueue(const StartSpec& spec)
{
    refuseWithoutRoom(recorder().file());
    auto job = std::make_shared<RunJob>();
    job->config = spec.config;
    const storage::Run run = runOf(spec);
    job->run = recorder().addRun(
        run, declaredParameters(spec.config), spec.name.empty() ? freeRunName() : storage::NameChoice());
    job->mark = runMark(job->run, run.created);
    setLaunch(*job, spec.launch);
    m_private->worker.line(job);
    return job->run;
}

bool RunController::goOn(const ResumeSpec& spec)
{
    refuseWithoutRoom(recorder().file());
    const std::int64_t planned
        = spec.config.integer("training.max_steps") * spec.config.integer("training.gradient_accumulation_steps");
    if (!recorder().takeAgain(spec.run, declaredParameters(spec.config), planned))
        return false;
    for (const storage::Event& event : spec.events)
        recorder().addEvent(spec.run, event);
    auto job = std::make_shared<RunJob>();
    job->run = spec.run;
    job->config = spec.config;
    job->mark = runMark(spec.run, spec.created);
    job->resume = spec.from;
    job->clock = spec.clock;
    job->seconds = spec.seconds;
    job->status = RunStatus::Preparing;
    setLaunch(*job, spec.launch);
    m_private->worker.line(job);
    return true;
}

RunId RunController::start(const StartSpec& spec)
{
    if (isBusy())
        return addToQueue(spec);
    const RunId run = enqueue(spec);
    m_private->worker.follow();
    return run;
}

RunId RunController::addToQueue(const StartSpec& spec, std::size_t position)
{
    const RunId run = m_private->queue.add(spec, position);
    if (isBusy())
        m_private->worker.follow();
    return run;
}

void RunController::serveQueue(bool on)
{
    m_private->queue.setPaused(!on);
    m_private->worker.serve(on);
}

void RunController::runQueue(const std::string& group)
{
    m_private->worker.serve(true, group);
}

bool RunController::servesQueue() const
{
    return m_private->worker.serves();
}

void RunController::pause()
{
    m_private->worker.post(trainer::Command::Pause);
}

void RunController::resume()
{
    m_private->worker.post(trainer::Command::Resume);
}

void RunController::stop()
{
    m_private->worker.stopActiveOrNext();
}

void RunController::stop(RunId run)
{
    m_private->worker.stop(run);
}

void RunController::stopAll()
{
    m_private->worker.stopAll();
}

void RunController::checkpoint()
{
    m_private->worker.post(trainer::Command::Checkpoint);
}

void RunController::sample()
{
    m_private->worker.post(trainer::Command::Sample);
}

std::optional<RunId> RunController::active() const
{
    return m_private->worker.active();
}

std::optional<RunStatus> RunController::activeStatus() const
{
    return m_private->worker.activeStatus();
}

int RunController::waiting() const
{
    return m_private->worker.waiting();
}

bool RunController::isBusy() const
{
    return m_private->worker.isBusy();
}

void RunController::waitUntilIdle()
{
    m_private->worker.waitUntilIdle();
}

storage::Recorder& RunController::recorder()
{
    return m_private->teller.recorder();
}

} // namespace nabiz::app
