// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/resume_point.h"

#include "app/run/recording_sink.h"
#include "trainer/loop/checkpoint_folder.h"

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

void goOnFrom(const storage::RunOverview& overview, const std::filesystem::path& folder,
    const std::function<void(const storage::Event&)>& tell, RunJob& job)
{
    const trainer::CheckpointChoice choice
        = trainer::chooseCheckpoint(folder, job.mark, job.config, overview.summary.batches - 1);
    const bool isFromStart = choice.checkpoint.empty();
    const std::int64_t batch = isFromStart ? -1 : choice.header.batch;
    for (const trainer::Message& reason : choice.refused)
        tell(toStorage({ trainer::EventKind::Warning, batch, reason }));
    storage::Event event = toStorage({ trainer::EventKind::Log, batch,
        isFromStart ? trainer::message(NABIZ_TEXT("Message", "Begun again at batch 0: there is no whole checkpoint."))
                    : trainer::message(NABIZ_TEXT("Message", "Went on behind batch %1, from the checkpoint %2."),
                          std::to_string(batch), choice.checkpoint.string()) });
    event.kind = "resume";
    tell(event);
    job.resume = { choice.checkpoint, textOf(overview.run) };
    job.clock = clockFacts(overview.run);
    job.seconds = isFromStart ? 0 : choice.header.seconds;
}

} // namespace nabiz::app
