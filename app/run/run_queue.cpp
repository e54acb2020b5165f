// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_queue.h"

#include "app/run/current_failure.h"
#include "app/run/run_name.h"
#include "app/run/run_record.h"
#include "storage/run_store.h"

#include <optional>

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

RunId RunQueue::add(const StartSpec& spec, std::size_t position)
{
    const RunId id = m_teller.recorder().addToQueue(runOf(spec), declaredParameters(spec.config), position,
        spec.name.empty() ? freeRunName() : storage::NameChoice());
    m_teller.changed(id);
    return id;
}

std::shared_ptr<RunJob> RunQueue::take()
{
    std::optional<RunId> run;
    try {
        run = m_teller.recorder().takeFromQueue();
        if (!run)
            return nullptr;
        auto job = std::make_shared<RunJob>();
        job->run = *run;
        job->status = RunStatus::Preparing;
        const storage::RunStore store(m_teller.recorder().file());
        job->config = declaredConfig(store.parameters(*run));
        if (const auto overview = store.run(*run))
            job->mark = runMark(*run, overview->run.created);
        m_teller.changed(*run);
        return job;
    } catch (...) {
        const trainer::Message failure = currentFailure();
        m_teller.mistake(failure);
        if (run) // ours by now, and unreadable
            m_teller.end(*run, { RunStatus::Failed, failure });
        return nullptr;
    }
}

void RunQueue::putBack(RunId run)
{
    m_teller.recorder().putBackInQueue(run);
    m_teller.changed(run);
}

} // namespace nabiz::app
