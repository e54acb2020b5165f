// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guard/guard.h"

#include "app/guard/child_process.h"
#include "app/run/exit_code.h"
#include "storage/records/storage_error.h"

#include <spdlog/fmt/fmt.h>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace nabiz::app {

Guard::Guard(std::filesystem::path database, Say say)
    : m_database(std::move(database))
    , m_say(std::move(say))
{
}

bool Guard::look(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const auto run = next();
        if (!run)
            break;
        goOn(*run, stop);
    }
    return m_left.empty() && m_trouble.empty();
}

void Guard::run(const std::stop_token& stop, std::chrono::milliseconds between)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        look(stop);
        woken.wait_for(lock, stop, between, [] { return false; });
    }
}

// A database that is not there yet, or cannot be read now, is no reason to end.
std::vector<Unattended> Guard::read()
{
    std::error_code error;
    if (!std::filesystem::exists(m_database, error))
        return {};
    try {
        auto runs = unattendedRuns(storage::RunStore(m_database));
        m_trouble.clear();
        return runs;
    } catch (const storage::StorageError& failure) {
        if (std::exchange(m_trouble, failure.what()) != failure.what())
            m_say(failure.what());
        return {};
    }
}

std::optional<Unattended> Guard::next()
{
    for (Unattended& run : read()) {
        if (m_left.contains(run.run))
            continue;
        if (run.times < kMostByThemselves)
            return std::move(run);
        m_left.insert(run.run);
        m_say(fmt::format("run {} '{}' has gone on by itself {} times and was interrupted again: it waits for nabiz "
                          "resume {}",
            run.run, run.name, run.times, run.run));
    }
    return std::nullopt;
}

void Guard::goOn(const Unattended& run, const std::stop_token& stop)
{
    m_say(run.waitsInQueue ? fmt::format("run {} '{}' was interrupted at batch {}: the queue goes on with it", run.run,
                                 run.name, run.batches - 1)
                           : fmt::format("run {} '{}' was interrupted at batch {}: it goes on, {} of at most {} times",
                                 run.run, run.name, run.batches - 1, run.times + 1, kMostByThemselves));
    std::vector<std::string> words { "/proc/self/exe" };
    if (run.waitsInQueue)
        words.insert(words.end(), { "queue", "run" });
    else
        words.insert(words.end(), { "resume", std::to_string(run.run), "--by-itself" });
    words.insert(words.end(), { "--db", m_database.string() });
    const int code = runChild(words, false, stop).code;
    // What cannot even begin would be tried for ever; one that was killed so soon gets its other times.
    for (const Unattended& again : read()) {
        if (again.run != run.run || again.times > run.times || again.waitsInQueue != run.waitsInQueue
            || again.batches > run.batches || stop.stop_requested())
            continue;
        if (code > kExitSignal && ++m_vain[run.run] < kMostByThemselves)
            continue;
        m_left.insert(run.run);
        m_say(fmt::format("run {} '{}' could not go on (exit code {}, see above): it waits for nabiz resume {}",
            run.run, run.name, code, run.run));
    }
}

} // namespace nabiz::app
