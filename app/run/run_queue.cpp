// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_queue.h"

#include "app/run/current_failure.h"
#include "app/run/resume_point.h"
#include "app/run/run_name.h"
#include "app/run/run_record.h"
#include "app/run/unattended.h"
#include "storage/run_store.h"
#include "trainer/base/byte_text.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/memory/hardware.h"

#include <exception>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

namespace {

// What runs out of memory at night takes its place from those behind it only for as long as it takes to say so.
void refuseTooLarge(const trainer::Config& config)
{
    const trainer::MemoryEstimate estimate = trainer::estimateMemory(config, trainer::probeMachine());
    if (estimate.verdict == trainer::MemoryVerdict::TooLarge)
        throw trainer::TrainError(trainer::TrainErrorKind::OutOfMemory,
            trainer::message(NABIZ_TEXT("Message",
                                 "It was not started: it would take %1 of memory, and %2 has %3. What would make it "
                                 "less, Configure and nabiz estimate say."),
                trainer::bytesText(estimate.totalBytes()), estimate.device,
                trainer::bytesText(estimate.capacityBytes)));
}

} // namespace

RunId RunQueue::add(const StartSpec& spec, std::size_t position)
{
    const RunId id = m_teller.recorder().queue().add(runOf(spec), declaredParameters(spec.config), position,
        spec.name.empty() || spec.isFreeName ? freeRunName() : storage::NameChoice());
    m_teller.changed(id);
    return id;
}

std::shared_ptr<RunJob> RunQueue::take(const std::string& group)
{
    storage::QueueTake take;
    try {
        take = m_teller.recorder().queue().take(group);
    } catch (...) {
        m_teller.mistake(currentFailure());
    }
    if (take.outcome != storage::QueueTake::Outcome::Taken)
        return nullptr;
    auto job = std::make_shared<RunJob>();
    job->run = take.run;
    job->status = RunStatus::Preparing;
    m_teller.changed(take.run);
    try {
        prepare(*job, take.hasTrained);
    } catch (...) {
        job->refused = std::current_exception();
    }
    return job;
}

void RunQueue::prepare(RunJob& job, bool hasTrained)
{
    const storage::RunStore store(m_teller.recorder().file());
    job.config = declaredConfig(store.parameters(job.run));
    refuseTooLarge(job.config);
    if (const auto overview = store.run(job.run)) {
        job.mark = runMark(job.run, overview->run.created);
        if (!hasTrained)
            return;
        goOnFrom(
            *overview, m_teller.recorder().checkpointFolder(job.run),
            [&](const storage::Event& event) { m_teller.keep(job.run, event); }, job);
        // One count for all that lets it go on: the guard knows of it too.
        if (job.config.text("queue.resume") == "auto")
            m_teller.keep(
                job.run, goesOnByItself(timesByItself(store.events(job.run)) + 1, overview->summary.batches - 1));
    }
}

void RunQueue::putBack(RunId run)
{
    m_teller.recorder().queue().putBack(run);
    m_teller.changed(run);
}

void RunQueue::setPaused(bool paused)
{
    m_teller.recorder().queue().setPaused(paused);
}

} // namespace nabiz::app
