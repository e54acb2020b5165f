// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/resume_point.h"

#include "app/run/recording_sink.h"

namespace nabiz::app {

std::map<std::string, std::string> textOf(const storage::Run& run)
{
    std::map<std::string, std::string> text;
    for (const auto& [name, fact] : run.facts) {
        if (name.starts_with("data.") && name.ends_with("hash"))
            text.emplace(name, fact);
    }
    return text;
}

storage::Facts clockFacts(const storage::Run& run)
{
    storage::Facts clock;
    for (const char* key : { storage::kTimeZero, storage::kTimeStretches }) {
        if (const auto found = run.facts.find(key); found != run.facts.end())
            clock.insert(*found);
    }
    return clock;
}

std::vector<storage::Event> eventsOf(const trainer::CheckpointChoice& choice)
{
    using enum trainer::EventKind;
    const bool isAnew = choice.checkpoint.empty();
    const std::int64_t batch = isAnew ? -1 : choice.header.batch;
    std::vector<storage::Event> events;
    for (const trainer::Message& reason : choice.refused)
        events.push_back(toStorage({ Warning, batch, reason }));
    events.push_back(toStorage({ Log, batch,
        isAnew ? trainer::message(NABIZ_TEXT("Message", "Begun again at batch 0: there is no whole checkpoint."))
               : trainer::message(NABIZ_TEXT("Message", "Went on behind batch %1, from the checkpoint %2."),
                     std::to_string(batch), choice.checkpoint.string()) }));
    events.back().kind = "resume";
    return events;
}

void goOnFrom(const storage::RunOverview& overview, const std::filesystem::path& folder,
    const std::function<void(const storage::Event&)>& tell, RunJob& job)
{
    const trainer::CheckpointChoice choice
        = trainer::chooseCheckpoint(folder, job.mark, job.config, overview.summary.batches - 1);
    for (const storage::Event& event : eventsOf(choice))
        tell(event);
    job.resume = { choice.checkpoint, textOf(overview.run) };
    job.clock = clockFacts(overview.run);
    job.seconds = choice.checkpoint.empty() ? 0 : choice.header.seconds;
}

} // namespace nabiz::app
