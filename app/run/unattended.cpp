// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/unattended.h"

#include "app/run/recording_sink.h"
#include "app/run/stop_signals.h"

#include <algorithm>
#include <csignal>

namespace nabiz::app {

namespace {

using storage::RunStatus;

constexpr const char* kEnded = "ended"; // kinds of event
constexpr const char* kByItself = "by_itself";

bool isAutomatic(const storage::RunStore& store, storage::RunId run)
{
    const auto parameters = store.parameters(run);
    return std::ranges::any_of(parameters, [](const storage::Parameter& parameter) {
        return parameter.key == "queue.resume" && parameter.declared == "auto";
    });
}

// Nothing has become of it since.
bool endedUnwished(const std::vector<storage::Event>& events)
{
    bool isUnwished = false;
    for (const storage::Event& event : events) {
        if (event.kind == kEnded || event.kind == "resume")
            isUnwished = event.kind == kEnded;
    }
    return isUnwished;
}

bool mayGoOn(RunStatus status, const std::vector<storage::Event>& events)
{
    const bool isEnded = status == RunStatus::Stopped || status == RunStatus::Failed || status == RunStatus::Queued;
    return status == RunStatus::Interrupted || (isEnded && endedUnwished(events));
}

} // namespace

std::optional<storage::Event> unattendedEnd(const RunEnding& ending)
{
    const int signal = StopSignals::first();
    std::optional<trainer::Message> why;
    if (ending.status == RunStatus::Stopped && (signal == SIGTERM || signal == SIGHUP))
        why = trainer::message(
            NABIZ_TEXT("Message", "The system has ended the program (%1)."), signal == SIGTERM ? "SIGTERM" : "SIGHUP");
    else if (ending.status == RunStatus::Failed && ending.kind == trainer::TrainErrorKind::Device)
        why = trainer::message(
            NABIZ_TEXT("Message", "The device or another rank has failed; a new process begins anew."));
    if (!why)
        return std::nullopt;
    auto event = toStorage({ trainer::EventKind::Log, -1, *why });
    event.kind = kEnded;
    return event;
}

std::vector<Unattended> unattendedRuns(const storage::RunStore& store)
{
    const auto runs = store.runs();
    if (std::ranges::any_of(runs, [](const storage::RunOverview& overview) {
            return overview.run.source == "nabiz" && storage::isLive(overview.run.status)
                && overview.run.status != RunStatus::Queued;
        }))
        return {};
    const storage::QueueState queue = store.queue();
    std::vector<Unattended> found;
    for (const auto& [run, summary] : runs) {
        if (run.source != "nabiz" || run.status == RunStatus::Finished || !isAutomatic(store, run.id))
            continue;
        const bool waits = std::ranges::find(queue.waiting, run.id) != queue.waiting.end();
        if (waits && queue.isPaused)
            continue;
        const auto events = store.events(run.id);
        if (mayGoOn(run.status, events))
            found.push_back({ run.id, run.name, waits, timesByItself(events), summary.batches });
    }
    std::ranges::sort(found, {}, &Unattended::run);
    return found;
}

int timesByItself(const std::vector<storage::Event>& events)
{
    return static_cast<int>(std::ranges::count(events, kByItself, &storage::Event::kind));
}

storage::Event goesOnByItself(int times, std::int64_t batch)
{
    auto event = toStorage({ trainer::EventKind::Log, batch,
        trainer::message(NABIZ_TEXT("Message", "Went on by itself, %1 of at most %2 times."), std::to_string(times),
            std::to_string(kMostByThemselves)) });
    event.kind = kByItself;
    return event;
}

} // namespace nabiz::app
