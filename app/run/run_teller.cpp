// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_teller.h"

#include "app/run/current_failure.h"
#include "app/run/recording_sink.h"
#include "app/run/trail.h"
#include "storage/records/storage_error.h"
#include "trainer/config/parameters/metric_table.h"

namespace nabiz::app {

using storage::RunId;
using storage::RunStatus;

RunTeller::RunTeller(std::filesystem::path database, RunListener listener)
    : m_listener(std::move(listener))
    , m_recorder(std::move(database), recorderOptions())
    , m_notifier([this] { settle(); }, [this](const trainer::Message& failure) { mistake(failure); })
{
}

storage::RecorderOptions RunTeller::recorderOptions()
{
    storage::RecorderOptions options;
    options.committed = guarded(std::function([this](RunId run, std::span<const storage::Row> rows) {
        passEvaluations(run, rows);
        if (m_listener.rows)
            m_listener.rows(run, rows);
    }));
    options.trouble = [this, tell = guarded(m_listener.diskTrouble)](const storage::Trouble& trouble) {
        leaveTrail(0, trouble.text.empty() ? "the database can be written again" : trouble.text);
        if (tell)
            tell(trouble);
    };
    return options;
}

template <typename... Arguments>
std::function<void(Arguments...)> RunTeller::guarded(std::function<void(Arguments...)> listener)
{
    std::function<void(Arguments...)> safe;
    if (listener)
        safe = [this, listener = std::move(listener)](Arguments... arguments) {
            try {
                listener(arguments...);
            } catch (...) {
                mistake(currentFailure());
            }
        };
    return safe;
}

void RunTeller::setEvaluated(Evaluated evaluated)
{
    const std::lock_guard lock(m_mutex);
    m_evaluated = std::move(evaluated);
}

void RunTeller::passEvaluations(RunId run, std::span<const storage::Row> rows)
{
    const std::lock_guard lock(m_mutex);
    if (!m_evaluated)
        return;
    for (const storage::Row& row : rows) {
        for (int i = 0; i < row.count; ++i) {
            if (static_cast<trainer::Metric>(row.metric[i]) == trainer::Metric::ValLoss)
                m_notifier.post([evaluated = m_evaluated, run, batch = row.batch, loss = row.value[i]] {
                    evaluated(run, batch, loss);
                });
        }
    }
}

// Listeners hear of a change when a reader of the database finds it.
void RunTeller::settle()
{
    try {
        m_recorder.flush();
    } catch (const storage::StorageError&) {
        return; // the recorder tells of it itself, and the listeners must hear what happens all the same
    }
}

void RunTeller::takeUp(RunId run)
{
    const std::lock_guard lock(m_mutex);
    m_atHand = run;
}

void RunTeller::mistake(const trainer::Message& failure)
{
    RunId run = 0;
    {
        const std::lock_guard lock(m_mutex);
        run = m_atHand;
        std::pair mistake(run, failure.english());
        if (mistake == m_lastMistake)
            return; // once a run, not at every batch
        m_lastMistake = std::move(mistake);
    }
    printFailure(failure);
    if (run != 0)
        m_recorder.addEvent(run, toStorage({ trainer::EventKind::Warning, -1, failure }));
}

void RunTeller::changed(RunId run)
{
    if (m_listener.changed)
        m_notifier.post([this, run] { m_listener.changed(run); });
}

void RunTeller::event(RunId run, const storage::Event& event)
{
    m_notifier.post([this, run, event] {
        if (event.kind != "sample") // words of the text that it learns
            leaveTrail(run, event.kind + ": " + event.text);
        if (m_listener.event)
            m_listener.event(run, event);
    });
}

void RunTeller::keep(RunId run, const storage::Event& event)
{
    m_recorder.addEvent(run, event);
    this->event(run, event);
}

void RunTeller::status(RunId run, RunStatus status)
{
    m_recorder.setStatus(run, status);
    m_notifier.post([run, status] { leaveTrail(run, storage::name(status)); });
    changed(run);
}

void RunTeller::end(RunId run, const RunEnding& ending)
{
    m_recorder.setStatus(run, ending.status, ending.failure.english());
    m_notifier.post(
        [run, ending] { leaveTrail(run, std::string(storage::name(ending.status)) + ' ' + ending.failure.english()); });
    changed(run);
    if (m_listener.failedAs && ending.kind)
        m_notifier.post([this, run, kind = *ending.kind] { m_listener.failedAs(run, kind); });
    if (m_listener.ended)
        m_notifier.post([this, run, ending] { m_listener.ended(run, ending.status, ending.failure); });
}

} // namespace nabiz::app
