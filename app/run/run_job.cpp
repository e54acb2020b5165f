// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_job.h"

#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "app/run/local_ranks.h"
#include "app/run/memory_verdict.h"
#include "app/run/recording_sink.h"
#include "app/run/run_controller.h"
#include "app/run/start/start_room.h"
#include "app/run/start/tracked_folder.h"
#include "storage/records/event_kinds.h"
#include "storage/records/storage_error.h"
#include "trainer/base/out_of_memory.h"
#include "trainer/data/cancelled.h"

namespace nabiz::app {

using storage::RunStatus;

namespace {

RunStatus statusOf(trainer::Phase phase)
{
    switch (phase) {
    case trainer::Phase::Preparing:
        return RunStatus::Preparing;
    case trainer::Phase::Running:
        return RunStatus::Running;
    case trainer::Phase::Paused:
        return RunStatus::Paused;
    case trainer::Phase::Stopping:
        return RunStatus::Stopping;
    }
    return RunStatus::Running;
}

RunStatus statusOf(trainer::Outcome outcome)
{
    switch (outcome) {
    case trainer::Outcome::Finished:
        return RunStatus::Finished;
    case trainer::Outcome::Stopped:
        return RunStatus::Stopped;
    case trainer::Outcome::Diverged:
        return RunStatus::Diverged;
    }
    return RunStatus::Finished;
}

// Another program may hold the database longer than the recorder waits for it: the run begins when that is over.
std::shared_ptr<storage::Stream> openStream(storage::Recorder& recorder, const RunJob& job)
{
    for (;;) {
        try {
            return recorder.openStream(job.run, recordedMetrics(job.config));
        } catch (const storage::StorageError& error) {
            if (error.kind() != storage::StorageErrorKind::Busy)
                throw;
        }
        if (job.stop.stop_requested())
            return nullptr;
    }
}

// The run's stream, given back to the recorder, with all its points, however the run ends.
class OpenStream {
public:
    OpenStream(storage::Recorder& recorder, const RunJob& job)
        : m_recorder(recorder)
        , m_run(job.run)
        , m_stream(openStream(recorder, job))
    {
    }
    ~OpenStream()
    {
        m_stream.reset();
        m_recorder.closeStream(m_run);
    }
    OpenStream(const OpenStream&) = delete;
    OpenStream& operator=(const OpenStream&) = delete;

    bool isOpen() const { return m_stream != nullptr; } // else the run was stopped before it began
    storage::Stream& stream() const { return *m_stream; }

private:
    storage::Recorder& m_recorder;
    const storage::RunId m_run;
    std::shared_ptr<storage::Stream> m_stream;
};

// Of a run that goes on, what its start noted stays.
void noteFolder(const RunJob& job, storage::Recorder& recorder, const RunJobObserver& observer, storage::Facts& facts)
{
    const std::string& folder = job.config.text("data.track_folder");
    if (folder.empty() || job.resume)
        return;
    const TrackedFolder found = lookAtFolder(folder);
    facts.insert(found.facts.begin(), found.facts.end());
    if (!found.diff.empty())
        recorder.addEvent(job.run, { .kind = storage::kDiffEvent, .text = found.diff });
    if (found.failure.empty())
        return;
    const storage::Event event = toStorage({ trainer::EventKind::Warning, -1,
        trainer::message(NABIZ_TEXT("Message", "The state of %1 is not noted: %2"), folder, found.failure) });
    recorder.addEvent(job.run, event);
    observer.event(event);
}

RunEnding train(RunJob& job, trainer::Trainer& trainer, storage::Recorder& recorder, const RunJobObserver& observer)
{
    const OpenStream open(recorder, job);
    if (!open.isOpen())
        return { RunStatus::Stopped, {} };
    storage::Facts facts = environmentFacts();
    facts.insert(job.clock.begin(), job.clock.end());
    noteFolder(job, recorder, observer, facts);
    RecordingSink sink(recorder, job.run, open.stream(), job.config, std::move(facts), job.seconds,
        { .phase = [&observer](trainer::Phase phase) { observer.status(statusOf(phase)); },
            .event = observer.event,
            .changed = observer.changed });
    std::optional<LocalRanks> others;
    if (!job.hasRanks && job.config.integer("hardware.ranks") > 1) {
        others.emplace(job.config);
        trainer.join(others->world(), job.config, job.stop.get_token());
    }
    if (trainer::Message warning = roomWarning(recorder.file(), job.config); !warning.empty())
        sink.event({ trainer::EventKind::Warning, -1, std::move(warning) });
    const trainer::TrainResult result
        = trainer.train({ job.config, recorder.checkpointFolder(job.run), job.mark, job.resume }, sink, job.control,
            job.stop.get_token());
    return { statusOf(result.outcome), result.message };
}

RunEnding failed(RunJob& job, trainer::Message failure, const trainer::Event& told, storage::Recorder& recorder,
    const RunJobObserver& observer)
{
    RunEnding ending { RunStatus::Failed, std::move(failure) };
    try {
        const storage::Event event = toStorage(told);
        recorder.addEvent(job.run, event);
        observer.event(event);
    } catch (...) {
        ending.failure = trainer::message("%1 %2", ending.failure.english(), currentFailure().english());
    }
    return ending;
}

RunEnding failed(
    RunJob& job, const trainer::Message& failure, storage::Recorder& recorder, const RunJobObserver& observer)
{
    return failed(job, failure, { trainer::EventKind::Warning, -1, failure }, recorder, observer);
}

// With the card that says where memory went, and what to change.
RunEnding outOfMemory(
    RunJob& job, const trainer::OutOfMemory& error, storage::Recorder& recorder, const RunJobObserver& observer)
{
    trainer::MemoryCard card { error.account(), {}, 0, {} };
    try {
        recorder.flush(); // what ran before is to be found
        card = memoryCard(error.account(), job.config, storage::RunStore(recorder.file()));
    } catch (...) {
        const trainer::Message mistake = currentFailure();
        recorder.addEvent(job.run, toStorage({ trainer::EventKind::Warning, -1, mistake }));
    }
    const trainer::Event event { trainer::EventKind::Memory, error.account().batch, toMessage(error.message(), card) };
    RunEnding ending = failed(job, error.message(), event, recorder, observer);
    ending.kind = error.kind();
    return ending;
}

} // namespace

RunEnding executeJob(RunJob& job, std::shared_ptr<trainer::Trainer>& trainer,
    const std::function<std::shared_ptr<trainer::Trainer>()>& factory, storage::Recorder& recorder,
    const RunJobObserver& observer)
{
    try {
        observer.status(RunStatus::Preparing);
        if (job.refused)
            std::rethrow_exception(job.refused);
        if (!trainer)
            trainer = factory();
        if (job.stop.stop_requested())
            return { RunStatus::Stopped, {} };
        return train(job, *trainer, recorder, observer);
    } catch (const trainer::OutOfMemory& error) {
        return outOfMemory(job, error, recorder, observer);
    } catch (const trainer::Cancelled&) {
        return { RunStatus::Stopped, {} };
    } catch (const trainer::TrainError& error) {
        RunEnding ending = failed(job, error.message(), recorder, observer);
        ending.kind = error.kind();
        return ending;
    } catch (const std::exception&) {
        return failed(job, currentFailure(), recorder, observer);
    } catch (...) {
        return failed(
            job, trainer::message(NABIZ_TEXT("Message", "The trainer failed without saying why.")), recorder, observer);
    }
}

} // namespace nabiz::app
