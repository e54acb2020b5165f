// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz resume: a run that has ended goes on from its newest whole checkpoint, as the same run, in a segment of its
// own.
#include "app/cli/command_context.h"
#include "app/cli/preset_problems.h"
#include "app/cli/run_lookup.h"
#include "app/cli/training/terminal_training.h"
#include "app/cli/usage_error.h"
#include "app/run/recording_sink.h"
#include "app/run/run_record.h"
#include "app/run/terminal_text.h"
#include "trainer/base/shell_quote.h"
#include "trainer/config/parameters/resumable.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/memory/hardware.h"
#include "trainer/validation/validation.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

namespace nabiz::app {

namespace {

using trainer::Problem;

struct ResumeOptions {
    std::string run;
    std::vector<std::string> overrides; // key=value
    bool anyway = false;
};

struct ResumeSetup {
    ResumeSpec spec;
    std::string name;
    std::vector<std::string> notes;
};

std::string title(const storage::Run& run)
{
    return fmt::format("run {} '{}'", run.id, elided(run.name, 60));
}

void refuseRun(const storage::Run& run)
{
    if (run.status == storage::RunStatus::Reference)
        throw UsageError(
            title(run) + " is a reference: its figures were published, and there is nothing to go on from");
    if (run.source != "nabiz")
        throw UsageError(fmt::format("{} was imported from {}: the program that trained it can go on with it",
            title(run), safeLine(run.source)));
    if (run.deleted)
        throw UsageError(title(run) + " is in the trash; restore it in the window first");
    if (storage::isLive(run.status))
        throw UsageError(
            fmt::format("{} is {}; a run goes on when it has ended", title(run), storage::name(run.status)));
}

// What is other than before is applied when it may be, and refused by its name when not.
trainer::Config newSettings(
    const ResumeOptions& options, const trainer::Config& before, std::vector<std::string>& notes)
{
    trainer::Config config = before;
    std::vector<Problem> problems;
    for (const std::string& text : options.overrides) {
        trainer::Override given = trainer::parseOverride(text);
        if (given.problem)
            problems.push_back(*given.problem);
        else if (given.value == before.value(given.key) || trainer::mayChangeOnResume(given.key))
            config.set(given.key, std::move(given.value));
        else
            throw UsageError(
                fmt::format("{} cannot change when a run goes on: it is {}, and what was trained depends on it. "
                            "Train anew for another one",
                    given.key, trainer::toYaml(before.value(given.key))),
                { "what may change: " + trainer::resumableKeys() });
    }
    refuseErrors(problems);
    const trainer::Config whole = trainer::withWholePaths(config);
    std::vector<Problem> found = trainer::validate(whole, trainer::probeMachine());
    std::ranges::move(trainer::validateData(whole), std::back_inserter(found));
    refuseErrors(found, "run " + trainer::shellQuote(options.run) + " cannot go on: ");
    for (const Problem& problem : found)
        notes.push_back(trainer::describe(problem));
    return whole;
}

// Facts that tell the text it was trained on from another.
std::map<std::string, std::string> textOf(const storage::Run& run)
{
    std::map<std::string, std::string> text;
    for (const auto& [name, fact] : run.facts) {
        if (name.starts_with("data.") && name.ends_with("hash"))
            text.emplace(name, fact);
    }
    return text;
}

class Events {
public:
    Events(std::int64_t batch, ResumeSetup& setup)
        : m_batch(batch)
        , m_setup(setup)
    {
    }
    void add(trainer::EventKind kind, const trainer::Message& message, const char* name = nullptr)
    {
        storage::Event event = toStorage({ kind, m_batch, message });
        if (name)
            event.kind = name;
        m_setup.notes.push_back(message.english());
        m_setup.spec.events.push_back(std::move(event));
    }

private:
    const std::int64_t m_batch;
    ResumeSetup& m_setup;
};

void record(ResumeSetup& setup, const trainer::CheckpointChoice& choice, const trainer::Config& before, bool anyway)
{
    using enum trainer::EventKind;
    Events events(choice.checkpoint.empty() ? -1 : choice.header.batch, setup);
    for (const trainer::Message& reason : choice.refused)
        events.add(Warning, reason);
    if (choice.checkpoint.empty())
        events.add(Log,
            trainer::message(NABIZ_TEXT("Message", "Begun again at batch 0: there is no whole checkpoint.")), "resume");
    else
        events.add(Log,
            trainer::message(NABIZ_TEXT("Message", "Went on behind batch %1, from the checkpoint %2."),
                std::to_string(choice.header.batch), choice.checkpoint.string()),
            "resume");
    for (const trainer::Difference& change : trainer::differences(before, setup.spec.config))
        events.add(Log,
            trainer::message(NABIZ_TEXT("Message", "From here on %1 is %2; it was %3."), change.key,
                trainer::toYaml(change.after), trainer::toYaml(change.before)));
    if (anyway)
        events.add(Warning,
            trainer::message(
                NABIZ_TEXT("Message", "Went on with --anyway: whether the text is still the same was not looked at.")));
}

void refuseWithoutBatches(
    const ResumeSetup& setup, const storage::RunOverview& overview, const trainer::CheckpointChoice& choice)
{
    const trainer::Config& config = setup.spec.config;
    const std::int64_t planned
        = config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps");
    std::int64_t trained = choice.checkpoint.empty() ? 0 : choice.header.batch + 1;
    if (overview.run.status == storage::RunStatus::Finished)
        trained = std::max(trained, overview.summary.batches);
    if (trained >= planned)
        throw UsageError(fmt::format("{} has trained {} batches of {}; to go on, give it more: training.max_steps={}",
            title(overview.run), trained, planned, 2 * config.integer("training.max_steps")));
}

ResumeSetup setUp(const std::filesystem::path& database, const storage::RunStore& store, const ResumeOptions& options)
{
    const auto overview = store.run(findRun(store, options.run));
    if (!overview)
        throw UsageError("the run '" + options.run + "' has just been deleted; nabiz runs lists those that are left");
    const storage::Run& run = overview->run;
    refuseRun(run);
    ResumeSetup setup;
    setup.name = run.name;
    setup.spec.run = run.id;
    setup.spec.created = run.created;
    const trainer::Config before = declaredConfig(store.parameters(run.id));
    setup.spec.config = newSettings(options, before, setup.notes);
    const auto choice = trainer::chooseCheckpoint(storage::checkpointsOf(database) / std::to_string(run.id),
        runMark(run.id, run.created), setup.spec.config, overview->summary.batches - 1);
    refuseWithoutBatches(setup, *overview, choice);
    setup.spec.from.checkpoint = choice.checkpoint;
    if (!options.anyway)
        setup.spec.from.text = textOf(run);
    record(setup, choice, before, options.anyway);
    return setup;
}

int resume(const CommandContext& context, const ResumeOptions& options)
{
    const std::filesystem::path database = context.databaseFile();
    const ResumeSetup setup = setUp(database, openForReading(context), options);
    return trainInTerminal(context, database,
        { .name = setup.name,
            .config = setup.spec.config,
            .notes = setup.notes,
            .begin = [&](RunController& controller) {
                if (!controller.goOn(setup.spec))
                    throw UsageError(fmt::format(
                        "run {} cannot go on: it was begun, put in the trash or deleted meanwhile", setup.spec.run));
                return setup.spec.run;
            } });
}

} // namespace

void addResumeCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<ResumeOptions>();
    auto* command = app.add_subcommand("resume", "Go on with a run that has ended");
    command->add_option("run", options->run, "Id or name")->required()->type_name("RUN");
    command->add_option("overrides", options->overrides, "Settings that change from here on: training.max_steps=800")
        ->type_name("key=value");
    command->add_flag("--anyway", options->anyway, "Also when the text may have changed; it is recorded");
    addSharedOptions(*command, context);
    command->footer(
        "It goes on from its newest whole checkpoint, without one from batch 0, and its curves with it. What "
        "may change:\n"
        + trainer::resumableKeys()
        + ".\nPrints the run's id last. SIGINT and SIGTERM stop and save, as in nabiz train.");
    command->callback(
        [&context, options] { context.action = [&context, options] { return resume(context, *options); }; });
}

} // namespace nabiz::app
