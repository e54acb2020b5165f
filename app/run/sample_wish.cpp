// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/sample_wish.h"

#include "app/run/resume_plan.h"
#include "app/run/run_record.h"
#include "storage/recording/recorder.h"
#include "trainer/base/train_error.h"
#include "trainer/base/value.h"
#include "trainer/data/random.h"
#include "trainer/loop/checkpoint_folder.h"

#include <algorithm>

namespace nabiz::app {

namespace {

using trainer::message;

[[noreturn]] void refuse(trainer::Message why)
{
    throw trainer::TrainError(trainer::TrainErrorKind::BadInput, std::move(why));
}

void refuseWithoutModel(const storage::Run& run)
{
    const std::string id = std::to_string(run.id);
    if (run.status == storage::RunStatus::Reference || run.source != "nabiz")
        refuse(message(NABIZ_TEXT("Message", "Run %1 '%2' was not trained here: there is no model to write a text."),
            id, run.name));
    if (run.deleted)
        refuse(message(NABIZ_TEXT("Message", "Run %1 '%2' is in the trash; restore it first."), id, run.name));
    if (storage::isLive(run.status))
        refuse(message(
            NABIZ_TEXT("Message", "Run %1 '%2' is %3; a text is written from its checkpoint when it has ended."), id,
            run.name, std::string(storage::name(run.status))));
}

trainer::CheckpointChoice newestOf(
    const storage::RunOverview& overview, const std::filesystem::path& database, const trainer::Config& config)
{
    const storage::Run& run = overview.run;
    auto choice = trainer::chooseCheckpoint(storage::checkpointsOf(database) / std::to_string(run.id),
        runMark(run.id, run.created), config, overview.summary.batches - 1);
    if (choice.checkpoint.empty() && !choice.refused.empty())
        refuse(choice.refused.front());
    if (choice.checkpoint.empty())
        refuse(message(
            NABIZ_TEXT("Message", "Run %1 '%2' has no checkpoint to write from; training.save_interval makes them."),
            std::to_string(run.id), run.name));
    return choice;
}

// Two that train or write at once may be more than a device holds.
bool trains(const storage::RunStore& store)
{
    const auto runs = store.runs();
    return std::ranges::any_of(runs, [](const storage::RunOverview& overview) {
        const storage::RunStatus status = overview.run.status;
        return overview.run.source == "nabiz" && storage::isLive(status) && status != storage::RunStatus::Queued;
    });
}

std::uint64_t seedOf(
    const storage::RunStore& store, const trainer::Config& config, storage::RunId run, std::int64_t batch)
{
    const auto events = store.events(run);
    const auto samples = std::ranges::count(events, std::string("sample"), &storage::Event::kind);
    const auto seed = static_cast<std::uint64_t>(config.integer("training.seed"));
    return trainer::mix(trainer::mix(seed, static_cast<std::uint64_t>(batch)), static_cast<std::uint64_t>(samples));
}

} // namespace

WrittenSample writeSample(const storage::RunStore& store, const std::filesystem::path& database, const SampleWish& wish,
    const std::stop_token& stop)
{
    const auto overview = store.run(wish.run);
    if (!overview)
        refuse(message(NABIZ_TEXT("Message", "Run %1 has just been deleted."), std::to_string(wish.run)));
    refuseWithoutModel(overview->run);
    trainer::SampleRequest request { .config = lastConfig(store, wish.run) };
    const auto choice = newestOf(*overview, database, request.config);
    WrittenSample sample;
    sample.isOnCpu = request.config.text("hardware.device") != "cpu" && trains(store);
    if (sample.isOnCpu)
        request.config.set("hardware.device", std::string("cpu"));
    sample.prompt = request.prompt = wish.prompt.value_or(request.config.text("training.sample_prompt"));
    sample.batch = choice.header.batch;
    sample.seed = request.seed = wish.seed.value_or(seedOf(store, request.config, wish.run, sample.batch));
    request.checkpoint = choice.checkpoint;
    request.length = wish.length;
    request.temperature = wish.temperature;
    sample.text = trainer::sampleCheckpoint(request, stop);
    return sample;
}

storage::Event eventOf(const WrittenSample& sample, double temperature)
{
    storage::Event event;
    event.kind = "sample";
    event.batch = sample.batch;
    event.text = sample.text;
    event.message = "%1";
    event.arguments = { sample.text, sample.prompt, trainer::toText(temperature) };
    return event;
}

} // namespace nabiz::app
