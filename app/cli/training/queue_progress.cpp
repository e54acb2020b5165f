// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/queue_progress.h"

#include "app/cli/console.h"
#include "app/cli/training/training_words.h"
#include "app/run/run_record.h"
#include "app/run/terminal_text.h"
#include "storage/run_store.h"

#include <spdlog/fmt/fmt.h>

#include <utility>

namespace nabiz::app {

using storage::RunId;

QueueProgress::QueueProgress(std::filesystem::path database, bool terminal)
    : m_database(std::move(database))
    , m_terminal(terminal)
{
}

// Whichever thread hears of a run first reads what it is: the recorder's, of its first rows, or the notifier's.
TrainProgress& QueueProgress::progressOf(RunId run)
{
    if (m_progress && m_run == run)
        return *m_progress;
    if (m_progress)
        m_progress->finish();
    const storage::RunStore store(m_database);
    const trainer::Config config = declaredConfig(store.parameters(run));
    const auto overview = store.run(run);
    const std::string name = overview ? elided(overview->run.name, 60) : std::to_string(run);
    m_run = run;
    m_progress.emplace(name,
        config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps"),
        config.integer("training.log_interval"), m_terminal);
    m_progress->say(fmt::format("run {} '{}' begins; {} wait", run, name, store.queue().waiting.size()));
    return *m_progress;
}

void QueueProgress::rows(RunId run, std::span<const storage::Row> rows)
{
    const std::lock_guard lock(m_mutex);
    progressOf(run).rows(rows);
}

void QueueProgress::event(RunId run, const storage::Event& event)
{
    const std::lock_guard lock(m_mutex);
    progressOf(run).event(event);
}

void QueueProgress::end(RunId run, storage::RunStatus status, const std::string& failure)
{
    const std::lock_guard lock(m_mutex);
    TrainProgress& progress = progressOf(run);
    progress.finish();
    if (!failure.empty())
        progress.say(fmt::format("run {} {}: {}", run, storage::name(status), safeLine(failure)));
    if (const auto overview = storage::RunStore(m_database).run(run))
        progress.say(endLine(*overview));
}

void QueueProgress::say(std::string_view line)
{
    const std::lock_guard lock(m_mutex);
    if (m_progress)
        m_progress->say(line);
    else
        logLine(line);
}

void QueueProgress::finish()
{
    const std::lock_guard lock(m_mutex);
    if (m_progress)
        m_progress->finish();
}

} // namespace nabiz::app
