// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/resume_plan.h"

#include "app/run/recording_sink.h"
#include "app/run/resume_point.h"
#include "app/run/run_record.h"
#include "app/run/unattended.h"
#include "trainer/config/parameters/resumable.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/memory/hardware.h"
#include "trainer/validation/validation.h"

#include <algorithm>
#include <optional>

namespace nabiz::app {

namespace {

using trainer::CheckpointChoice;
using trainer::Message;
using trainer::message;
using trainer::Problem;

std::optional<Message> refusalOf(const storage::Run& run)
{
    const std::string id = std::to_string(run.id);
    if (run.status == storage::RunStatus::Reference)
        return message(NABIZ_TEXT("Message",
                           "Run %1 '%2' is a reference: its figures were published, and there is nothing to go on "
                           "from."),
            id, run.name);
    if (run.source != "nabiz")
        return message(
            NABIZ_TEXT("Message", "Run %1 '%2' was imported from %3: the program that trained it can go on with it."),
            id, run.name, run.source);
    if (run.deleted)
        return message(NABIZ_TEXT("Message", "Run %1 '%2' is in the trash; restore it first."), id, run.name);
    if (storage::isLive(run.status))
        return message(NABIZ_TEXT("Message", "Run %1 '%2' is %3; a run goes on when it has ended."), id, run.name,
            std::string(storage::name(run.status)));
    return std::nullopt;
}

class Planner {
public:
    Planner(const std::filesystem::path& database, const ResumeWish& wish, int timesByItself)
        : m_database(database)
        , m_wish(wish)
        , m_timesByItself(timesByItself)
    {
    }

    ResumePlan plan(const storage::RunOverview& overview, const trainer::Config& before)
    {
        const storage::Run& run = overview.run;
        if (const auto refusal = refusalOf(run)) {
            refuse({}, *refusal);
            return std::move(m_plan);
        }
        m_plan.name = run.name;
        m_plan.spec.run = run.id;
        m_plan.spec.created = run.created;
        change(before);
        if (hasErrors(m_plan.problems))
            return std::move(m_plan);
        const CheckpointChoice choice
            = trainer::chooseCheckpoint(storage::checkpointsOf(m_database) / std::to_string(run.id),
                runMark(run.id, run.created), m_plan.spec.config, overview.summary.batches - 1);
        if (isAtItsEnd(overview, choice))
            return std::move(m_plan);
        m_plan.spec.from.checkpoint = choice.checkpoint;
        m_plan.spec.clock = clockFacts(run);
        m_plan.spec.seconds = choice.checkpoint.empty() ? 0 : choice.header.seconds;
        if (!m_wish.anyway)
            m_plan.spec.from.text = textOf(run);
        record(choice, before);
        return std::move(m_plan);
    }

private:
    const std::filesystem::path& m_database;
    const ResumeWish& m_wish;
    const int m_timesByItself;
    ResumePlan m_plan;

    void refuse(std::string key, Message why) { m_plan.problems.push_back({ .key = std::move(key), .message = why }); }

    // What is other than before is applied when it may be, and refused by its name when not.
    void change(const trainer::Config& before)
    {
        trainer::Config config = before;
        for (const auto& [key, value] : m_wish.changes) {
            if (value == before.value(key) || trainer::mayChangeOnResume(key))
                config.set(key, value);
            else
                refuse(key,
                    message(NABIZ_TEXT("Message",
                                "%1 cannot change when a run goes on: it is %2, and what was trained depends on it. "
                                "Train anew for another one."),
                        key, trainer::toYaml(before.value(key))));
        }
        m_plan.spec.config = trainer::withWholePaths(config);
        std::vector<Problem> found = trainer::validate(m_plan.spec.config, trainer::probeMachine());
        std::ranges::move(trainer::validateData(m_plan.spec.config), std::back_inserter(found));
        std::ranges::move(found, std::back_inserter(m_plan.problems));
    }

    bool isAtItsEnd(const storage::RunOverview& overview, const CheckpointChoice& choice)
    {
        const trainer::Config& config = m_plan.spec.config;
        const std::int64_t steps = config.integer("training.max_steps");
        const std::int64_t planned = steps * config.integer("training.gradient_accumulation_steps");
        std::int64_t trained = choice.checkpoint.empty() ? 0 : choice.header.batch + 1;
        if (overview.run.status == storage::RunStatus::Finished)
            trained = std::max(trained, overview.summary.batches);
        if (trained < planned)
            return false;
        refuse({},
            message(NABIZ_TEXT("Message",
                        "Run %1 '%2' has trained %3 batches of %4; to go on, give it more: "
                        "training.max_steps=%5"),
                std::to_string(overview.run.id), overview.run.name, std::to_string(trained), std::to_string(planned),
                std::to_string(2 * steps)));
        return true;
    }

    bool changes(const char* key, const trainer::Config& before) const
    {
        return m_plan.spec.config.value(key) != before.value(key);
    }

    void add(storage::Event event, const char* kind = nullptr)
    {
        if (kind)
            event.kind = kind;
        m_plan.problems.push_back(
            { .severity = trainer::Severity::Note, .message = { event.message, event.arguments } });
        m_plan.spec.events.push_back(std::move(event));
    }

    void record(const CheckpointChoice& choice, const trainer::Config& before)
    {
        using enum trainer::EventKind;
        const bool isAnew = choice.checkpoint.empty();
        const std::int64_t batch = isAnew ? -1 : choice.header.batch;
        for (const storage::Event& event : eventsOf(choice))
            add(event);
        for (const trainer::Difference& change : trainer::differences(before, m_plan.spec.config))
            add(toStorage({ Log, batch,
                    message(NABIZ_TEXT("Message", "From here on %1 is %2; it was %3."), change.key,
                        trainer::toYaml(change.after), trainer::toYaml(change.before)) }),
                "change");
        if (!isAnew && changes("training.batch_size", before))
            add(toStorage({ Log, batch,
                message(NABIZ_TEXT("Message",
                    "With another batch size the validation loss is over other texts, and the lowest one counts anew.")) }));
        if (m_wish.isByItself)
            add(goesOnByItself(m_timesByItself + 1, batch));
        if (m_wish.anyway)
            add(toStorage({ Warning, batch,
                message(NABIZ_TEXT(
                    "Message", "Went on with --anyway: whether the text is still the same was not looked at.")) }));
    }
};

} // namespace

trainer::Config lastConfig(const storage::RunStore& store, storage::RunId run)
{
    return declaredConfig(store.parameters(run));
}

ResumePlan planResume(const storage::RunStore& store, const std::filesystem::path& database, const ResumeWish& wish)
{
    const auto overview = store.run(wish.run);
    if (!overview) {
        ResumePlan none;
        none.problems.push_back(
            { .message = message(NABIZ_TEXT("Message", "Run %1 has just been deleted."), std::to_string(wish.run)) });
        return none;
    }
    return Planner(database, wish, timesByItself(store.events(wish.run))).plan(*overview, lastConfig(store, wish.run));
}

} // namespace nabiz::app
